import { InstaplyError } from '../common/InstaplyError';
import { nodeContext, runIdentity, toolCallOf, type RunContext } from '../n8n/retryOnFail';
import {
	OVERTAKEN,
	readSettled,
	readStoredMemo,
	UNREADABLE,
	type Refusal,
	type Settled,
	type StoredMemo,
} from './storedMemo';
import type { WriteResult } from './writeResult';

const KEY = 'settledWrites';

/** The memos of tool calls, by the arguments of the call. */
const toolMemos = new WeakMap<object, StoredMemo>();

/** What each item changes; undefined for one that is no write, or could not be read in this try. */
type Targets = ReadonlyArray<string | undefined>;

/**
 * Remembers, within one execution, which writes Instaply has accepted or may have accepted. "Retry
 * On Fail" runs a node again for all of its items. Without this, customers would get their messages
 * again, or out of order: what did not go out is tried again only as long as nothing that comes after
 * it, for the same target, has gone out.
 *
 * A further pass of a loop is new work, and the memo of the pass before it is dropped. When a person
 * retries a stored execution, what was left open is theirs to decide: it is tried again.
 */
export class Memo {
	private readonly stored: StoredMemo;
	/** The last item of each target that an earlier try has settled. */
	private readonly lastSettled: ReadonlyMap<string | undefined, number>;
	/** What was refused in this try, by target: still open. */
	private readonly refusals = new Map<string | undefined, Array<[number, Refusal]>>();

	constructor(
		private readonly context: RunContext,
		private readonly targets: Targets,
	) {
		this.stored = storedFor(context);
		this.lastSettled = lastSettledIn(this.stored, targets);
	}

	/** @returns the result of an item that must not be done in this try, or not any more */
	recall(itemIndex: number): WriteResult | undefined {
		const entry = this.stored.items[itemIndex];
		if (entry === undefined) {
			return this.isOvertaken(itemIndex) ? { error: errorOf(OVERTAKEN) } : undefined;
		}
		const settled = readSettled(entry) ?? UNREADABLE;
		return 'outputs' in settled ? { value: settled.outputs } : { error: errorOf(settled) };
	}

	/** What could not be read in this try may have the same target: then it counts as if it had. */
	private isOvertaken(itemIndex: number): boolean {
		const target = this.targets[itemIndex];
		if (target === undefined) return false;
		return [target, undefined].some((key) => (this.lastSettled.get(key) ?? -1) > itemIndex);
	}

	/**
	 * Keeps what must not be done again; anything else may be tried again. Called in item order for
	 * each target.
	 */
	settle(itemIndex: number, result: WriteResult): void {
		if ('value' in result) {
			this.keep(itemIndex, { outputs: result.value });
			return;
		}
		const { message, description, httpStatus, failure, isOutcomeUnknown } = result.error;
		const refusal = { message, description, httpStatus, failure, isOutcomeUnknown };
		if (isOutcomeUnknown) this.keep(itemIndex, refusal);
		else this.refusedBefore(itemIndex).push([itemIndex, refusal]);
	}

	/** What it overtakes is kept as well: a later try says the same of it. */
	private keep(itemIndex: number, settled: Settled): void {
		const { items } = this.stored;
		items[itemIndex] = settled;
		for (const [overtaken, refusal] of this.refusedBefore(itemIndex).splice(0)) {
			items[overtaken] = refusal;
		}
	}

	private refusedBefore(itemIndex: number): Array<[itemIndex: number, refusal: Refusal]> {
		const target = this.targets[itemIndex];
		const refused = this.refusals.get(target) ?? [];
		this.refusals.set(target, refused);
		return refused;
	}

	/** Leaves nothing in the stored execution when no try can follow. */
	clear(): void {
		if (toolCallOf(this.context) === undefined) delete nodeContext(this.context)[KEY];
	}
}

function errorOf(refusal: Refusal): InstaplyError {
	return new InstaplyError(refusal.message, refusal);
}

/** The memo of an earlier try of this run, or a new one, where further tries will find it. */
function storedFor(context: RunContext): StoredMemo {
	const empty: StoredMemo = { ...runIdentity(context), items: {} };
	const call = toolCallOf(context);
	if (call !== undefined) {
		const known = toolMemos.get(call) ?? empty;
		toolMemos.set(call, known);
		return known;
	}
	const earlier = readStoredMemo(nodeContext(context)[KEY]);
	const isSameRun = earlier !== undefined && earlier.runIndex === empty.runIndex;
	const stored = isSameRun ? resumed(earlier, empty) : empty;
	nodeContext(context)[KEY] = stored;
	return stored;
}

/** The memo of an earlier try, without what it left open when that was another execution. */
function resumed(earlier: StoredMemo, empty: StoredMemo): StoredMemo {
	if (earlier.executionId === empty.executionId) return earlier;
	const kept = Object.entries(earlier.items).filter(([, entry]) => {
		const settled = readSettled(entry);
		return settled === undefined || 'outputs' in settled;
	});
	const settledBefore = kept.map(([itemIndex]) => Number(itemIndex));
	return { ...empty, items: Object.fromEntries(kept), settledBefore };
}

/** What went out in an execution before this one overtakes nothing: a person has retried that. */
function lastSettledIn(
	{ items, settledBefore }: StoredMemo,
	targets: Targets,
): Map<string | undefined, number> {
	const before = new Set(settledBefore);
	const indexes = Object.keys(items).map(Number);
	// In ascending order, as integers are among the keys of an object: the last one stays.
	return new Map(
		indexes.filter((index) => !before.has(index)).map((index) => [targets[index], index]),
	);
}
