import { NodeConnectionTypes, type INode } from 'n8n-workflow';

import { isReview } from './review';

/*
 * How an AI agent runs a node as its tool. From AI Agent 3 on, the engine runs it like any other node.
 * Older agents and the MCP Server Trigger call it themselves, within a run of their own (measured on
 * 1.123, 2.0 and 2.41.1).
 */

/**
 * Tells whether the engine runs a node for an AI agent, as its tool or for a review. A model then reads
 * all that comes out, and into such a tool goes all that came into the agent.
 */
export function isTool(node: Pick<INode, 'type' | 'rewireOutputLogTo'>): boolean {
	return node.rewireOutputLogTo === NodeConnectionTypes.AiTool || isReview(node);
}

/**
 * Tells whether an older AI agent or an MCP Server Trigger calls the node. It wants a result at once:
 * an execution that was put to wait there goes on as if nothing had happened.
 */
export function isCalledDirectly(context: object): boolean {
	if ('isToolExecution' in context && typeof context.isToolExecution === 'function') {
		return context.isToolExecution() === true;
	}
	// n8n 1 and 2.0 have no such method, but only what is called so can tell its next run index.
	return 'getNextRunIndex' in context;
}
