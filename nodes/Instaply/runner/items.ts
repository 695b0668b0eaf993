import type { IBinaryKeyData, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Result } from '../common/result';
import { errorItem } from '../n8n/errorItem';

/** What comes out of the node for one input item. */
export function itemsOf(
	node: INode,
	result: Result<IDataObject[]>,
	itemIndex: number,
	binary?: IBinaryKeyData,
): INodeExecutionData[] {
	if ('error' in result) return [errorItem(node, result.error, itemIndex)];
	const pairedItem = { item: itemIndex };
	return result.value.map((json) => ({ json, pairedItem, ...(binary && { binary }) }));
}
