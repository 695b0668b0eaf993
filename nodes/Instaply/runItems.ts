import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { InstaplyError } from './api/errors';
import { connect } from './api/transport';
import { toNodeError } from './nodeError';
import { findOperation } from './operations';
import type { Call, Output } from './operations/operation';

/**
 * Runs the chosen operation for every input item, in input order.
 *
 * All items are checked before the first request goes out, so that one bad item does not leave the
 * work half done.
 *
 * @throws the explanation of the first item that went wrong, unless the node continues on fail
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const giveUp = (error: unknown, itemIndex: number): INodeExecutionData => {
		const explained = toNodeError(context.getNode(), error, itemIndex);
		if (!context.continueOnFail()) throw explained;
		return errorItem(explained, itemIndex);
	};

	const work = context.getInputData().map((_, itemIndex) => {
		try {
			return prepare(context, itemIndex);
		} catch (error) {
			return giveUp(error, itemIndex);
		}
	});

	const instaply = await connect(context);
	const items: INodeExecutionData[] = [];
	for (const [itemIndex, call] of work.entries()) {
		if (typeof call !== 'function') {
			items.push(call);
			continue;
		}
		try {
			items.push(...outputItems(await call(instaply), itemIndex));
		} catch (error) {
			items.push(giveUp(error, itemIndex));
		}
	}
	return items;
}

function prepare(context: IExecuteFunctions, itemIndex: number): Call {
	// With a fallback, n8n gives that for a hidden parameter instead of throwing.
	const read = (name: string) => context.getNodeParameter(name, itemIndex, null) ?? undefined;
	const operation = findOperation(read('resource'), read('operation'));
	if (operation === undefined) {
		throw new InstaplyError('This node does not know the chosen operation', {
			description: "Choose 'Resource' and 'Operation' again, or update the Instaply package.",
		});
	}
	return operation.prepare(read);
}

function outputItems(output: Output, itemIndex: number): INodeExecutionData[] {
	const entries = Array.isArray(output) ? output : [output];
	return entries.map((json) => ({ json, pairedItem: { item: itemIndex } }));
}

/** The one shape that n8n puts on the error output; a further key in `json` would not be. */
function errorItem(
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
): INodeExecutionData {
	const httpCode = 'httpCode' in error ? error.httpCode : null;
	return {
		json: {
			error: error.message,
			details: { description: error.description ?? null, httpCode },
		},
		pairedItem: { item: itemIndex },
	};
}
