import type { InstaplyClient } from '../api/client';
import type { ConnectOptions } from '../api/transport';
import { waitAtMost } from '../api/waitAtMost';
import type { OwnWaits } from '../n8n/ownWaits';
import { isStillOpen } from './isStillOpen';
import { questionsIn, type RegisteredQuestion } from './reception/registeredQuestion';
import { isAnswered } from './takenMessages';

/** In all, with retries: meanwhile a message waits, and so does Instaply for a response. */
const MAX_LOOK_MS = 3_000;
/** Of n8n, to each question about an execution. */
export const MAX_PROBE_MS = 2_000;
/** Executions that n8n is asked about. Nobody waits for ten answers of one customer at a time. */
const MAX_PROBES = 10;

/** What Instaply lists now; undefined when it does not say so in time. */
export type ListQuestions = () => Promise<RegisteredQuestion[] | undefined>;

/** Lists questions while a message waits for it. */
export function questionLister(
	connect: (options: ConnectOptions) => Promise<InstaplyClient>,
): ListQuestions {
	return async () => {
		const timeUp = new AbortController();
		const options = { timeoutMs: MAX_LOOK_MS, signal: timeUp.signal };
		const list = connect(options).then(async (instaply) => await instaply.webhooks());
		const listed = await waitAtMost(MAX_LOOK_MS, list);
		// Ends what is left of the retries.
		timeUp.abort();
		return listed !== undefined && 'value' in listed ? questionsIn(listed.value) : undefined;
	};
}

/**
 * Tells whether one of some questions takes a message that is a reply to each of them, or has just
 * taken it.
 *
 * @param questions the newest first; of too many, the others count as ended
 */
export async function takesReply(
	questions: readonly RegisteredQuestion[],
	waits: OwnWaits,
	list: ListQuestions,
): Promise<boolean> {
	if (questions.length === 0) return false;
	const newest = questions.slice(0, MAX_PROBES);
	const isOpen = await Promise.all(
		newest.map(async (question) => await isStillOpen(question, waits)),
	);
	if (isOpen.includes(true)) return true;
	const listed = await list();
	if (listed === undefined) return false;
	// Where another process has just taken it, the question has ended, and its webhook is going.
	const left = new Set(listed.map(({ url }) => url));
	return newest.some(({ url, ticket }) => !left.has(url) && !isAnswered(ticket.fingerprint));
}
