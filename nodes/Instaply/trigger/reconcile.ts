import type { RegisteredWebhook } from '../api/answers';
import type { CreateWebhookRequest, ExtraHeader } from '../api/types';
import type { TriggerMemory } from './memory';
import { carriesSecret, digest } from './secret';

/** What a trigger wants Instaply to have registered for it. */
export type DesiredWebhook = Required<CreateWebhookRequest>;

/**
 * Picks the webhooks that belong to a trigger. n8n gives its URL to one trigger alone, so whatever
 * delivers there is the trigger's. The stored ID counts when the webhook carries the trigger's
 * secret, as after a change of n8n's public address, or when Instaply shows no URL at all.
 */
export function ownedBy(
	url: string,
	memory: TriggerMemory,
	webhooks: RegisteredWebhook[],
): RegisteredWebhook[] {
	return webhooks.filter((webhook) => {
		if (webhook.url !== undefined && sameUrl(webhook.url, url)) return true;
		if (webhook.webhookId !== memory.webhookId) return false;
		return webhook.url === undefined || carriesSecret(webhook.extraHeaders, memory.secret);
	});
}

/**
 * Tells whether a registered webhook is what is desired. What Instaply does not show is taken to be
 * as it was asked for.
 */
export function isAsDesired(webhook: RegisteredWebhook, desired: DesiredWebhook): boolean {
	const { url, enabled, subscribedEvents, extraHeaders } = webhook;
	return (
		(url === undefined || sameUrl(url, desired.url)) &&
		(enabled === undefined || enabled === desired.enabled) &&
		(subscribedEvents === undefined || sameSet(subscribedEvents, desired.subscribedEvents)) &&
		(extraHeaders === undefined ||
			sameSet(extraHeaders.map(fingerprint), desired.extraHeaders.map(fingerprint)))
	);
}

function sameUrl(one: string, other: string): boolean {
	return normalized(one) === normalized(other);
}

function normalized(url: string): string {
	return URL.canParse(url) ? new URL(url).href : url;
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
	const wanted = new Set(other);
	return new Set(one).size === wanted.size && one.every((entry) => wanted.has(entry));
}

function fingerprint({ name, value }: ExtraHeader): string {
	return digest(`${name.toLowerCase()}: ${value}`).toString('hex');
}
