import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../common/json';
import { toNodeError } from './nodeError';

export type ErrorContext = Pick<IExecuteFunctions, 'getExecuteData' | 'getNode'>;

/**
 * An item that went wrong, which n8n puts on the error output if there is one. Up to 2.33, n8n does not
 * know it by its JSON: with `details`, it takes it for one that succeeded. From 2.34 on, any other key
 * would still make it one (read in the sources of 1.123.81, 2.0.3, 2.33.2 and 2.34.4; measured on
 * 2.41.1).
 */
export function errorItem(
	context: ErrorContext,
	cause: unknown,
	itemIndex: number,
): INodeExecutionData {
	const error = toNodeError(context.getNode(), cause, itemIndex);
	const details = {
		description: error.description ?? null,
		httpCode: 'httpCode' in error ? error.httpCode : null,
	};
	const item = { json: { error: error.message, details }, pairedItem: { item: itemIndex } };
	return isCopiedToErrorOutput(context) ? withHiddenError(item, error) : item;
}

/**
 * With an `error` beside its JSON, an item goes to the error output of every n8n, but n8n then puts the
 * message of that error in the place of the JSON. What is not enumerable is lost when n8n copies the
 * item to that output, which is before (measured on 1.123.81, 2.0.3 and 2.41.1).
 */
function withHiddenError(
	item: INodeExecutionData,
	error: INodeExecutionData['error'],
): INodeExecutionData {
	return Object.defineProperty(item, 'error', { value: error, enumerable: false });
}

/** Of the items of a node that has no source, n8n makes no copies. */
function isCopiedToErrorOutput(context: ErrorContext): boolean {
	return (
		context.getNode().onError === 'continueErrorOutput' && context.getExecuteData().source !== null
	);
}

/**
 * n8n takes an item with a top-level `error` for one that failed, and tries the node again when it is
 * the first (measured on 2.41.1).
 */
export function countsAsErrorItem(json: JsonObject): boolean {
	return Boolean(json.error);
}
