import type { IDataObject, INode, IRun, IRunExecutionData, Workflow } from 'n8n-workflow';

import { servingAs, to } from '../../../lab/workflow';
import type { Sandbox } from '../../../sandbox/server';
import type { ToolCall } from './agentNode';
import { atTime } from './clock';
import { AGENT, INPUT, INSTAPLY_TOOL, instaplyWorkflow, OLDER_AGENT, SUB_AGENT } from './engine';
import { resumeWorkflow, startWorkflow } from './execution';

/** An Instaply node that is a tool of an agent. */
export type Tool = Pick<INode, 'name' | 'parameters'> & Partial<INode>;

/** What a model sees of its tools. */
interface Seen {
	/** Name and description of each tool, and the description of each of its arguments. */
	offered: Array<{ name: string; description: string; args: Record<string, string> }>;
	/** The results of the calls, in the words that n8n gives to the model. */
	read: string[];
}

/** Runs `Input -> Agent` with tools, and a model that makes these calls at once. */
export async function runAgent(
	sandbox: Account,
	tools: Tool[],
	calls: ToolCall[],
	input: IDataObject | IDataObject[] = {},
): Promise<Seen> {
	return seenIn(await startAgent(sandbox, workflowWith(tools), calls, input));
}

/** The same, where a tool waits for something until its time is up. */
export async function runAgentUntilTimeIsUp(
	sandbox: Account,
	tools: Tool[],
	calls: ToolCall[],
	input: IDataObject = {},
): Promise<Seen> {
	const workflow = workflowWith(tools);
	const { data, waitTill } = await startAgent(sandbox, workflow, calls, input);
	if (!(waitTill instanceof Date)) throw new Error('The execution does not wait');
	const stored: IRunExecutionData = JSON.parse(JSON.stringify(data));
	return await atTime(waitTill, async () => {
		return seenIn(await resumeWorkflow(workflow, stored, environmentOf(sandbox)));
	});
}

/** Runs `Input -> Agent` as AI Agent 2 does, with one tool, which it calls twice. */
export async function runOlderAgent(sandbox: Account, tool: Tool): Promise<Pick<Seen, 'read'>> {
	return seenIn(await startAgent(sandbox, workflowWith([tool], OLDER_AGENT), [], {}));
}

/** Runs `Input -> Agent`, whose tool is an agent that has the tool, and calls it twice. */
export async function runSubAgent(
	sandbox: Account,
	tool: Tool,
	args: IDataObject,
	input: IDataObject,
): Promise<void> {
	const subAgent = { name: 'Sub-agent', type: SUB_AGENT, parameters: {} };
	const workflow = workflowWith([subAgent, tool], AGENT, { [tool.name]: subAgent.name });
	seenIn(await startAgent(sandbox, workflow, [{ tool: subAgent.name, args }], input));
}

/** Runs `Input -> Agent` where a call of a tool fails, and then does what n8n does for its button Retry. */
export async function retryAgent(
	sandbox: Account,
	tool: Tool,
	calls: ToolCall[],
	input: IDataObject,
): Promise<Seen> {
	const workflow = workflowWith([{ ...tool, onError: 'stopWorkflow' }]);
	const { data } = await startAgent(sandbox, workflow, calls, input);
	expect(data.resultData.error).toBeDefined();
	const stored: IRunExecutionData = JSON.parse(JSON.stringify(data));
	delete stored.resultData.error;
	stored.resultData.runData[tool.name]?.pop();
	const environment = { ...environmentOf(sandbox), executionId: 'of the retry' };
	return seenIn(await resumeWorkflow(workflow, stored, environment));
}

/** Runs `Input -> Agent` in the execution order of workflows from before n8n 1. */
export async function runAgentInLegacyOrder(
	sandbox: Account,
	tool: Tool,
	calls: ToolCall[],
	input: IDataObject,
): Promise<IDataObject | undefined> {
	const workflow = workflowWith([tool]);
	workflow.settings.executionOrder = 'v0';
	const { data } = await startAgent(sandbox, workflow, calls, input);
	return data.resultData.runData[tool.name]?.[0]?.data?.ai_tool?.[0]?.[0]?.json;
}

type Account = Pick<Sandbox, 'url' | 'token'>;

const environmentOf = ({ token, url }: Account) => ({ token, baseUrl: url });

/** @param servedBy by tool, whose tool it is, if not the agent's */
function workflowWith(
	tools: Tool[],
	agent = AGENT,
	servedBy: Record<string, string> = {},
): Workflow {
	return instaplyWorkflow(
		[
			{ name: 'Input', type: INPUT, parameters: {} },
			{ name: 'Agent', type: agent, parameters: {} },
			...tools.map((tool) => ({ type: INSTAPLY_TOOL, ...tool })),
		],
		{
			Input: to('Agent'),
			...Object.fromEntries(
				tools.map(({ name }) => [name, servingAs('ai_tool', servedBy[name] ?? 'Agent')]),
			),
		},
	);
}

async function startAgent(
	sandbox: Account,
	workflow: Workflow,
	calls: ToolCall[],
	input: IDataObject | IDataObject[],
): Promise<IRun> {
	const items = [input].flat().map((item) => ({ ...item, calls: JSON.stringify(calls) }));
	return await startWorkflow(workflow, items, environmentOf(sandbox));
}

function seenIn({ data }: IRun): Seen {
	const { runData, error } = data.resultData;
	expect(error).toBeUndefined();
	const seen: unknown = runData.Agent?.at(-1)?.data?.main?.[0]?.[0]?.json;
	return seen as Seen;
}
