import type { IDataObject } from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import type { Result } from '../common/result';
import { nodeContext, runIdentity, toolCallOf, type RunContext } from '../n8n/retryOnFail';
import {
	readSettled,
	readStoredMemo,
	UNREADABLE,
	type Refusal,
	type Settled,
	type StoredMemo,
} from './storedMemo';

const KEY = 'settledWrites';

/** The memos of tool calls, by the arguments of the call. */
const toolMemos = new WeakMap<object, StoredMemo>();

/**
 * Remembers, within one execution, which writes Instaply has accepted or may have accepted. "Retry
 * On Fail" runs a node again for all of its items. Without this, customers would get their messages
 * again, or out of order: what Instaply refused is tried again only as long as nothing that comes
 * after it, for the same target, has gone out.
 *
 * A further pass of a loop is new work, and the memo of the pass before it is dropped. When a person
 * retries a stored execution, what was left open is theirs to decide: it is tried again.
 */
export class Memo {
	private readonly stored: StoredMemo;
	/** What was refused in this try, by target: still open. */
	private readonly refusals = new Map<string, Array<[itemIndex: number, refusal: Refusal]>>();

	constructor(private readonly context: RunContext) {
		const empty: StoredMemo = { ...runIdentity(context), items: {} };
		const call = toolCallOf(context);
		if (call !== undefined) {
			this.stored = toolMemos.get(call) ?? empty;
			toolMemos.set(call, this.stored);
			return;
		}
		const earlier = readStoredMemo(nodeContext(context)[KEY]);
		const isSameRun = earlier !== undefined && earlier.runIndex === empty.runIndex;
		this.stored = isSameRun ? resumed(earlier, empty) : empty;
		nodeContext(context)[KEY] = this.stored;
	}

	/** @returns the result of an earlier try of this run, if that settled the item */
	recall(itemIndex: number): Result<IDataObject[]> | undefined {
		const entry = this.stored.items[itemIndex];
		if (entry === undefined) return undefined;
		const settled = readSettled(entry) ?? UNREADABLE;
		return 'outputs' in settled
			? { value: settled.outputs }
			: { error: new InstaplyError(settled.message, settled) };
	}

	/**
	 * Keeps what must not be done again; anything else may be tried again. Called in item order for
	 * each target.
	 *
	 * @param target what the write changes
	 */
	settle(itemIndex: number, target: string, result: Result<IDataObject[]>): void {
		if ('value' in result) {
			this.keep(itemIndex, target, { outputs: result.value });
		} else if (result.error instanceof InstaplyError) {
			const { message, description, httpStatus, failure, isOutcomeUnknown } = result.error;
			const refusal = { message, description, httpStatus, failure, isOutcomeUnknown };
			if (isOutcomeUnknown) this.keep(itemIndex, target, refusal);
			else this.openFor(target).push([itemIndex, refusal]);
		}
	}

	private keep(itemIndex: number, target: string, settled: Settled): void {
		const { items } = this.stored;
		items[itemIndex] = settled;
		for (const [overtaken, refusal] of this.openFor(target).splice(0)) items[overtaken] = refusal;
	}

	private openFor(target: string): Array<[itemIndex: number, refusal: Refusal]> {
		const open = this.refusals.get(target) ?? [];
		this.refusals.set(target, open);
		return open;
	}

	/** Leaves nothing in the stored execution when no try can follow. */
	clear(): void {
		if (toolCallOf(this.context) === undefined) delete nodeContext(this.context)[KEY];
	}
}

/** The memo of an earlier try, without what it left open when that was another execution. */
function resumed(earlier: StoredMemo, empty: StoredMemo): StoredMemo {
	if (earlier.executionId === empty.executionId) return earlier;
	const kept = Object.entries(earlier.items).filter(([, entry]) => {
		const settled = readSettled(entry);
		return settled === undefined || 'outputs' in settled;
	});
	return { ...empty, items: Object.fromEntries(kept) };
}
