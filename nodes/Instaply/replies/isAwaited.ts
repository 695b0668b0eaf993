import type { IWebhookFunctions } from 'n8n-workflow';

import { connect } from '../api/transport';
import { RecentKeys } from '../common/recent';
import { toResult } from '../common/result';
import type { MessageEvent } from '../delivery/event';
import { isReply } from './reply';
import { ticketFromUrl } from './resumeTicket';

/** The replies that resumed executions. Their webhooks are gone, so Instaply no longer shows them. */
const taken = new RecentKeys(1_000);

export function recordTaken(event: MessageEvent): void {
	taken.add(keyOf(event));
}

/** With the time, because different accounts may use the same IDs. */
function keyOf({ customerThreadId, messageId, timestamp }: MessageEvent): string {
	return [customerThreadId, messageId, timestamp].join(' ');
}

/**
 * Tells whether some execution waits for a message, in any n8n of the account. False when Instaply
 * cannot be asked: a message that starts a workflow needlessly is better than a lost one.
 */
export async function isAwaited(context: IWebhookFunctions, event: MessageEvent): Promise<boolean> {
	if (!event.fromCustomer || event.invisible) return false;
	if (taken.has(keyOf(event))) return true;
	const webhooks = await toResult(async () => await (await connect(context)).webhooks());
	// It may have been taken, and the webhook removed, in the meantime.
	if (taken.has(keyOf(event))) return true;
	if ('error' in webhooks) return false;
	return webhooks.value.some(({ url }) => {
		const ticket = ticketFromUrl(url);
		return ticket !== undefined && isReply(event, ticket) && Date.now() <= ticket.until;
	});
}
