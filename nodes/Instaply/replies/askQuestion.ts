import type { IDataObject } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import { fingerprintOf } from '../common/fingerprint';
import { createSecret } from '../delivery/secret';
import type { Execution } from '../n8n/execution';
import { assertReachable } from '../n8n/reachable';
import type { WaitOptions } from './options';
import { toState } from './pendingQuestion';
import { skippedItem, timedOutItem } from './replyItem';
import { registerReplyWebhook, removeExpiredWebhooks, removeReplyWebhook } from './replyWebhook';
import { ticketToQuery, type ResumeTicket } from './resumeTicket';
import { waitSettings } from './settings';
import { endOfWait } from './waitLimit';

/** A question to the customer of a thread. */
interface Question {
	customerThreadId: string;
	options: WaitOptions;
	/** @returns whether it was sent */
	send(): Promise<boolean>;
}

/**
 * Asks a customer, and has the execution wait for the reply when the question was sent.
 *
 * @returns what comes out of the node for now
 */
export async function askQuestion(
	{ customerThreadId, options, send }: Question,
	instaply: InstaplyClient,
	execution: Execution,
): Promise<IDataObject> {
	const settings = waitSettings(options, execution.isReview);
	const since = Date.now();
	const until = endOfWait(options.limitWaitTime, since, execution.timezone);
	const secret = createSecret();
	const ticket: ResumeTicket = {
		customerThreadId,
		fingerprint: fingerprintOf(secret),
		since,
		until,
	};
	const url = execution.resumeUrl(ticketToQuery(ticket));
	assertReachable(url, instaply.baseUrl);

	// Side by side, so that the clean-up takes no time from the wait.
	const [question] = await Promise.all([
		registerReplyWebhook(instaply, url, secret, ticket),
		removeExpiredWebhooks(instaply),
	]);
	let isSent = false;
	try {
		isSent = await send();
	} finally {
		if (!isSent) await removeReplyWebhook(instaply, question);
	}
	if (!isSent) return { ...execution.input, ...skippedItem(customerThreadId, settings) };
	const timedOut = { ...execution.input, ...timedOutItem(ticket, settings) };
	await execution.waitUntil(new Date(until), toState({ ...question, settings }), timedOut);
	// Not the input, which may count as an error item: n8n would run the node again.
	return {};
}
