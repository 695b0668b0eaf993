import type { RegisteredWebhook } from '../api/responses';
import type { CreateWebhookRequest, ExtraHeader } from '../api/types';
import { fingerprintOf } from '../common/fingerprint';
import { hasSecretHeader } from '../delivery/secret';
import type { StoredRegistration } from './storedRegistration';

/** The webhook that a trigger wants to have at Instaply. */
export type DesiredWebhook = Required<CreateWebhookRequest>;

/** The changes after which a trigger has exactly the webhook that it wants. */
export interface Changes {
	/** IDs of webhooks that are superfluous, or whose deliveries would be refused. */
	remove: string[];
	/** The ID of the webhook that stays. Without one, a webhook has to be created. */
	keep?: string;
	/** Whether the one that stays differs from what is desired. */
	update: boolean;
}

/**
 * Compares what is desired with what is registered. When the secret was lost, nothing can stay: every
 * delivery would be refused.
 */
export function planChanges(
	desired: DesiredWebhook,
	stored: StoredRegistration,
	registered: RegisteredWebhook[],
): Changes {
	const owned = ownedBy(desired.url, stored, registered);
	const kept =
		stored.secret === undefined
			? undefined
			: (owned.find((webhook) => isAsDesired(webhook, desired)) ??
				owned.find(({ webhookId }) => webhookId === stored.webhookId) ??
				owned[0]);
	return {
		remove: owned.filter((webhook) => webhook !== kept).map(({ webhookId }) => webhookId),
		keep: kept?.webhookId,
		update: kept !== undefined && !isAsDesired(kept, desired),
	};
}

/**
 * The webhooks that belong to a trigger. n8n gives each trigger a URL of its own, so every webhook with
 * that URL is the trigger's. After a change of n8n's public address, the stored ID counts when the
 * webhook carries the trigger's secret or has the path of its URL, which n8n chose at random; it also
 * counts when Instaply shows no URL at all.
 */
export function ownedBy(
	url: string,
	stored: StoredRegistration,
	registered: RegisteredWebhook[],
): RegisteredWebhook[] {
	return registered.filter((webhook) => {
		if (webhook.url !== undefined && sameUrl(webhook.url, url)) return true;
		if (webhook.webhookId !== stored.webhookId) return false;
		return (
			webhook.url === undefined ||
			pathOf(webhook.url) === pathOf(url) ||
			hasSecretHeader(webhook.extraHeaders, stored.secret)
		);
	});
}

/**
 * Tells whether a registered webhook is as desired. Fields that Instaply does not show are assumed to
 * be.
 */
export function isAsDesired(webhook: RegisteredWebhook, desired: DesiredWebhook): boolean {
	const { url, enabled, subscribedEvents, extraHeaders } = webhook;
	return (
		(url === undefined || sameUrl(url, desired.url)) &&
		(enabled === undefined || enabled === desired.enabled) &&
		(subscribedEvents === undefined || sameSet(subscribedEvents, desired.subscribedEvents)) &&
		(extraHeaders === undefined ||
			sameSet(extraHeaders.map(headerKey), desired.extraHeaders.map(headerKey)))
	);
}

function sameUrl(one: string, other: string): boolean {
	return hrefOf(one) === hrefOf(other);
}

function hrefOf(url: string): string {
	return URL.canParse(url) ? new URL(url).href : url;
}

function pathOf(url: string): string {
	return URL.canParse(url) ? new URL(url).pathname : url;
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
	const others = new Set(other);
	return new Set(one).size === others.size && one.every((entry) => others.has(entry));
}

function headerKey({ name, value }: ExtraHeader): string {
	return fingerprintOf(`${name.toLowerCase()}: ${value}`);
}
