import type { IDataObject } from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import type { Result } from '../common/result';

/** What became of a write. */
export type WriteResult = { value: IDataObject[] } | { error: InstaplyError };

/**
 * What the node itself did not foresee, a mistake in it or something that n8n threw, may have come after
 * the request: the write may be done. The message of such an error is shown nowhere, because it may hold
 * what it is about, such as a token.
 */
export function toWriteResult(result: Result<IDataObject[]>): WriteResult {
	if ('value' in result) return result;
	const { error } = result;
	return { error: error instanceof InstaplyError ? error : unforeseen(error) };
}

function unforeseen(error: unknown): InstaplyError {
	const kind = error instanceof Error ? ` (${error.name})` : '';
	return new InstaplyError('It is not known whether this item was done', {
		description: `Something happened that the Instaply node does not know${kind}. Look in Instaply before you run this item again, and tell the makers of the Instaply package about it.`,
		failure: { cause: 'node-defect' },
		isOutcomeUnknown: true,
	});
}
