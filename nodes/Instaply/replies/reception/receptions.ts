import type { InstaplyClient } from '../../api/client';
import type { RegisteredWebhook } from '../../api/responses';
import type { ExtraHeader } from '../../api/types';
import { runInLanes } from '../../common/lanes';
import { toResult } from '../../common/result';
import { resumesIn } from '../../n8n/address';
import { asReceived } from './registeredQuestion';
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
	/** What Instaply adds to each delivery; empty when it does not show that. */
	headers: ExtraHeader[];
}

/** The receptions of all n8n of an account. */
export function receptionsIn(webhooks: readonly RegisteredWebhook[]): Reception[] {
	return webhooks.flatMap(({ webhookId, url, enabled, subscribedEvents, extraHeaders = [] }) => {
		const isDelivered = enabled !== false && (subscribedEvents?.includes('messages') ?? true);
		if (url === undefined || !isReception(url) || !isDelivered) return [];
		return [{ webhookId, url, headers: extraHeaders }];
	});
}

/** Those of the n8n in which an execution waits at a URL. */
export function receptionsFor<R extends Pick<Reception, 'url'>>(
	resumeUrl: string,
	receptions: readonly R[],
): R[] {
	return receptions.filter(({ url }) => resumesIn(url, resumeUrl));
}

/** Tells whether a trigger takes what Instaply delivers; undefined when n8n does not say. */
export type IsListening = (
	url: string,
	headers: Record<string, string>,
) => Promise<boolean | undefined>;

const ASKED_AT_A_TIME = 3;

/**
 * Asks n8n for a reception that takes what Instaply delivers: one can stay at Instaply whose workflow is
 * unpublished.
 *
 * @returns `none` only if that is certain
 */
export async function findListening(
	receptions: readonly Reception[],
	isListening: IsListening,
): Promise<Reception | 'none' | 'unknown'> {
	const found: Reception[] = [];
	let isCertain = true;
	const tasks = receptions.map((reception) => ({
		run: async () => {
			const listens = await isListening(reception.url, asReceived(reception.headers));
			if (listens === undefined) isCertain = false;
			else if (listens) found.push(reception);
		},
	}));
	await runInLanes(tasks, ASKED_AT_A_TIME, () => found.length > 0);
	return found[0] ?? (isCertain ? 'none' : 'unknown');
}

const CHANGED_AT_A_TIME = 10;

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
	await runInLanes(tasks, CHANGED_AT_A_TIME, () => false);
	return announced;
}
