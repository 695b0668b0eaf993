import type { IDataObject } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import { fingerprintOf } from '../common/fingerprint';
import { InstaplyError } from '../common/InstaplyError';
import { createSecret } from '../delivery/secret';
import { resumeInSame } from '../n8n/address';
import type { Execution } from '../n8n/execution';
import type { OwnWaits } from '../n8n/ownWaits';
import { assertReachable } from '../n8n/reachable';
import { removeExpiredWebhooks } from './expiredWebhooks';
import type { WaitOptions } from './options';
import { toState } from './pendingQuestion';
import { deliveredTo, recoverInBackground } from './reception/lifecycle';
import { skippedItem, timedOutItem, withCameIn } from './replyItem';
import { registerReplyWebhook, removeReplyWebhook } from './replyWebhook';
import { ticketToQuery, type ResumeTicket } from './resumeTicket';
import { sealAccount } from './sealedAccount';
import { waitSettings } from './settings';
import { endOfWait, laterEnd } from './waitLimit';

/** A question to the customer of a thread. */
interface Question {
	customerThreadId: string;
	options: WaitOptions;
	/** @returns whether it was sent */
	send(): Promise<boolean>;
}

interface Asked {
	/** What comes out of the node for now. */
	output: IDataObject | IDataObject[];
	/** The number of other executions to which Instaply delivers every message, as far as was seen. */
	waiting: number;
}

/**
 * Asks a customer, and has the execution wait for the reply when the question was sent.
 */
export async function askQuestion(
	{ customerThreadId, options, send }: Question,
	instaply: InstaplyClient,
	execution: Execution,
): Promise<Asked> {
	if (!execution.canWait) throw cannotWait();
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
	assertReachable(url, instaply.account.baseUrl);
	const others = allBut(url, execution.waits());

	const { extraHeaders = [] } = options;
	const { question, webhooks, isForwarded } = await registerReplyWebhook(
		instaply,
		url,
		secret,
		extraHeaders,
		ticket,
		execution.isListening,
	);
	let isSent = false;
	try {
		isSent = await send();
	} finally {
		if (!isSent) await removeReplyWebhook(instaply, question);
	}
	const sentAt = Date.now();
	// Not before, and not waited for: it must neither delay the question nor take time from the wait.
	void removeExpiredWebhooks(instaply, webhooks, others);
	if (webhooks !== undefined && isForwarded === false) {
		const place = {
			owns: (other: string) => resumeInSame(other, url),
			isListening: execution.isListening,
		};
		void recoverInBackground(instaply, place, webhooks);
	}
	const { passedOn } = execution;
	const waiting = webhooks === undefined ? 0 : deliveredTo(url, webhooks);
	if (!isSent) {
		return { output: withCameIn(skippedItem(customerThreadId, settings), passedOn), waiting };
	}
	const end = laterEnd(options.limitWaitTime, until, sentAt - since);
	const wait = { ...ticket, since: sentAt, until: end };
	const timedOut = withCameIn(timedOutItem(wait, settings), passedOn);
	const account = sealAccount(instaply.account, secret);
	const state = toState({ ...question, settings, ticket, account, sentAt });
	await execution.waitUntil(new Date(end), state, timedOut);
	// Nothing yet. The input may count as an error item: n8n would run the node again.
	return { output: [], waiting };
}

/** This question's own execution does not wait yet. */
function allBut(own: string, waits: OwnWaits): OwnWaits {
	return { ...waits, owns: (url) => url !== own && waits.owns(url) };
}

function cannotWait(): InstaplyError {
	return new InstaplyError("'Send and Wait for Reply' needs AI Agent 3 or newer", {
		description:
			"The customer was not asked: what calls this tool does not wait for a reply, so it would be lost. Replace the 'AI Agent' node with a new one. An MCP client cannot wait either: give it the operation 'Send', and have an 'Instaply Trigger' take the reply.",
	});
}
