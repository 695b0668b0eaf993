import type { InstaplyClient } from '../api/client';
import type { RegisteredWebhook } from '../api/responses';
import type { ExtraHeader } from '../api/types';
import { sameUrl } from '../api/webhookState';
import { InstaplyError } from '../common/InstaplyError';
import { toResult } from '../common/result';
import { hasSecretHeader, withSecret } from '../delivery/secret';
import type { PendingQuestion } from './pendingQuestion';
import { findReceptions, forgetReceptions, type Receptions } from './reception/findReceptions';
import { listQuestions } from './reception/knownQuestions';
import { announce, receptionsIn, type IsListening, type Reception } from './reception/receptions';
import { createVersion } from './reception/version';
import type { ReplyCount } from './replyCount';
import { ticketFromUrl, type ResumeTicket } from './resumeTicket';

/*
 * The webhook of one waiting execution at Instaply, which exists as long as the execution waits.
 */

/** The header in which Instaply stores the number of replies that were none of the accepted ones. */
const REPLY_COUNT_HEADER = 'x-n8n-reply-tries';
/** The same for how many of them got no answer; there is none while that is zero. */
const UNANSWERED_HEADER = 'x-n8n-reply-unanswered';

/** A webhook that was registered, and what was seen of the others on the way. */
interface Registered {
	question: PendingQuestion;
	/** All webhooks, as listed shortly before or after. */
	webhooks?: RegisteredWebhook[];
	/** Whether a reception forwards to it; undefined when n8n does not say whether one could. */
	isForwarded?: boolean;
}

/**
 * Has replies delivered to an execution that is about to wait: by the receptions of its n8n, or by
 * Instaply itself where there is none.
 *
 * @param extraHeaders the user's own, for each delivery
 * @throws InstaplyError when that is not certain; nothing is left behind then, as far as is known
 */
export async function registerReplyWebhook(
	instaply: InstaplyClient,
	url: string,
	secret: string,
	extraHeaders: ExtraHeader[],
	{ fingerprint }: ResumeTicket,
	isListening: IsListening,
): Promise<Registered> {
	const receptions = await findReceptions(instaply, url, isListening);
	const { listening } = receptions;
	const isExpected = typeof listening === 'object';
	const registered = await toResult(async (): Promise<Registered> => {
		const created = await instaply.createWebhook({
			url,
			enabled: !isExpected,
			subscribedEvents: ['messages'],
			extraHeaders: withSecret(extraHeaders, secret),
		});
		const question = { fingerprint, webhookId: created?.webhookId };
		const { webhooks: before } = receptions;
		if (!isExpected && receptionsIn(before ?? []).length === 0) {
			return { question, webhooks: before, isForwarded: false };
		}
		const { webhooks, isEntrusted } = await entrust(instaply, receptions, url, secret);
		if (isExpected && !isEntrusted) {
			forgetReceptions(instaply, url);
			const [webhookId] = await webhooksOf(instaply, question);
			if (webhookId === undefined) throw notShown();
			await instaply.updateWebhook(webhookId, { enabled: true });
		}
		const isForwarded = isEntrusted || (listening === 'unknown' ? undefined : false);
		return { question, webhooks, isForwarded };
	});
	if ('value' in registered) return registered.value;
	// Instaply may have created it all the same.
	await removeReplyWebhook(instaply, { fingerprint });
	throw beforeAsking(registered.error);
}

/**
 * Tells receptions of a question that was just registered.
 *
 * @returns all webhooks as they are since then, if Instaply says; and whether it is certain that the
 * reception that listens is still there, and can forward
 */
async function entrust(
	instaply: InstaplyClient,
	{ own, listening }: Receptions,
	url: string,
	secret: string,
): Promise<{ webhooks?: RegisteredWebhook[]; isEntrusted: boolean }> {
	const version = createVersion();
	const announced = await announce(instaply, own, version);
	const listed = await toResult(async () => await listQuestions(instaply, version));
	if ('error' in listed) return { isEntrusted: false };
	const webhooks = listed.value;
	const remaining = receptionsIn(webhooks);
	// Without a question that they do not know of, they would start their workflows with its reply:
	// those of other n8n, and those published since. At the address that they have now, which nobody but
	// their own n8n knows to be right; and with a version of their own, which the list is older than.
	const told = new Set(own.map(({ webhookId }) => webhookId));
	const others = remaining.filter(({ webhookId }) => !told.has(webhookId));
	if (others.length > 0) await announce(instaply, others, createVersion());
	const shown =
		webhooks.find((webhook) => webhook.url === url) ??
		webhooks.find((webhook) => webhook.url !== undefined && sameUrl(webhook.url, url));
	const isListening = ({ webhookId }: Reception) =>
		typeof listening === 'object' && webhookId === listening.webhookId;
	const isEntrusted =
		hasSecretHeader(shown?.extraHeaders, secret) &&
		announced.some(isListening) &&
		remaining.some(isListening);
	return { webhooks, isEntrusted };
}

