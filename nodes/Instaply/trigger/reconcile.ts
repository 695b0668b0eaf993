import type { RegisteredWebhook } from '../api/responses';
import type { CreateWebhookRequest } from '../api/types';
import { isAsDesired, sameUrl } from '../api/webhookState';
import { hasSecretHeader } from '../delivery/secret';
import { isReception, withoutVersion } from '../replies/reception/version';
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
			: (owned.find((webhook) => isAsWanted(webhook, desired)) ??
				owned.find(({ webhookId }) => webhookId === stored.webhookId) ??
				owned[0]);
	return {
		remove: owned.filter((webhook) => webhook !== kept).map(({ webhookId }) => webhookId),
		keep: kept?.webhookId,
		update: kept !== undefined && !isAsWanted(kept, desired),
	};
}

/** Whatever the version of its questions: it changes with each of them. */
function isAsWanted(webhook: RegisteredWebhook, desired: DesiredWebhook): boolean {
	if (webhook.url === undefined) return isAsDesired(webhook, desired);
	const url = withoutVersion(webhook.url);
	return (
		isReception(webhook.url) === isReception(desired.url) &&
		isAsDesired({ ...webhook, url }, { ...desired, url: withoutVersion(desired.url) })
	);
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
		if (webhook.url !== undefined && sameUrl(withoutVersion(webhook.url), withoutVersion(url))) {
			return true;
		}
		if (webhook.webhookId !== stored.webhookId) return false;
		return (
			webhook.url === undefined ||
			pathOf(webhook.url) === pathOf(url) ||
			hasSecretHeader(webhook.extraHeaders, stored.secret)
		);
	});
}

function pathOf(url: string): string {
	return URL.canParse(url) ? new URL(url).pathname : url;
}
