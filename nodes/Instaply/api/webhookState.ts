import { fingerprintOf } from '../common/fingerprint';
import type { RegisteredWebhook } from './responses';
import type { ExtraHeader, UpdateWebhookRequest } from './types';

/**
 * Tells whether a registered webhook is as desired. Fields that Instaply does not show are assumed to
 * be.
 */
export function isAsDesired(webhook: RegisteredWebhook, desired: UpdateWebhookRequest): boolean {
	const { url, enabled, subscribedEvents, extraHeaders } = webhook;
	return (
		agrees(url, desired.url, sameUrl) &&
		agrees(enabled, desired.enabled, Object.is) &&
		agrees(subscribedEvents, desired.subscribedEvents, sameSet) &&
		agrees(extraHeaders, desired.extraHeaders, sameHeaders)
	);
}

/** A field that is not shown, or of which nothing is desired, is as it should be. */
function agrees<T>(
	shown: T | undefined,
	desired: T | undefined,
	isSame: (one: T, other: T) => boolean,
): boolean {
	return shown === undefined || desired === undefined || isSame(shown, desired);
}

export function sameUrl(one: string, other: string): boolean {
	return hrefOf(one) === hrefOf(other);
}

function hrefOf(url: string): string {
	return URL.canParse(url) ? new URL(url).href : url;
}

function sameHeaders(one: ExtraHeader[], other: ExtraHeader[]): boolean {
	return sameSet(one.map(headerKey), other.map(headerKey));
}

/** Hashed, because a value may be a secret. */
function headerKey({ name, value }: ExtraHeader): string {
	return fingerprintOf(`${name.toLowerCase()}: ${value}`);
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
	const others = new Set(other);
	return new Set(one).size === others.size && one.every((entry) => others.has(entry));
}
