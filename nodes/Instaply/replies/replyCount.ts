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

/** Neither number ever becomes smaller, so that of two counts the larger numbers are the later ones. */
export interface ReplyCount {
	/** Replies that were none of the accepted ones. */
	replies: number;
	/** How many of these the customer got no answer to, because Instaply did not take it. */
	unanswered: number;
}

const counts = new RecentValues<ReplyCount>(CAPACITY);
const turns = new Map<string, Promise<void>>();

/**
 * The count of a question's replies.
 *
 * @param stored as stored at Instaply
 */
export function currentCount(fingerprint: string, stored: ReplyCount): ReplyCount {
	const known = counts.get(fingerprint);
	return {
		replies: Math.max(stored.replies, known?.replies ?? 0),
		unanswered: Math.max(stored.unanswered, known?.unanswered ?? 0),
	};
}

/**
 * Counts one more reply.
 *
 * @param stored the count before it, as stored at Instaply
 * @returns the count with it
 */
export function recordReply(fingerprint: string, stored: ReplyCount): ReplyCount {
	const { replies, unanswered } = currentCount(fingerprint, stored);
	return record(fingerprint, { replies: replies + 1, unanswered });
}

/** Counts one more of the replies so far as unanswered. */
export function recordUnanswered(fingerprint: string, stored: ReplyCount): ReplyCount {
	const { replies, unanswered } = currentCount(fingerprint, stored);
	return record(fingerprint, { replies, unanswered: unanswered + 1 });
}

function record(fingerprint: string, count: ReplyCount): ReplyCount {
	counts.set(fingerprint, count);
	return count;
}

/** The replies that count as tries: a customer who was not asked again had no other one. */
export function triesIn({ replies, unanswered }: ReplyCount): number {
	return replies - unanswered;
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
