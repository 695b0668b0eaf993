import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import type { InstaplyClient } from '../../api/client';
import { toResult } from '../../common/result';
import type { MessageEvent } from '../../delivery/event';
import { forwardedHeader } from '../../delivery/forwarded';
import { forwardDelivery } from '../../n8n/resume';
import { warn } from '../../n8n/warn';
import { recordTaken, takenBy } from '../takenMessages';
import { asReceived, type RegisteredQuestion } from './registeredQuestion';

/** In seconds; a question that was only just asked takes a moment until it waits. */
const PAUSES = [0.2, 0.4, 0.8, 1.6];
const TIMEOUT_MS = 4_000;

/**
 * Forwards a message to the execution that waits for it.
 *
 * @returns `over` when it waits no more, `not wanted` when it waits, but not for this message, `not
 * taken` when it could not be reached
 */
export async function forwardTo(
	question: RegisteredQuestion,
	event: MessageEvent,
	context: IWebhookFunctions,
	instaply: InstaplyClient,
): Promise<'taken' | 'not taken' | 'over' | 'not wanted'> {
	const headers = { ...asReceived(question.headers), ...forwardedHeader };
	const call = async () => await forwardDelivery(context, question.url, headers, TIMEOUT_MS);
	let response = await call();
	for (const pause of PAUSES) {
		if (takenBy(event) !== undefined) return 'taken';
		if (response !== 'not yet') break;
		await sleep(pause * 1000);
		response = await call();
	}
	if (response === 'over') return 'over';
	if (response === 'not yet') return 'not taken';
	if (response === 'unclear') {
		warn(context, 'A reply could not be forwarded to the execution that waits for it');
		// From now on, Instaply delivers to it by itself.
		void toResult(async () => await instaply.updateWebhook(question.webhookId, { enabled: true }));
		return 'not taken';
	}
	switch (response.status) {
		case 'resumed':
		case 'not an accepted reply':
		case 'duplicate':
			recordTaken(event, question.ticket.fingerprint);
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
