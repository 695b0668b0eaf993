import type { InstaplyClient } from '../api/client';
import type { RegisteredWebhook } from '../api/responses';
import type { ExtraHeader } from '../api/types';
import { InstaplyError } from '../common/InstaplyError';
import { toResult } from '../common/result';
import { withSecret } from '../delivery/secret';
import type { PendingQuestion } from './pendingQuestion';
import { ticketFromUrl, type ResumeTicket } from './resumeTicket';

/*
 * The webhook of one waiting execution at Instaply: it is there as long as the execution waits. When
 * the wait runs out, no code of a node is run, so what is left behind is removed later: by `sweep`.
 */

/** Clocks of several n8n that share an account may differ by this much. */
const GRACE_MS = 10 * 60_000;

/** More at a time would delay what a sweep goes along with; the next one gets the rest. */
const MAX_REMOVED = 50;

/** The header in which Instaply keeps how many replies were none of the accepted ones. */
const REPLY_COUNT_HEADER = 'x-n8n-reply-tries';

/**
 * Has Instaply deliver messages to an execution that is about to wait.
 *
 * @throws InstaplyError when that is not certain; nothing is left behind then, as far as it is known
 */
export async function registerReplyWebhook(
	instaply: InstaplyClient,
	url: string,
	secret: string,
	terms: ResumeTicket,
): Promise<PendingQuestion> {
	const created = await toResult(async () => {
		return await instaply.createWebhook({
			url,
			enabled: true,
			subscribedEvents: ['messages'],
			extraHeaders: withSecret([], secret),
		});
	});
	const { fingerprint } = terms;
	if ('value' in created) return { fingerprint, webhookId: created.value?.webhookId };
	// Instaply may have made it all the same.
	await removeReplyWebhook(instaply, { fingerprint });
	throw beforeAsking(created.error);
}

/** Nothing was sent yet, so everything may be tried again. */
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

/** Removes the webhook of an execution. Never rejects; @returns whether there was one to remove */
export async function removeReplyWebhook(
	instaply: InstaplyClient,
	awaited: PendingQuestion,
): Promise<boolean> {
	const outcome = await toResult(async () => {
		const webhookIds = await webhooksOf(instaply, awaited);
		await instaply.removeWebhooks(webhookIds);
		return webhookIds.length > 0;
	});
	return 'value' in outcome && outcome.value;
}

/**
 * Has Instaply remember how many replies were none of the accepted ones, for the next delivery.
 *
 * @throws InstaplyError when it does not
 */
export async function storeReplyCount(
	instaply: InstaplyClient,
	awaited: PendingQuestion,
	secret: string,
	tries: number,
): Promise<void> {
	const extraHeaders: ExtraHeader[] = withSecret(
		[{ name: REPLY_COUNT_HEADER, value: String(tries) }],
		secret,
	);
	const [webhookId] = await webhooksOf(instaply, awaited);
	if (webhookId === undefined) {
		throw new InstaplyError('Instaply does not show the webhook of this question', {
			description: 'So it is not known how often the customer was asked.',
		});
	}
	await instaply.updateWebhook(webhookId, { extraHeaders });
}

/** How many replies before this delivery were none of the accepted ones. */
export function storedReplyCount(headers: Record<string, unknown>): number {
	// Whether an update replaces headers or adds to them is documented nowhere. Node joins several of
	// one name with commas.
	const counts = String(headers[REPLY_COUNT_HEADER] ?? '').split(',');
	return Math.max(0, ...counts.map(Number).filter(Number.isSafeInteger));
}

/**
 * Removes webhooks of executions whose wait is certain to be over, whichever n8n of the account they
 * belonged to. Never rejects: what it does not get, the next sweep does.
 */
export async function removeExpiredWebhooks(
	instaply: InstaplyClient,
	registered?: RegisteredWebhook[],
): Promise<void> {
	await toResult(async () => {
		const webhooks = registered ?? (await instaply.webhooks());
		const expired = webhooks.filter(({ url }) => isExpired(url, Date.now()));
		for (const { webhookId } of expired.slice(0, MAX_REMOVED)) {
			// One that cannot be removed must not keep the others.
			await toResult(async () => await instaply.removeWebhooks([webhookId]));
		}
	});
}

/** Tells whether a webhook's URL is that of an execution whose wait is over for certain. */
export function isExpired(url: string | undefined, now: number): boolean {
	const terms = ticketFromUrl(url);
	return terms !== undefined && terms.until + GRACE_MS < now;
}

/** IDs, of which there is one as a rule. */
async function webhooksOf(
	instaply: InstaplyClient,
	{ fingerprint, webhookId }: PendingQuestion,
): Promise<string[]> {
	if (webhookId !== undefined) return [webhookId];
	const webhooks = await instaply.webhooks();
	const own = webhooks.filter(({ url }) => ticketFromUrl(url)?.fingerprint === fingerprint);
	return own.map((webhook) => webhook.webhookId);
}
