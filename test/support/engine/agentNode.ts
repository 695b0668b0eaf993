import {
	NodeConnectionTypes,
	type EngineResponse,
	type IDataObject,
	type INodeType,
} from 'n8n-workflow';

const TOOL = NodeConnectionTypes.AiTool;

/** What one answer of a model asks for: a tool, by its node, and the arguments. */
export interface ToolCall {
	tool: string;
	args: IDataObject;
	/** For which item of the agent: the first, unless it says so. */
	itemIndex?: number;
}

/**
 * Does what the AI Agent node of n8n 2.41.1 does, with a model that asks for the `calls` in its
 * input, which are JSON: offers the tools, has the engine run them, and shows the model the results.
 */
export const agent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: 'Has a model use tools',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, { type: TOOL }],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute({ actionResponses }: EngineResponse = { actionResponses: [], metadata: {} }) {
		if (actionResponses.length === 0) {
			const calls: ToolCall[] = JSON.parse(String(this.getInputData()[0]?.json.calls));
			const actions = calls.map(({ tool, args, itemIndex = 0 }, index) => ({
				actionType: 'ExecutionNodeAction' as const,
				nodeName: tool,
				input: args,
				type: TOOL,
				id: `call-${index}`,
				metadata: { itemIndex },
			}));
			return { actions, metadata: {} };
		}
		const offered = (await this.getInputConnectionData(TOOL, 0)) as OfferedTool[];
		const read = actionResponses.map(({ data }) =>
			JSON.stringify(data.data?.[TOOL]?.[0]?.map(({ json }) => json)),
		);
		return [[{ json: { read, offered: offered.map(asOffered) } }]];
	},
};

interface OfferedTool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string }> };
}

function asOffered({ name, description, schema }: OfferedTool): IDataObject {
	const args = Object.entries(schema.shape).map(([key, arg]) => [key, arg.description ?? '']);
	return { name, description, args: Object.fromEntries(args) };
}

/** A node as n8n offers it to agents: the same node, with its output where tools have it. */
export function asTool(node: INodeType): INodeType {
	const { name } = node.description;
	const description = { ...node.description, name: `${name}Tool`, inputs: [], outputs: [TOOL] };
	return Object.assign(Object.create(node), { description });
}

/** An agent that is the tool of an agent, and has tools of its own. */
export function asSubAgent(node: INodeType): INodeType {
	const { description } = asTool(node);
	return Object.assign(Object.create(node), {
		description: { ...description, inputs: [{ type: TOOL }] },
	});
}

interface CallableTool {
	invoke(args: IDataObject): Promise<string>;
}

/**
 * Does what the AI Agent nodes 1 and 2 of n8n do: calls its tool itself, here twice, and reads what
 * comes of it.
 */
export const callingAgent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: 'Calls its tool',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, { type: TOOL }],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		const tools = await this.getInputConnectionData(TOOL, 0);
		const [tool] = tools as CallableTool[];
		const read: string[] = [];
		for (let call = 0; call < 2; call += 1) {
			read.push((await tool?.invoke({}).catch((error: Error) => error.message)) ?? '');
		}
		return [[{ json: { read } }]];
	},
};
