import { createSecret, fingerprintOf } from '../../delivery/secret';
import { threadId } from '../../parameters/sharedFields';
import { waitOptions } from '../../replies/options';
import { notAsked, timedOut } from '../../replies/replyItem';
import {
	registerReplyWebhook,
	removeExpiredWebhooks,
	removeReplyWebhook,
} from '../../replies/replyWebhook';
import { ticketToQuery } from '../../replies/resumeTicket';
import { waitSettings } from '../../replies/settings';
import { endOfWait } from '../../replies/waitLimit';
import { operation } from '../operation';
import { question, reviewMessage } from './question';
import { sendWithinWindow, templateWhenClosed, whenWindowClosed } from './window';

export const sendAndWait = operation({
	// n8n knows an operation that waits by this very name.
	value: 'sendAndWait',
	name: 'Send and Wait for Reply',
	action: 'Send message and wait for reply',
	description: 'Ask the customer of a thread something, and go on when the customer has answered',
	fields: [threadId, reviewMessage, question, whenWindowClosed, templateWhenClosed, waitOptions],
	target: ({ customerThreadId }) => customerThreadId,
	onlyOneItem: (count) =>
		`${count} items came in, and no customer was asked. An execution can wait for one reply only: put the node 'Loop Over Items' in front of this one to ask one customer after the other. To ask all at once, put this node into a workflow of its own, and call that with the node 'Execute Sub-workflow', its mode being 'Run once for each item' and 'Wait For Sub-Workflow Completion' being off.`,
	// In another execution nobody would wait for the reply to a question that was asked before.
	repeatsAfterSuccess: true,
	keepsBinary: true,
	async run({ options, ...message }, { instaply, execution }) {
		const { customerThreadId } = message;
		const settings = waitSettings(options, execution.node);
		const since = Date.now();
		const until = endOfWait(options.limitWaitTime, since, execution.timezone);
		const secret = createSecret();
		const terms = { customerThreadId, fingerprint: fingerprintOf(secret), since, until };
		const url = await execution.resumeUrl(ticketToQuery(terms));

		// Side by side: what is swept must not take time from the wait.
		const [awaited] = await Promise.all([
			registerReplyWebhook(instaply, url, secret, terms),
			removeExpiredWebhooks(instaply),
		]);
		let isAsked = false;
		try {
			isAsked = (await sendWithinWindow(message, instaply)).sent;
		} finally {
			if (!isAsked) await removeReplyWebhook(instaply, awaited);
		}
		if (!isAsked) return { ...execution.input, ...notAsked(customerThreadId, settings) };
		const withoutReply = { ...execution.input, ...timedOut(terms, settings) };
		await execution.waitUntil(new Date(until), { ...awaited, settings }, withoutReply);
		// Not what came in: n8n runs a node again when an `error` comes out of it.
		return {};
	},
});
