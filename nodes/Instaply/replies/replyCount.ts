import { RecentCounts } from '../common/recent';

/*
 * How many replies to a question were none of the accepted ones. A header of the webhook at Instaply
 * stores that for other processes of n8n and for after a restart. But the headers of a delivery may be
 * out of date when several replies arrive at once, so this process counts, too.
 */

/** How many questions are remembered. */
const CAPACITY = 10_000;

const counts = new RecentCounts(CAPACITY);
const turns = new Map<string, Promise<void>>();

/**
 * Counts one more.
 *
 * @param stored the count before it, as stored at Instaply
 * @returns the count with it
 */
export function recordReply(fingerprint: string, stored: number): number {
	const count = Math.max(stored, counts.get(fingerprint)) + 1;
	counts.set(fingerprint, count);
	return count;
}

/** Works on one question at a time, in the order of the calls. `work` must not reject. */
export async function inTurn(fingerprint: string, work: () => Promise<void>): Promise<void> {
	const turn = (turns.get(fingerprint) ?? Promise.resolve()).then(work);
	turns.set(fingerprint, turn);
	await turn;
	if (turns.get(fingerprint) === turn) turns.delete(fingerprint);
}
