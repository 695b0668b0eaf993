import type { IWebhookFunctions } from 'n8n-workflow';

import { toResult } from '../common/result';
import { parametersOf } from '../n8n/parameters';
import { warn } from '../n8n/warn';
import { connectAsAsked } from './connectAsAsked';
import { readExtraHeaders } from './options';
import type { Reply } from './reply';
import { inTurn, recordReply } from './replyCount';
import { storedReplyCount, storeReplyCount } from './replyWebhook';
import { clarificationFor, type WaitSettings } from './settings';
import type { Verdict } from './verdict';

/**
 * Counts a reply that is not accepted, and asks the customer again while more may follow.
 *
 * @returns false when this was the last reply to take
 */
export async function clarify(
	context: IWebhookFunctions,
	reply: Reply,
	settings: WaitSettings,
	verdict: Verdict,
): Promise<boolean> {
	const { fingerprint } = reply.ticket;
	const count = recordReply(fingerprint, storedReplyCount(context.getHeaderData()));
	if (count >= settings.maxTries) return false;
	await inTurn(fingerprint, async () => {
		await storeAndSend(context, reply, count, clarificationFor(verdict, settings));
	});
	return true;
}

/**
 * The count is stored first, so that other processes of n8n know it. Only replies that come to several
 * of them at once can cause more messages than wanted. Never rejects.
 */
async function storeAndSend(
	context: IWebhookFunctions,
	{ question, ticket: { customerThreadId }, secret }: Reply,
	count: number,
	text: string | undefined,
): Promise<void> {
	const sent = await toResult(async () => {
		const extraHeaders = readExtraHeaders(parametersOf(context));
		const instaply = await connectAsAsked(context, question, secret);
		await storeReplyCount(instaply, question, secret, extraHeaders, count);
		if (text !== undefined) await instaply.sendMessage({ customerThreadId, text });
	});
	if ('error' in sent) warn(context, 'A customer could not be asked again', sent.error);
}
