import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Result } from '../common/result';
import { errorItem, type ErrorContext } from '../n8n/errorItem';

/** What comes out of the node for one input item. */
export function itemsOf(
	context: ErrorContext,
	result: Result<IDataObject[]>,
	itemIndex: number,
	binary?: IBinaryKeyData,
): INodeExecutionData[] {
	if ('error' in result) return [errorItem(context, result.error, itemIndex)];
	const pairedItem = { item: itemIndex };
	return result.value.map((json) => ({ json, pairedItem, ...(binary && { binary }) }));
}
