import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { InstaplyError } from './api/errors';

/** Gives an explanation the form in which n8n shows it. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof InstaplyError) {
		const { message, description, httpStatus, failure } = error;
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
