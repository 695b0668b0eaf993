import './quiet';

import type { Request, Response } from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IRun,
	type IRunExecutionData,
	type IWebhookData,
	type IWebhookDescription,
	type Workflow,
} from 'n8n-workflow';

import { CREDENTIAL_NAME } from '../../../lab/nodes';
import { servingAs, to } from '../../../lab/workflow';
import { asTool } from './agentNode';
import { engineWorkflow } from './engineWorkflow';
import { executionDataOf, resumeWorkflow, startWorkflow } from './execution';

/*
 * Nodes of a test's own on the real engine of n8n, to see what n8n does without a node of the product.
 */

/** What a probe looks like and does. */
export interface ProbeNode {
	execute?(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
	description?: Partial<INodeTypeDescription>;
	/** How the workflow sets it up. */
	node?: Partial<INode>;
}

const WEBHOOK: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	path: 'webhook',
	responseMode: 'onReceived',
};

function typeOf({ execute, description }: ProbeNode): INodeType {
	return {
		description: {
			displayName: 'Probe',
			name: 'probe',
			group: ['transform'],
			version: 1,
			description: 'Looks at what n8n does',
			defaults: { name: 'Probe' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: CREDENTIAL_NAME }],
			properties: [],
			webhooks: [WEBHOOK],
			...description,
		},
		async execute() {
			return execute === undefined ? [this.getInputData()] : await execute(this);
		},
	};
}

/** `Input -> Probe -> (Done, Failed)`; with two passes, the probe runs once more. */
export function workflowAround(probe: ProbeNode, passes: 1 | 2 = 1): Workflow {
	const name = nameOf(probe);
	return engineWorkflow(
		{ pass: typeOf({}), probe: typeOf(probe) },
		[
			{ name: 'Input', type: 'pass', parameters: {} },
			{ name: 'Once more', type: 'pass', parameters: {} },
			{ type: 'probe', name, parameters: {}, ...probe.node },
			{ name: 'Done', type: 'pass', parameters: {} },
			{ name: 'Failed', type: 'pass', parameters: {} },
		],
		{
			Input: to(passes === 1 ? name : [name, 'Once more']),
			'Once more': to(name),
			[name]: to('Done', 'Failed'),
		},
	);
}

function nameOf({ node }: ProbeNode): string {
	return node?.name ?? 'Probe';
}

/** Where n8n takes itself to be. */
export const N8N_URL = 'https://n8n.example/below';

const environmentOf = (executionId = '17') => ({
	token: 'token',
	baseUrl: 'https://instaply.example',
	n8nUrl: N8N_URL,
	executionId,
});

const dataOf = (workflow: Workflow) => executionDataOf(workflow, environmentOf());

/** Starts a workflow at its node 'Input', which puts out `input`; it can be cancelled. */
export function start(workflow: Workflow, input: IDataObject[] = [{}], executionId?: string) {
	return startWorkflow(workflow, input, environmentOf(executionId));
}

/** Runs a probe once. */
export async function run(probe: ProbeNode, input?: IDataObject[]): Promise<IRun> {
	return await start(workflowAround(probe), input);
}

/** What a probe sees when it is executed. */
export async function seen<T>(
	probe: Omit<ProbeNode, 'execute'>,
	look: (context: IExecuteFunctions) => T | Promise<T>,
	input?: IDataObject[],
): Promise<T> {
	const sights: Array<{ sight: T }> = [];
	const execute = async (context: IExecuteFunctions) => {
		sights.push({ sight: await look(context) });
		return [[]];
	};
	const { data } = await run({ ...probe, execute }, input);
	const [first] = sights;
	if (first !== undefined) return first.sight;
	throw data.resultData.error ?? new Error('The probe was not executed');
}

/** What n8n stores of an execution, and reads back in another process. */
export function stored({ data }: IRun): IRunExecutionData {
	const copy: IRunExecutionData = JSON.parse(JSON.stringify(data));
	return copy;
}

/** Goes on with a stored execution; a person's retry gets another ID. */
export async function goOn(
	workflow: Workflow,
	data: IRunExecutionData,
	executionId?: string,
): Promise<IRun> {
	return await resumeWorkflow(workflow, data, environmentOf(executionId));
}

/** What came out of a node the last time, at its first output. */
function itemsOf({ data }: IRun, node: string): INodeExecutionData[] {
	return data.resultData.runData[node]?.at(-1)?.data?.main?.[0] ?? [];
}

export function jsonOf(run: IRun, node: string): IDataObject[] {
	return itemsOf(run, node).map(({ json }) => json);
}

/** Runs `Input -> Agent` with a probe as the agent's tool, and gives what comes out of the agent. */
export async function runAsTool(
	probe: ProbeNode,
	agent: INodeType,
	input: IDataObject = {},
): Promise<IDataObject | undefined> {
	const name = nameOf(probe);
	const workflow = engineWorkflow(
		{ agent, pass: typeOf({}), probe: asTool(typeOf(probe)) },
		[
			{ name: 'Input', type: 'pass', parameters: {} },
			{ name: 'Agent', type: 'agent', parameters: {} },
			{ type: 'probe', name, parameters: {}, ...probe.node },
		],
		{
			Input: to('Agent'),
			[name]: servingAs('ai_tool', 'Agent'),
		},
	);
	return jsonOf(await start(workflow, [input]), 'Agent').at(0);
}

function webhookData(workflow: Workflow, node: INode, isTest: boolean): IWebhookData {
	return {
		httpMethod: 'POST',
		node: node.name,
		path: 'webhook',
		webhookDescription: WEBHOOK,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: dataOf(workflow),
		isTest,
	};
}

function probeIn(workflow: Workflow): INode {
	const [node] = Object.values(workflow.nodes).filter(({ type }) => type === 'probe');
	if (node === undefined) throw new Error('There is no probe in this workflow');
	return node;
}

/** What a node is given when its webhook is registered. */
export function hookContext(workflow: Workflow, { isTest = false } = {}): HookContext {
	const node = probeIn(workflow);
	return new HookContext(
		workflow,
		node,
		dataOf(workflow),
		isTest ? 'manual' : 'trigger',
		isTest ? 'manual' : 'activate',
		webhookData(workflow, node, isTest),
	);
}

interface Delivery {
	request?: Request;
	response?: Response;
	/** The execution that waits for it. */
	waiting?: IRunExecutionData;
	isTest?: boolean;
}

/** What a node is given when something is delivered to its webhook. */
export function webhookContext(
	workflow: Workflow,
	{ request, response, waiting, isTest = false }: Delivery = {},
): WebhookContext {
	const node = probeIn(workflow);
	const data = { ...dataOf(workflow), httpRequest: request, httpResponse: response };
	const webhook = webhookData(workflow, node, isTest);
	return new WebhookContext(workflow, node, data, 'webhook', webhook, [], waiting ?? null);
}
