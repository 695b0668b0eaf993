import type { InstaplyClient } from '../../api/client';
import type { RegisteredWebhook } from '../../api/responses';
import { runInLanes } from '../../common/lanes';
import { toResult } from '../../common/result';
import { resumesIn } from '../../n8n/address';
import { isReception, withVersion } from './version';

/*
 * Each question that waits has a webhook at Instaply. Were all of them enabled, Instaply would deliver
 * every message of the organization to every one. So a published Instaply Trigger is the reception of
 * its account in its n8n: where there is one, the webhooks of questions are disabled, and serve as the
 * memory that all processes of n8n share. The reception looks there whether a message is awaited, and
 * forwards it.
 */

/** A published trigger that forwards replies. */
export interface Reception {
	webhookId: string;
	url: string;
}

/** The receptions of all n8n of an account. */
export function receptionsIn(webhooks: readonly RegisteredWebhook[]): Reception[] {
	return webhooks.flatMap(({ webhookId, url, enabled, subscribedEvents }) => {
		const isDelivered = enabled !== false && (subscribedEvents?.includes('messages') ?? true);
		if (url === undefined || !isReception(url) || !isDelivered) return [];
		return [{ webhookId, url }];
	});
}

/** Those of the n8n in which an execution waits at a URL. */
export function receptionsFor<R extends Pick<Reception, 'url'>>(
	resumeUrl: string,
	receptions: readonly R[],
): R[] {
	return receptions.filter(({ url }) => resumesIn(url, resumeUrl));
}

const AT_A_TIME = 10;

/**
 * Has receptions look anew at the next message.
 *
 * @returns those that will
 */
export async function announce(
	instaply: Pick<InstaplyClient, 'updateWebhook'>,
	receptions: readonly Reception[],
	version: string,
): Promise<Reception[]> {
	const announced: Reception[] = [];
	const tasks = receptions.map((reception) => ({
		run: async () => {
			const url = withVersion(reception.url, version);
			const update = async () => await instaply.updateWebhook(reception.webhookId, { url });
			if ('value' in (await toResult(update))) announced.push({ ...reception, url });
		},
	}));
	await runInLanes(tasks, AT_A_TIME, () => false);
	return announced;
}
