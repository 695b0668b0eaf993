import type { InstaplyClient } from '../api/client';
import type { RegisteredWebhook } from '../api/responses';
import { runInLanes } from '../common/lanes';
import { toResult } from '../common/result';
import { CLOCK_ALLOWANCE_MS, ticketFromUrl } from './resumeTicket';

/*
 * The webhooks that are left behind: when a wait times out, n8n runs no code of a node. They are
 * removed in the background of something else, which never waits for it.
 */

/** In this process, at a time. The next removal takes the rest. */
const MAX_REMOVED = 50;
const REMOVED_AT_A_TIME = 5;
/** No removal begins later than that. */
const MAX_DURATION_MS = 60_000;

/** The URLs of those that are being removed, whatever the account: each URL exists once. */
const underWay = new Set<string>();

/**
 * Begins to remove the webhooks of executions that certainly wait no longer, in any n8n of the account.
 *
 * @param registered the webhooks at Instaply, when they are known
 * @returns when it is over, for whoever wants to know; never rejects
 */
export async function removeExpiredWebhooks(
	instaply: Pick<InstaplyClient, 'removeWebhooks' | 'webhooks'>,
	registered?: RegisteredWebhook[],
): Promise<void> {
	const begin = Date.now();
	const listed = await toResult(async () => registered ?? (await instaply.webhooks()));
	if ('error' in listed) return;
	const tasks = claimExpired(listed.value, begin).map(({ webhookId, url }) => ({
		run: async () => {
			if (Date.now() - begin < MAX_DURATION_MS) {
				// One that cannot be removed does not keep the others from being removed.
				await toResult(async () => await instaply.removeWebhooks([webhookId]));
			}
			underWay.delete(url);
		},
	}));
	await runInLanes(tasks, REMOVED_AT_A_TIME, () => false);
}

/** Those that nobody removes yet; from now on, the caller does. */
function claimExpired(webhooks: RegisteredWebhook[], now: number) {
	const claimed: Array<{ webhookId: string; url: string }> = [];
	for (const { webhookId, url } of webhooks) {
		if (underWay.size >= MAX_REMOVED) break;
		if (url === undefined || underWay.has(url) || !isExpired(url, now)) continue;
		underWay.add(url);
		claimed.push({ webhookId, url });
	}
	return claimed;
}

/** Tells whether a webhook's URL is that of an execution that certainly waits no longer. */
export function isExpired(url: string | undefined, now: number): boolean {
	const ticket = ticketFromUrl(url);
	return ticket !== undefined && ticket.until + CLOCK_ALLOWANCE_MS < now;
}
