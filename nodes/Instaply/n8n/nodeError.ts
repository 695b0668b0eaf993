import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import { isTool } from './tool';

/** Turns an error into one that n8n shows well. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof InstaplyError) {
		const { description, httpStatus, failure } = error;
		// Of an error, the model reads the message alone. For AI Agent nodes before version 3, n8n adds the
		// description itself (measured on 2.41.1).
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
		// n8n-workflow returns one of these unchanged when it is wrapped again, without the item's index.
		if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
		return error;
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex,
	});
}

/**
 * The same error with its description in the message, for readers who see only the message. What has
 * no description stays as it is.
 */
export function withAdvice<E>(error: E): E | InstaplyError {
	if (!(error instanceof InstaplyError)) return error;
	return new InstaplyError(`${error.message}. ${error.description}`, error);
}
