import type { IWebhookFunctions } from 'n8n-workflow';

import { connect } from '../api/transport';
import type { MessageEvent } from '../delivery/event';
import { waitsKnownToTrigger, type OwnWaits } from '../n8n/ownWaits';
import { MAX_PROBE_MS, questionLister, takesReply } from './openQuestions';
import { byAge, type RegisteredQuestion } from './reception/registeredQuestion';
import { isReply, mayBeReply } from './reply';
import { CLOCK_ALLOWANCE_MS } from './resumeTicket';
import { takenBy } from './takenMessages';

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
	const list = questionLister(async (options) => await connect(context, options));
	const questions = questionsFor(event, (await list()) ?? [], waits);
	// It may have been taken, and the webhook removed, in the meantime.
	if (takenBy(event) !== undefined) return true;
	return (await takesReply(questions, waits, list)) || takenBy(event) !== undefined;
}

/** Those that a message is the reply to, newest first. */
function questionsFor(
	event: MessageEvent,
	questions: readonly RegisteredQuestion[],
	waits: OwnWaits,
): RegisteredQuestion[] {
	const now = Date.now();
	return questions
		.filter(({ url, ticket }) => {
			const isOver = now > ticket.until + (waits.owns(url) ? CLOCK_ALLOWANCE_MS : 0);
			return isReply(event, ticket) && !isOver;
		})
		.sort((one, other) => byAge(other, one));
}
