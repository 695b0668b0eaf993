import type { IDataObject, INode, IRun, IRunExecutionData, Workflow } from 'n8n-workflow';

import { servingAs, to } from '../../../lab/workflow';
import type { Sandbox } from '../../../sandbox/server';
import type { ToolCall } from './agentNode';
import { atTime } from './clock';
import { AGENT, INPUT, INSTAPLY_TOOL, instaplyWorkflow, OLDER_AGENT } from './engine';
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
	input: IDataObject = {},
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

type Account = Pick<Sandbox, 'url' | 'token'>;

const environmentOf = ({ token, url }: Account) => ({ token, baseUrl: url });

function workflowWith(tools: Tool[], agent = AGENT): Workflow {
	return instaplyWorkflow(
		[
			{ name: 'Input', type: INPUT, parameters: {} },
			{ name: 'Agent', type: agent, parameters: {} },
			...tools.map((tool) => ({ type: INSTAPLY_TOOL, ...tool })),
		],
		{
			Input: to('Agent'),
			...Object.fromEntries(tools.map(({ name }) => [name, servingAs('ai_tool', 'Agent')])),
		},
	);
}

async function startAgent(
	sandbox: Account,
	workflow: Workflow,
	calls: ToolCall[],
	input: IDataObject,
): Promise<IRun> {
	const item = { ...input, calls: JSON.stringify(calls) };
	return await startWorkflow(workflow, [item], environmentOf(sandbox));
}

function seenIn({ data }: IRun): Seen {
	const { runData, error } = data.resultData;
	expect(error).toBeUndefined();
	const seen: unknown = runData.Agent?.at(-1)?.data?.main?.[0]?.[0]?.json;
	return seen as Seen;
}
