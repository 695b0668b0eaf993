import type { IWebhookFunctions } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import type { ExtraHeader } from '../api/types';
import { waitAtMost } from '../api/waitAtMost';
import { isOutcomeUnknown } from '../common/InstaplyError';
import { toResult, type Result } from '../common/result';
import { parametersOf } from '../n8n/parameters';
import { warn } from '../n8n/warn';
import { connectAsAsked } from './connectAsAsked';
import { readExtraHeaders } from './options';
import type { Reply } from './reply';
import {
	currentCount,
	inTurn,
	recordReply,
	recordUnanswered,
	triesIn,
	type ReplyCount,
} from './replyCount';
import { storedReplyCount, storeReplyCount } from './replyWebhook';
import { clarificationFor, type WaitSettings } from './settings';
import type { Verdict } from './verdict';

/**
 * The delivery of a reply waits no longer than that, because Instaply may not either. What is under way
 * by then goes on.
 */
const MAX_HELD_MS = 3_000;

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
	if (triesIn(count) >= settings.maxTries) return false;
	const text = clarificationFor(verdict, settings);
	const opened = await toResult(async () => await open(context, reply));
	const work = async () => await storeAndSend(context, opened, reply, count, text);
	await waitAtMost(MAX_HELD_MS, inTurn(fingerprint, work));
	return true;
}

/** What it takes to ask again. */
interface Opened {
	instaply: InstaplyClient;
	extraHeaders: ExtraHeader[];
}

/** Done while n8n has not responded yet: after that, it evaluates no expression. */
async function open(context: IWebhookFunctions, { question, secret }: Reply): Promise<Opened> {
	const extraHeaders = readExtraHeaders(parametersOf(context));
	return { extraHeaders, instaply: await connectAsAsked(context, question, secret) };
}

/**
 * The count is stored first, so that other processes of n8n know it. Only replies that come to several
 * of them at once can cause more messages than wanted. A reply that gets no answer is no try, which is
 * stored afterwards. Never rejects.
 */
async function storeAndSend(
	context: IWebhookFunctions,
	opened: Result<Opened>,
	{ question, ticket, secret }: Reply,
	count: ReplyCount,
	text: string | undefined,
): Promise<void> {
	const { customerThreadId, fingerprint } = ticket;
	const store = async ({ instaply, extraHeaders }: Opened) => {
		// Others may have been counted since.
		const current = currentCount(fingerprint, count);
		await storeReplyCount(instaply, question, secret, extraHeaders, current);
		return instaply;
	};
	const stored = await onSuccess(opened, store);
	const sent = await onSuccess(stored, async (instaply) => {
		if (text !== undefined) await instaply.sendMessage({ customerThreadId, text });
	});
	if ('value' in sent) return;
	warn(context, 'A customer could not be asked again', sent.error);
	// Lost on its way, the message may have arrived.
	if (text === undefined || ('value' in stored && isOutcomeUnknown(sent.error))) return;
	recordUnanswered(fingerprint, count);
	// If it is not stored, this process knows it all the same.
	await onSuccess(opened, store);
}

/** Goes on with what something came to; otherwise, its error stays. */
async function onSuccess<T, U>(
	result: Result<T>,
	work: (value: T) => Promise<U>,
): Promise<Result<U>> {
	return 'error' in result ? result : await toResult(async () => await work(result.value));
}
