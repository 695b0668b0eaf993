import type { INode, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../common/json';
import { toNodeError } from './nodeError';

/**
 * An item that n8n puts on the error output. This is the one shape that works: with a further key in
 * `json` it goes to the success output, and an `error` beside `json` replaces the details (measured on
 * 2.41.1).
 */
export function errorItem(node: INode, cause: unknown, itemIndex: number): INodeExecutionData {
	const error = toNodeError(node, cause, itemIndex);
	const details = {
		description: error.description ?? null,
		httpCode: 'httpCode' in error ? error.httpCode : null,
	};
	return { json: { error: error.message, details }, pairedItem: { item: itemIndex } };
}

/**
 * n8n takes an item with a top-level `error` for one that failed, and tries the node again when it is
 * the first (measured on 2.41.1).
 */
export function countsAsErrorItem(json: JsonObject): boolean {
	return Boolean(json.error);
}
