import type { IWebhookFunctions } from 'n8n-workflow';

import type { RegisteredWebhook } from '../api/responses';
import { connect } from '../api/transport';
import { waitAtMost } from '../api/waitAtMost';
import type { MessageEvent } from '../delivery/event';
import { waitsKnownToTrigger, type OwnWaits } from '../n8n/ownWaits';
import { isReply, mayBeReply } from './reply';
import { CLOCK_ALLOWANCE_MS, ticketFromUrl } from './resumeTicket';
import { takenBy } from './takenMessages';

/** In all, with retries: meanwhile the message waits, and so does Instaply for a response. */
const MAX_LOOK_MS = 3_000;
/** The same for n8n, of whose executions the newest questions are asked about. */
const MAX_PROBE_MS = 2_000;
const MAX_PROBES = 5;

/**
 * Tells whether some execution waits for a message, in any n8n of the account. False when Instaply
 * does not say so within seconds: a message that starts a workflow needlessly is better than a lost
 * one.
 *
 * Each message is looked up by itself. A list that was requested for an earlier one may not have the
 * question yet.
 */
export async function isAwaited(context: IWebhookFunctions, event: MessageEvent): Promise<boolean> {
	if (!mayBeReply(event)) return false;
	if (takenBy(event) !== undefined) return true;
	const waits = waitsKnownToTrigger(context, MAX_PROBE_MS);
	const questions = questionsFor(event, await listWebhooks(context), waits);
	// It may have been taken, and the webhook removed, in the meantime.
	if (takenBy(event) !== undefined) return true;
	if (questions.length === 0) return false;
	const isOpen = await Promise.all(
		questions.map(async (question, index) => await isStillOpen(question, index, waits)),
	);
	if (isOpen.includes(true) || takenBy(event) !== undefined) return true;
	// Where another process has just taken it, the webhook is going.
	const left = new Set((await listWebhooks(context)).map(({ url }) => url));
	return questions.some(({ url }) => !left.has(url));
}

/** A question that a message is the reply to. */
interface Question {
	url: string;
	since: number;
	/** Whether its time is up, going by its URL. */
	isOver: boolean;
	/** Whether this n8n can say more. */
	isOwn: boolean;
}

/** Newest first. */
function questionsFor(
	event: MessageEvent,
	webhooks: RegisteredWebhook[],
	waits: OwnWaits,
): Question[] {
	const now = Date.now();
	const questions = webhooks.flatMap(({ url }) => {
		const ticket = ticketFromUrl(url);
		if (url === undefined || ticket === undefined || !isReply(event, ticket)) return [];
		const { since, until } = ticket;
		return [{ url, since, until, isOver: now > until, isOwn: waits.owns(url) }];
	});
	return questions
		.filter(({ until, isOwn }) => now <= until + (isOwn ? CLOCK_ALLOWANCE_MS : 0))
		.sort((one, other) => other.since - one.since);
}

/**
 * Tells whether a question still takes replies. A wait of this n8n may have ended early, because the
 * user stopped it, or end later than its URL says, because it begins when the question is sent.
 */
async function isStillOpen(
	{ url, isOver, isOwn }: Question,
	index: number,
	waits: OwnWaits,
): Promise<boolean> {
	const status = isOwn && index < MAX_PROBES ? await waits.statusOf(url) : 'unknown';
	return status === 'unknown' ? !isOver : status === 'waiting';
}

/** @returns none when Instaply does not say in time */
async function listWebhooks(context: IWebhookFunctions): Promise<RegisteredWebhook[]> {
	const timeUp = new AbortController();
	const options = { timeoutMs: MAX_LOOK_MS, signal: timeUp.signal };
	const list = connect(context, options).then(async (instaply) => await instaply.webhooks());
	const listed = await waitAtMost(MAX_LOOK_MS, list);
	// Ends what is left of the retries.
	timeUp.abort();
	return listed !== undefined && 'value' in listed ? listed.value : [];
}
