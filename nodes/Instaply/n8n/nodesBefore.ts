import type { IExecuteFunctions, NodeTypeAndVersion } from 'n8n-workflow';

/**
 * The nodes that lead to the node, up to what starts the workflow. Their parameters are as the workflow
 * has them, with defaults: an expression is not evaluated. Nothing leads to a tool, but to its agent,
 * which n8n names as the source of the call (measured on 2.41.1).
 */
export function nodesBefore(context: IExecuteFunctions): NodeTypeAndVersion[] {
	const caller = context.getExecuteData().source?.main?.[0]?.previousNode;
	const names = [context.getNode().name, ...(caller === undefined ? [] : [caller])];
	return names.flatMap((name) => context.getParentNodes(name, { includeNodeParameters: true }));
}
