import type { IDataObject } from 'n8n-workflow';

import type { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';
import { isFailure } from '../n8n/failure';
import type { RunIdentity } from '../n8n/retryOnFail';

/** What is known of a run's writes, in a form that n8n can store. */
export interface StoredMemo extends RunIdentity {
	/** A `Settled` by item index, unless another version of this package stored it. */
	items: Record<number, unknown>;
}

/** What became of a write that must not be made again. */
export type Settled = { outputs: IDataObject[] } | Refusal;

export type Refusal = Pick<
	InstaplyError,
	'message' | 'description' | 'httpStatus' | 'failure' | 'isOutcomeUnknown'
>;

/** What a stored entry of an unknown shape means. */
export const UNREADABLE: Refusal = {
	message: 'It is not known whether this item was already done',
	description:
		'The Instaply package was updated or replaced after this execution began. Look in Instaply before you run this item again.',
	isOutcomeUnknown: true,
};

/**
 * Reads what n8n stored, perhaps under another version of this package.
 *
 * @returns undefined when it is no memo
 */
export function readStoredMemo(stored: unknown): StoredMemo | undefined {
	if (!isJsonObject(stored) || !isJsonObject(stored.items)) return undefined;
	const { runIndex, executionId, items } = stored;
	return { runIndex, executionId, items };
}

/** @returns undefined when its shape is unknown */
export function readSettled(entry: unknown): Settled | undefined {
	if (!isJsonObject(entry)) return undefined;
	if (Array.isArray(entry.outputs)) {
		const outputs = entry.outputs.filter(isJsonObject);
		return outputs.length === entry.outputs.length ? { outputs } : undefined;
	}
	const { message, description, httpStatus, failure, isOutcomeUnknown } = entry;
	if (typeof message !== 'string' || typeof description !== 'string') return undefined;
	if (typeof isOutcomeUnknown !== 'boolean') return undefined;
	return {
		message,
		description,
		isOutcomeUnknown,
		...(typeof httpStatus === 'number' && { httpStatus }),
		...(isFailure(failure) && { failure }),
	};
}
