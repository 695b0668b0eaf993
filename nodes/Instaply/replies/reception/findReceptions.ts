import type { InstaplyClient } from '../../api/client';
import { systemClock } from '../../api/clock';
import type { RegisteredWebhook } from '../../api/responses';
import { waitAtMost } from '../../api/waitAtMost';
import { RecentValues } from '../../common/recent';
import {
	findListening,
	receptionsFor,
	receptionsIn,
	type IsListening,
	type Reception,
} from './receptions';

/** The receptions of an n8n. */
export interface Receptions {
	own: readonly Reception[];
	/** One of them that forwards; `none` if n8n says that there is none. */
	listening: Reception | 'none' | 'unknown';
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

/** With one that forwards, by account and n8n. */
const cache = new RecentValues<Receptions & { expiresAt: number }>(MAX_CACHED);

/**
 * Finds the receptions of the n8n in which an execution is about to wait, and one that forwards, unless
 * Instaply or n8n do not say in time.
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
	if (listed === undefined || 'error' in listed) return { own: [], listening: 'unknown' };
	const webhooks = listed.value;
	const own = receptionsFor(resumeUrl, receptionsIn(webhooks));
	const asked = await waitAtMost(MAX_LOOK_MS, findListening(own, isListening));
	const answer = asked !== undefined && 'value' in asked ? asked.value : 'unknown';
	// An n8n that has too much to do to say so must not get even more deliveries.
	const listening = answer === 'unknown' ? (lastOf(cached, own) ?? answer) : answer;
	if (typeof listening === 'object') {
		cache.set(key, { own, listening, expiresAt: systemClock.now() + TTL_MS });
	}
	return { own, listening, webhooks };
}

/** The one that forwarded some time ago, as it is now. */
function lastOf(cached: Receptions | undefined, own: readonly Reception[]): Reception | undefined {
	const last = cached?.listening;
	return typeof last === 'object'
		? own.find(({ webhookId }) => webhookId === last.webhookId)
		: undefined;
}

/**
 * After one of them has turned out to be gone.
 *
 * @param url any of its n8n
 */
export function forgetReceptions(instaply: Pick<InstaplyClient, 'accountKey'>, url: string): void {
	if (URL.canParse(url)) cache.delete(keyOf(instaply, url));
}

function keyOf({ accountKey }: Pick<InstaplyClient, 'accountKey'>, url: string): string {
	return `${accountKey} ${new URL(url).origin}`;
}
