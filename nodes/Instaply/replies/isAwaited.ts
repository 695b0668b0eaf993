import type { IWebhookFunctions } from 'n8n-workflow';

import type { RegisteredWebhook } from '../api/responses';
import { connect } from '../api/transport';
import { waitAtMost } from '../api/waitAtMost';
import type { MessageEvent } from '../delivery/event';
import { isReply, mayBeReply } from './reply';
import { ticketFromUrl } from './resumeTicket';
import { takenBy } from './takenMessages';

/** In all, with retries: meanwhile the message waits, and so does Instaply for a response. */
const MAX_LOOK_MS = 3_000;

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
	const webhooks = await listWebhooks(context);
	// It may have been taken, and the webhook removed, in the meantime.
	if (takenBy(event) !== undefined) return true;
	return webhooks.some(({ url }) => {
		const ticket = ticketFromUrl(url);
		return ticket !== undefined && isReply(event, ticket) && Date.now() <= ticket.until;
	});
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
