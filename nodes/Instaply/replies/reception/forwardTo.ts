import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import type { MessageEvent } from '../../delivery/event';
import { forwardedHeader } from '../../delivery/forwarded';
import { forwardDelivery } from '../../n8n/resume';
import { isAnswered, recordAnswer, recordTaken, takenBy } from '../takenMessages';
import { asReceived, type RegisteredQuestion } from './registeredQuestion';

/** In seconds; a question that was only just asked takes a moment until it waits. */
const PAUSES = [0.2, 0.4, 0.8, 1.6];
const TIMEOUT_MS = 4_000;

/**
 * Forwards a message to the execution that waits for it.
 *
 * @param isGone tells whether the webhook of the question is gone by now, as it is once the execution
 * has its reply
 * @returns `over` when it waits no more, `not wanted` when it waits, but not for this message, `not
 * taken` when it could not be reached
 */
export async function forwardTo(
	question: RegisteredQuestion,
	event: MessageEvent,
	context: IWebhookFunctions,
	isGone: () => Promise<boolean>,
): Promise<'taken' | 'not taken' | 'over' | 'not wanted'> {
	const { fingerprint } = question.ticket;
	const headers = { ...asReceived(question.headers), ...forwardedHeader };
	const call = async () => await forwardDelivery(context, question.url, headers, TIMEOUT_MS);
	let response = await call();
	for (const pause of PAUSES) {
		if (takenBy(event) !== undefined) return 'taken';
		if (response !== 'not yet') break;
		// n8n says the same of an execution that another message has just resumed.
		if (isAnswered(fingerprint)) return 'over';
		await sleep(pause * 1000);
		if (await isGone()) return takenBy(event) === undefined ? 'over' : 'taken';
		response = await call();
	}
	if (response === 'over') return 'over';
	if (response === 'not yet' || response === 'unclear') return 'not taken';
	switch (response.status) {
		case 'resumed':
			recordAnswer(event, fingerprint);
			return 'taken';
		case 'not an accepted reply':
		case 'duplicate':
			recordTaken(event, fingerprint);
			return 'taken';
		case 'no longer awaited':
			return 'over';
		case 'ignored':
		case 'awaited elsewhere':
		case 'Unauthorized':
			return 'not wanted';
		default:
			return 'not taken';
	}
}
