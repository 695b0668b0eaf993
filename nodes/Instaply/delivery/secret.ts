import { randomBytes, timingSafeEqual } from 'crypto';

import type { ExtraHeader } from '../api/types';
import { fingerprintOf } from '../common/fingerprint';

/**
 * The header that proves a delivery to be Instaply's. Instaply signs nothing, but adds the extra
 * headers of a webhook to each delivery.
 */
const ORIGIN_HEADER = 'x-n8n-trigger-secret';

export function createSecret(): string {
	return randomBytes(32).toString('hex');
}

/** Adds the secret to the user's own headers; one of the same name gives way. */
export function withSecret(headers: ExtraHeader[], secret: string): ExtraHeader[] {
	const others = headers.filter(({ name }) => name.toLowerCase() !== ORIGIN_HEADER);
	return [...others, { name: ORIGIN_HEADER, value: secret }];
}

/** Above the number of updates that a webhook sees; a forged header could have thousands of values. */
const MAX_VALUES = 50;

/**
 * The secret that a delivery carries, found by its fingerprint. Names of received headers are in
 * lower case. Assumed: an update at Instaply may add headers instead of replacing them. Node joins
 * several of one name with commas, and a secret contains none.
 *
 * @returns undefined when the delivery carries no such secret
 */
export function matchingSecret(
	headers: Record<string, unknown>,
	fingerprint: string,
): string | undefined {
	const header = headers[ORIGIN_HEADER];
	if (typeof header !== 'string') return undefined;
	// All are compared, so that the time taken does not reveal which one matched.
	const [secret] = header
		.split(/,\s*/, MAX_VALUES)
		.filter((value) => isEqual(fingerprintOf(value), fingerprint));
	return secret;
}

/** Tells whether a registered webhook adds the secret to its deliveries. */
export function hasSecretHeader(
	headers: ExtraHeader[] | undefined,
	secret: string | undefined,
): boolean {
	const header = headers?.find(({ name }) => name.toLowerCase() === ORIGIN_HEADER);
	return secret !== undefined && isEqual(header?.value, secret);
}

/** Tells whether a delivery carries the secret. */
export function hasValidSecret(headers: Record<string, unknown>, secret: string): boolean {
	return matchingSecret(headers, fingerprintOf(secret)) !== undefined;
}

/** The query parameter that proves a legacy delivery's origin, in the URL given to Instaply. */
export const ORIGIN_PARAMETER = 'secret';

/** Tells whether the URL of a legacy delivery contains the secret. */
export function hasValidUrlSecret(query: object, secret: unknown): boolean {
	if (typeof secret !== 'string' || secret === '' || !(ORIGIN_PARAMETER in query)) return false;
	return isEqual(query[ORIGIN_PARAMETER], secret);
}

/** Compares in constant time, whatever the lengths. */
function isEqual(received: unknown, expected: string): boolean {
	return (
		typeof received === 'string' && timingSafeEqual(equalLength(received), equalLength(expected))
	);
}

function equalLength(text: string): Buffer {
	return Buffer.from(fingerprintOf(text));
}
