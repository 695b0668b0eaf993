import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import { isJsonObject, type JsonObject } from '../common/json';
import { isTool } from './tool';

/*
 * What the expressions of a tool read as `$json`. For an AI Agent from version 3 on, n8n lays all the
 * arguments of the model over what came into the agent, and checks none of them against the fields that
 * were left to the model. So a model could choose what an expression fixes, such as the thread, if the
 * customer talks it into that (measured on 1.123.81, 2.0.3 and 2.41.1).
 */

/** One call of a tool by a model. */
interface Call {
	/** What came into the agent, and as which of its items. */
	input: JsonObject;
	itemIndex: number;
	/** What the model says. */
	args: JsonObject;
}

/**
 * Has the expressions of a tool see what came into its agent, and nothing of what the model says but
 * through $fromAI, which reads the arguments elsewhere. An agent that is a tool itself hands its own
 * input to the tools that it calls: they see what came into the first agent.
 *
 * @throws InstaplyError when n8n does not tell what came into the agent
 */
export function hideArguments(context: IExecuteFunctions): void {
	const { node, data, runIndex } = context.getExecuteData();
	if (!isTool(node)) return;
	const call = callOf(context, node.name, runIndex);
	if (call === undefined) throw unknownInput();
	if (node.name === context.getNode().name) restoreArguments(context, node.name, call.args);
	const [item] = data.main?.[0] ?? [];
	const paired = { ...item, json: call.input, pairedItem: pairedWith(call, item?.pairedItem) };
	// No type of n8n's has it, but expressions look there alone.
	Object.assign(context, { connectionInputData: [paired] });
	// Other than in tests, nobody would notice that they look elsewhere.
	if (context.getWorkflowDataProxy(0).$json !== call.input) throw unknownInput();
}

/**
 * Has `$('Another Node').item` lead to the item that came into the agent. n8n names the run of the node
 * before the agent where the number of the item belongs: with several customers, it is the first one's
 * for all of them (measured on 2.41.1; the same in the sources of 1.123.81 and 2.0.3).
 */
function pairedWith(
	{ itemIndex }: Call,
	pairedItem: INodeExecutionData['pairedItem'],
): INodeExecutionData['pairedItem'] {
	const isOne = typeof pairedItem === 'object' && !Array.isArray(pairedItem);
	return isOne ? { ...pairedItem, item: itemIndex } : pairedItem;
}

/** Finds a call with its agent, which is next to run when its tools are done. */
function callOf(context: object, tool: string, runIndex: unknown): Call | undefined {
	const agents = listAt(context, 'runExecutionData', 'executionData', 'nodeExecutionStack');
	for (const agent of agents) {
		const calls = listAt(agent, 'metadata', 'subNodeExecutionData', 'actions');
		// An ID of a call comes from the model, and need not be unique.
		const found = calls.find(
			(call) => at(call, 'nodeName') === tool && at(call, 'runIndex') === runIndex,
		);
		if (found === undefined) continue;
		const itemIndex = Number(at(found, 'action', 'metadata', 'itemIndex') ?? 0);
		const input = at(agent, 'data', 'main', 0, itemIndex, 'json');
		const args = at(found, 'action', 'input');
		if (isJsonObject(input)) return { input, itemIndex, args: isJsonObject(args) ? args : {} };
	}
	return undefined;
}

/**
 * Puts the arguments back to where $fromAI reads them. n8n drops them when a person retries a stored
 * execution in which the tool has failed, and looks for them in the input.
 */
function restoreArguments(context: IExecuteFunctions, tool: string, args: JsonObject): void {
	const runs = at(context, 'runExecutionData', 'resultData', 'runData', tool);
	const { $runIndex } = context.getWorkflowDataProxy(0);
	if (!Array.isArray(runs) || typeof $runIndex !== 'number' || runs[$runIndex] !== undefined)
		return;
	runs[$runIndex] = {
		inputOverride: { [NodeConnectionTypes.AiTool]: [[{ json: args }]] },
		source: [],
		executionIndex: 0,
		executionTime: 0,
		startTime: 0,
	};
}

function unknownInput(): InstaplyError {
	return new InstaplyError('n8n does not tell what came into the agent', {
		description:
			"Nothing was sent: the model could choose what you have not left to it. In the settings of the workflow, set 'Execution Order' to v1. If it is, update the Instaply package.",
		failure: { cause: 'configuration-invalid' },
	});
}

/** What is in data of n8n that no type describes; undefined where there is no such thing. */
function at(value: unknown, ...path: unknown[]): unknown {
	return path.reduce((inner, key) => {
		if (typeof inner !== 'object' || inner === null) return undefined;
		const next: unknown = Reflect.get(inner, String(key));
		return next;
	}, value);
}

function listAt(value: unknown, ...path: unknown[]): unknown[] {
	const list = at(value, ...path);
	return Array.isArray(list) ? list : [];
}
