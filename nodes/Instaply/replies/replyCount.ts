import { RecentCounts } from '../common/recent';

/*
 * How many replies to a question were none of the accepted ones. Instaply keeps that in a header of
 * the webhook, for other processes of n8n and for after a restart; but a delivery is as old as its
 * headers, so among replies that come at once this process knows better.
 */

/** How many questions a process remembers. */
const CAPACITY = 10_000;

const counts = new RecentCounts(CAPACITY);
const turns = new Map<string, Promise<void>>();

/**
 * Counts one more.
 *
 * @param before how many there were before, as Instaply says
 * @returns how many there are now
 */
export function recordReply(fingerprint: string, before: number): number {
	const tries = Math.max(before, counts.get(fingerprint)) + 1;
	counts.set(fingerprint, tries);
	return tries;
}

/** Does what concerns one question after whatever is under way for it. `work` must not reject. */
export async function inTurn(fingerprint: string, work: () => Promise<void>): Promise<void> {
	const turn = (turns.get(fingerprint) ?? Promise.resolve()).then(work);
	turns.set(fingerprint, turn);
	await turn;
	if (turns.get(fingerprint) === turn) turns.delete(fingerprint);
}
