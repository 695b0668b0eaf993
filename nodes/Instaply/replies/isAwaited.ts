import type { IWebhookFunctions } from 'n8n-workflow';

import { connect } from '../api/transport';
import { RecentKeys } from '../common/recent';
import { toResult } from '../common/result';
import type { MessageEvent } from '../delivery/event';
import { isReply, ticketFromUrl } from './resumeTicket';

/** The messages that waiting executions took for their replies; Instaply shows no trace of them. */
const taken = new RecentKeys(1_000);

export function recordTaken(event: MessageEvent): void {
	taken.add(keyOf(event));
}

/** The time tells messages of different accounts apart. */
function keyOf({ customerThreadId, messageId, timestamp }: MessageEvent): string {
	return [customerThreadId, messageId, timestamp].join(' ');
}

/**
 * Tells whether a message is what some execution waits for, in any n8n of the account. When Instaply
 * does not say, it is not: a message that starts a workflow needlessly is better than a lost one.
 */
export async function isAwaited(context: IWebhookFunctions, event: MessageEvent): Promise<boolean> {
	if (!event.fromCustomer || event.invisible) return false;
	if (taken.has(keyOf(event))) return true;
	const webhooks = await toResult(async () => await (await connect(context)).webhooks());
	// The reply may have been taken, and its webhook removed, in the meantime.
	if (taken.has(keyOf(event))) return true;
	if ('error' in webhooks) return false;
	return webhooks.value.some(({ url }) => {
		const terms = ticketFromUrl(url);
		return terms !== undefined && isReply(event, terms) && Date.now() <= terms.until;
	});
}
