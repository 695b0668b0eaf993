import type {
	IConnections,
	IDataObject,
	INode,
	INodeConnections,
	INodeExecutionData,
	NodeConnectionType,
} from 'n8n-workflow';

import type { Workflow } from '../tools/n8n/types';

/** A node without what can be filled in. */
export type NodeDraft = Pick<INode, 'name' | 'type' | 'parameters'> & Partial<INode>;

/** A workflow without what can be filled in. A complete one is a draft, too. */
export interface WorkflowDraft extends Partial<Omit<Workflow, 'nodes'>> {
	nodes: NodeDraft[];
}

/** Fills in what a draft leaves open: by default, each node is connected to the next. */
export function workflowOf({
	nodes,
	connections = chain(nodes),
	...draft
}: WorkflowDraft & Pick<Workflow, 'name'>): Workflow {
	return { ...draft, nodes: nodes.map(completeNode), connections };
}

/** The connections of one node: its first output leads to the first of `targets`, and so on. */
export function to(...targets: Array<string | string[]>): INodeConnections {
	return {
		main: targets.map((nodes) =>
			[nodes].flat().map((node) => ({ node, type: 'main' as const, index: 0 })),
		),
	};
}

/** The connection of what serves another node: `servingAs('ai_tool', 'AI Agent')`. */
export function servingAs(type: NodeConnectionType, node: string): INodeConnections {
	return { [type]: [[{ node, type, index: 0 }]] };
}

/** Data as the items that a node puts out. */
export function asItems(data: IDataObject[]): INodeExecutionData[] {
	return data.map((json) => ({ json }));
}

function completeNode(draft: NodeDraft, index: number): INode {
	return {
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		typeVersion: 1,
		position: [index * 220, 0],
		...draft,
	};
}

function chain(nodes: NodeDraft[]): IConnections {
	const links = nodes.slice(1).map(({ name }, index) => [nodes[index]?.name, to(name)]);
	return Object.fromEntries(links);
}
