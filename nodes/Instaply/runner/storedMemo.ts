import type { IDataObject } from 'n8n-workflow';

import type { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';
import { isFailure } from '../n8n/failure';
import type { RunIdentity } from '../n8n/retryOnFail';

/** What is known of a run's writes, in a form that n8n can store. */
export interface StoredMemo extends RunIdentity {
	/** A `Settled` by item index, unless another version of this package stored it. */
	items: Record<number, unknown>;
	/** Those of `items` that an earlier execution settled, when a person has retried it. */
	settledBefore?: number[];
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

/** Of an item that is held back, although nothing is known of what stopped it. */
export const OVERTAKEN: Refusal = {
	message: 'This item was held back, because a later one went out before it',
	description:
		'Something stopped it before it was sent, and a later item for the same thread, customer or webhook went out meanwhile. Look in Instaply whether it is still wanted, then run it again.',
	isOutcomeUnknown: false,
};

/**
 * Reads what n8n stored, perhaps under another version of this package.
 *
 * @returns undefined when it is no memo
 */
export function readStoredMemo(stored: unknown): StoredMemo | undefined {
	if (!isJsonObject(stored) || !isJsonObject(stored.items)) return undefined;
	const { runIndex, executionId, items, settledBefore } = stored;
	return {
		runIndex,
		executionId,
		items,
		...(Array.isArray(settledBefore) && {
			settledBefore: settledBefore.filter((index) => typeof index === 'number'),
		}),
	};
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
