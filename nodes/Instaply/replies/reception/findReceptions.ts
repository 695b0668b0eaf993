import type { InstaplyClient } from '../../api/client';
import { systemClock } from '../../api/clock';
import type { RegisteredWebhook } from '../../api/responses';
import { waitAtMost } from '../../api/waitAtMost';
import { RecentValues } from '../../common/recent';
import type { IsListening } from './lifecycle';
import { receptionsFor, receptionsIn, type Reception } from './receptions';

/** The receptions of an account. */
export interface Receptions {
	/** Those that can forward to the question: none unless its n8n certainly listens at one of them. */
	own: readonly Reception[];
	/** Those of all n8n, which do not take a reply for the next message. */
	all: readonly Reception[];
}

/** What there is at Instaply before a question is registered. */
interface Found extends Receptions {
	/** All webhooks, if they had to be listed. */
	webhooks?: RegisteredWebhook[];
}

const MAX_LOOK_MS = 3_000;
/** Whether they are still there is seen when the question is registered. */
const TTL_MS = 60_000;
const MAX_CACHED = 1_000;

/** By account and n8n. */
const cache = new RecentValues<Receptions & { expiresAt: number }>(MAX_CACHED);

/**
 * Finds the receptions of the n8n in which an execution is about to wait. None when Instaply or n8n
 * does not say in time.
 */
export async function findReceptions(
	instaply: Pick<InstaplyClient, 'accountKey' | 'webhooks'>,
	resumeUrl: string,
	isListening: IsListening,
): Promise<Found> {
	const key = keyOf(instaply, resumeUrl);
	const cached = cache.get(key);
	if (cached !== undefined && systemClock.now() < cached.expiresAt) return cached;
	const listed = await waitAtMost(MAX_LOOK_MS, instaply.webhooks());
	if (listed === undefined || 'error' in listed) return { own: [], all: [] };
	const webhooks = listed.value;
	const all = receptionsIn(webhooks);
	const own = receptionsFor(resumeUrl, all);
	if (!(await isAnyListening(own, isListening, cached !== undefined))) {
		return { own: [], all, webhooks };
	}
	cache.set(key, { own, all, expiresAt: systemClock.now() + TTL_MS });
	return { own, all, webhooks };
}

/**
 * @param wasListening whether one of them did, some time ago: an n8n that has too much to do to say so
 * must not get even more deliveries
 */
async function isAnyListening(
	receptions: readonly Reception[],
	isListening: IsListening,
	wasListening: boolean,
): Promise<boolean> {
	for (const { url } of receptions) {
		if ((await isListening(url)) ?? wasListening) return true;
	}
	return false;
}

/** After one of them has turned out to be gone. */
export function forgetReceptions(
	instaply: Pick<InstaplyClient, 'accountKey'>,
	resumeUrl: string,
): void {
	cache.delete(keyOf(instaply, resumeUrl));
}

function keyOf({ accountKey }: Pick<InstaplyClient, 'accountKey'>, resumeUrl: string): string {
	return `${accountKey} ${new URL(resumeUrl).origin}`;
}
