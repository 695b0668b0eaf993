import type { IWebhookFunctions } from 'n8n-workflow';

import type { RegisteredWebhook } from '../api/responses';
import { connect } from '../api/transport';
import { waitAtMost } from '../api/waitAtMost';
import type { MessageEvent } from '../delivery/event';
import { waitsKnownToTrigger, type OwnWaits } from '../n8n/ownWaits';
import { isStillOpen, isWithinTime } from './isStillOpen';
import { byAge, questionsIn, type RegisteredQuestion } from './reception/registeredQuestion';
import { isReply, mayBeReply } from './reply';
import { CLOCK_ALLOWANCE_MS } from './resumeTicket';
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
	const isOpen = await Promise.all([
		...questions.slice(0, MAX_PROBES).map(async (question) => await isStillOpen(question, waits)),
		...questions.slice(MAX_PROBES).map(({ ticket }) => isWithinTime(ticket)),
	]);
	if (isOpen.includes(true) || takenBy(event) !== undefined) return true;
	// Where another process has just taken it, the webhook is going.
	const left = new Set((await listWebhooks(context)).map(({ url }) => url));
	return questions.some(({ url }) => !left.has(url));
}

/** Those that a message is the reply to, newest first. */
function questionsFor(
	event: MessageEvent,
	webhooks: RegisteredWebhook[],
	waits: OwnWaits,
): RegisteredQuestion[] {
	const now = Date.now();
	return questionsIn(webhooks)
		.filter(({ url, ticket }) => {
			const isOver = now > ticket.until + (waits.owns(url) ? CLOCK_ALLOWANCE_MS : 0);
			return isReply(event, ticket) && !isOver;
		})
		.sort((one, other) => byAge(other, one));
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
