import type { IDataObject, INode } from 'n8n-workflow';

import { servingAs, to } from '../../../lab/workflow';
import type { Sandbox } from '../../../sandbox/server';
import type { ToolCall } from './agentNode';
import { AGENT, INPUT, INSTAPLY_TOOL, instaplyWorkflow } from './engine';
import { startWorkflow } from './execution';

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
	sandbox: Pick<Sandbox, 'url' | 'token'>,
	tools: Tool[],
	calls: ToolCall[],
	input: IDataObject = {},
): Promise<Seen> {
	const workflow = instaplyWorkflow(
		[
			{ name: 'Input', type: INPUT, parameters: {} },
			{ name: 'Agent', type: AGENT, parameters: {} },
			...tools.map((tool) => ({ type: INSTAPLY_TOOL, ...tool })),
		],
		{
			Input: to('Agent'),
			...Object.fromEntries(tools.map(({ name }) => [name, servingAs('ai_tool', 'Agent')])),
		},
	);
	const { data } = await startWorkflow(workflow, [{ ...input, calls: JSON.stringify(calls) }], {
		token: sandbox.token,
		baseUrl: sandbox.url,
	});
	const { runData, error } = data.resultData;
	expect(error).toBeUndefined();
	const seen: unknown = runData.Agent?.at(-1)?.data?.main?.[0]?.[0]?.json;
	return seen as Seen;
}
