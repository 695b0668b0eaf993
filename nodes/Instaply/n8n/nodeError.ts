import { NodeApiError, NodeConnectionTypes, NodeOperationError, type INode } from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';

/** Gives an explanation the form in which n8n shows it. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof InstaplyError) {
		const { description, httpStatus, failure } = error;
		const message = isTool(node) ? withAdvice(error).message : error.message;
		// Only n8n's API error carries an HTTP status.
		return httpStatus === undefined
			? new NodeOperationError(node, message, { description, itemIndex, failure })
			: new NodeApiError(
					node,
					{ message, description },
					{ message, description, httpCode: String(httpStatus), itemIndex, failure },
				);
	}
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		// Wrapping one of these again returns it unchanged, without the item's index.
		if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
		return error;
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex,
	});
}

/** The same with what to do in its message, for readers who get nothing but that. */
export function withAdvice(error: InstaplyError): InstaplyError {
	return new InstaplyError(`${error.message}. ${error.description}`, error);
}

/** n8n's AI Agent gives a model the message of an error, and nothing else of it. */
function isTool(node: INode): boolean {
	return node.rewireOutputLogTo === NodeConnectionTypes.AiTool;
}
