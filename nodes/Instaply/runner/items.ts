import type { IBinaryKeyData, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Result } from '../common/result';
import { toNodeError } from '../n8n/nodeError';

/** What comes out of the node for one input item. */
export function itemsOf(
	node: INode,
	outcome: Result<IDataObject[]>,
	itemIndex: number,
	binary?: IBinaryKeyData,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if ('value' in outcome) {
		return outcome.value.map((json) => ({ json, pairedItem, ...(binary && { binary }) }));
	}
	const error = toNodeError(node, outcome.error, itemIndex);
	const details = {
		description: error.description ?? null,
		httpCode: 'httpCode' in error ? error.httpCode : null,
	};
	// The one shape that n8n puts on the error output; a further key in `json` would not be.
	return [{ json: { error: error.message, details }, pairedItem }];
}