function notShown(): InstaplyError {
	return new InstaplyError('Instaply does not show the webhook of this question', {
		description: 'So it is not certain that the reply would arrive.',
	});
}

/** Nothing has been sent yet, so a retry is safe. */
function beforeAsking(error: unknown): unknown {
	if (!(error instanceof InstaplyError)) return error;
	const { message, description, isOutcomeUnknown } = error;
	return new InstaplyError(
		isOutcomeUnknown ? 'Instaply did not confirm that it will deliver the reply' : message,
		{
			...error,
			description: `The customer was not asked. ${description}`,
			isOutcomeUnknown: false,
		},
	);
}

/**
 * Removes the webhook of an execution. Never rejects.
 *
 * @returns whether there was one, and it was removed
 */
export async function removeReplyWebhook(
	instaply: InstaplyClient,
	question: PendingQuestion,
): Promise<boolean> {
	const removed = await toResult(async () => {
		const webhookIds = await webhooksOf(instaply, question);
		await instaply.removeWebhooks(webhookIds);
		return webhookIds.length > 0;
	});
	return 'value' in removed && removed.value;
}

/**
 * Stores the number of replies that were none of the accepted ones, for the next delivery.
 *
 * @param extraHeaders the user's own. An update replaces all headers, so they are given again.
 * @throws InstaplyError when it does not
 */
export async function storeReplyCount(
	instaply: InstaplyClient,
	question: PendingQuestion,
	secret: string,
	extraHeaders: ExtraHeader[],
	{ replies, unanswered }: ReplyCount,
): Promise<void> {
	const counted = [...extraHeaders, { name: REPLY_COUNT_HEADER, value: String(replies) }];
	if (unanswered > 0) counted.push({ name: UNANSWERED_HEADER, value: String(unanswered) });
	const [webhookId] = await webhooksOf(instaply, question);
	if (webhookId === undefined) {
		throw new InstaplyError('Instaply does not show the webhook of this question', {
			description: 'So it is not known how often the customer was asked.',
		});
	}
	await instaply.updateWebhook(webhookId, { extraHeaders: withSecret(counted, secret) });
}

/** Above the number of updates that a webhook sees; a forged header could have thousands of counts. */
const MAX_COUNTS = 50;

/** The count of replies before this delivery. */
export function storedReplyCount(headers: Record<string, unknown>): ReplyCount {
	return {
		replies: largestIn(headers[REPLY_COUNT_HEADER]),
		unanswered: largestIn(headers[UNANSWERED_HEADER]),
	};
}

/**
 * The same, as Instaply shows it between deliveries.
 *
 * @throws InstaplyError when it shows no such webhook
 */
export async function replyCountOf(
	instaply: InstaplyClient,
	question: PendingQuestion,
): Promise<ReplyCount> {
	const [webhookId = ''] = await webhooksOf(instaply, question);
	const { extraHeaders = [] } = await instaply.webhook(webhookId);
	return storedReplyCount(Object.fromEntries(extraHeaders.map(({ name, value }) => [name, value])));
}

/**
 * Assumed: an update may add headers instead of replacing them. Node joins several of one name with
 * commas.
 */
function largestIn(header: unknown): number {
	const counts = String(header ?? '').split(',', MAX_COUNTS);
	return Math.max(0, ...counts.map(Number).filter(Number.isSafeInteger));
}

/** Their IDs; usually one. */
async function webhooksOf(
	instaply: InstaplyClient,
	{ fingerprint, webhookId }: PendingQuestion,
): Promise<string[]> {
	if (webhookId !== undefined) return [webhookId];
	const webhooks = await instaply.webhooks();
	const own = webhooks.filter(({ url }) => ticketFromUrl(url)?.fingerprint === fingerprint);
	return own.map((webhook) => webhook.webhookId);
}
