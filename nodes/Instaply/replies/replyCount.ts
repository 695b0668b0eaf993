import { systemClock, type Clock } from '../api/clock';
import { waitAtMost } from '../api/waitAtMost';
import { RecentValues } from '../common/recent';

/*
 * How many replies to a question were none of the accepted ones. A header of the webhook at Instaply
 * stores that for other processes of n8n and for after a restart. But the headers of a delivery may be
 * out of date when several replies arrive at once, so this process counts, too.
 */

/** How many questions are remembered. */
const CAPACITY = 10_000;

const counts = new RecentValues<number>(CAPACITY);
const turns = new Map<string, Promise<void>>();

/**
 * Counts one more.
 *
 * @param stored the count before it, as stored at Instaply
 * @returns the count with it
 */
export function recordReply(fingerprint: string, stored: number): number {
	const count = Math.max(stored, counts.get(fingerprint) ?? 0) + 1;
	counts.set(fingerprint, count);
	return count;
}

/** Long enough for a request to be retried; Instaply may have the node wait for a minute each time. */
const MAX_WAIT_MS = 60_000;

/**
 * Works on one question at a time, in the order of the calls. Work that takes too long is no longer
 * waited for.
 *
 * @param work must not reject
 */
export async function inTurn(
	fingerprint: string,
	work: () => Promise<void>,
	clock: Clock = systemClock,
): Promise<void> {
	const before = turns.get(fingerprint);
	const turn = before === undefined ? work() : waitAtMost(MAX_WAIT_MS, before, clock).then(work);
	turns.set(fingerprint, turn);
	await turn;
	if (turns.get(fingerprint) === turn) turns.delete(fingerprint);
}
