import type { InstaplyClient } from '../api/client';
import { systemClock } from '../api/clock';
import type { RegisteredWebhook } from '../api/responses';
import { runInLanes } from '../common/lanes';
import { RecentValues } from '../common/recent';
import { toResult } from '../common/result';
import type { OwnWaits } from '../n8n/ownWaits';
import { CLOCK_ALLOWANCE_MS, ticketFromUrl } from './resumeTicket';

/*
 * The webhooks that are left behind: when a wait times out, or the user stops an execution, n8n runs no
 * code of a node. They are removed in the background of something else, which never waits for it.
 */

/** In this process, at a time. The next removal takes the rest. */
const MAX_REMOVED = 50;
const REMOVED_AT_A_TIME = 5;
/** No removal begins later than that. */
const MAX_DURATION_MS = 60_000;

/** Each costs n8n about as much as a delivery, 0.1 s of processor time (measured on 2.41.1). */
const MAX_LOOKS_A_MINUTE = 20;
const MINUTE_MS = 60_000;
/** What still waited is not looked at again so soon. */
const LOOKED_AT_FOR_MS = 10 * MINUTE_MS;

/** The URLs of those that are being removed, whatever the account: each URL exists once. */
const underWay = new Set<string>();
/** When they were looked at, by the system clock. */
const lookedAt = new RecentValues<number>(10_000);
let latestLooks: number[] = [];

/** A webhook that may be left behind. */
interface LeftOver {
	webhookId: string;
	url: string;
}

/**
 * Begins to remove the webhooks of executions that certainly wait no longer: in any n8n of the account
 * those whose time is up, and in this one also those that n8n says have ended.
 *
 * @param registered the webhooks at Instaply, when they are known
 * @param waits asks this n8n; without it, it is not asked
 * @returns when it is over, for whoever wants to know; never rejects
 */
export async function removeExpiredWebhooks(
	instaply: Pick<InstaplyClient, 'removeWebhooks' | 'webhooks'>,
	registered?: RegisteredWebhook[],
	waits?: OwnWaits,
): Promise<void> {
	const begin = systemClock.now();
	const listed = await toResult(async () => registered ?? (await instaply.webhooks()));
	if ('error' in listed) return;
	const now = Date.now();
	const expired = claim(listed.value, ({ url }) => isExpired(url, now));
	const doubtful = claim(listed.value, ({ url }) => mayHaveEnded(url, begin, waits));
	const remove = async ({ webhookId }: LeftOver) => {
		// One that cannot be removed does not keep the others from being removed.
		await toResult(async () => await instaply.removeWebhooks([webhookId]));
	};
	const removeIfEnded = async (webhook: LeftOver) => {
		if ((await waits?.statusOf(webhook.url)) === 'orphaned') await remove(webhook);
	};
	const task = (webhook: LeftOver, work: (webhook: LeftOver) => Promise<void>) => ({
		run: async () => {
			if (systemClock.now() - begin < MAX_DURATION_MS) await work(webhook);
			underWay.delete(webhook.url);
		},
	});
	const tasks = [
		...expired.map((webhook) => task(webhook, remove)),
		...doubtful.map((webhook) => task(webhook, removeIfEnded)),
	];
	await runInLanes(tasks, REMOVED_AT_A_TIME, () => false);
}

/** Those that nobody works on yet; from now on, the caller does. */
function claim(webhooks: RegisteredWebhook[], isWanted: (webhook: LeftOver) => boolean) {
	const claimed: LeftOver[] = [];
	for (const { webhookId, url } of webhooks) {
		if (underWay.size >= MAX_REMOVED) break;
		if (url === undefined || underWay.has(url) || !isWanted({ webhookId, url })) continue;
		underWay.add(url);
		claimed.push({ webhookId, url });
	}
	return claimed;
}

/** Tells whether this n8n is to be asked about an execution of its own. Then it counts as asked. */
function mayHaveEnded(url: string, now: number, waits?: OwnWaits): boolean {
	if (ticketFromUrl(url) === undefined || !waits?.owns(url)) return false;
	if ((lookedAt.get(url) ?? -Infinity) > now - LOOKED_AT_FOR_MS) return false;
	latestLooks = latestLooks.filter((time) => time > now - MINUTE_MS);
	if (latestLooks.length >= MAX_LOOKS_A_MINUTE) return false;
	latestLooks.push(now);
	lookedAt.set(url, now);
	return true;
}

/** Tells whether a webhook's URL is that of an execution that certainly waits no longer. */
export function isExpired(url: string | undefined, now: number): boolean {
	const ticket = ticketFromUrl(url);
	return ticket !== undefined && ticket.until + CLOCK_ALLOWANCE_MS < now;
}
