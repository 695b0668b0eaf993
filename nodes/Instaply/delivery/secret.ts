import { createHash, randomBytes, timingSafeEqual } from 'crypto';

import type { ExtraHeader } from '../api/types';

/**
 * The header by which a delivery proves that Instaply sent it. Instaply signs nothing, but adds the
 * registered extra headers to each delivery.
 */
const ORIGIN_HEADER = 'x-n8n-trigger-secret';

export function createSecret(): string {
	return randomBytes(32).toString('hex');
}

/** Adds the secret to the user's own headers, of which none may take its place. */
export function withSecret(headers: ExtraHeader[], secret: string): ExtraHeader[] {
	const others = headers.filter(({ name }) => name.toLowerCase() !== ORIGIN_HEADER);
	return [...others, { name: ORIGIN_HEADER, value: secret }];
}

/** More than a webhook is ever updated; anybody can send a header of thousands. */
const MAX_VALUES = 50;

/**
 * The secret that a delivery carries, by what stands for it. Names of received headers are in lower
 * case. It is assumed that an update at Instaply may add to headers instead of replacing them, and
 * Node joins several of one name with commas; a secret holds none.
 */
export function matchingSecret(
	headers: Record<string, unknown>,
	fingerprint: string,
): string | undefined {
	const header = headers[ORIGIN_HEADER];
	if (typeof header !== 'string') return undefined;
	// All are compared, so that the time it takes does not tell which one was right.
	const [secret] = header
		.split(/,\s*/, MAX_VALUES)
		.filter((value) => isEqual(fingerprintOf(value), fingerprint));
	return secret;
}

/** Tells whether the headers of a registered webhook hold the secret. */
export function hasSecretHeader(
	headers: ExtraHeader[] | undefined,
	secret: string | undefined,
): boolean {
	const header = headers?.find(({ name }) => name.toLowerCase() === ORIGIN_HEADER);
	return secret !== undefined && isEqual(header?.value, secret);
}

/** Tells whether a delivery holds the secret. */
export function hasValidSecret(headers: Record<string, unknown>, secret: string): boolean {
	return matchingSecret(headers, fingerprintOf(secret)) !== undefined;
}

/** The query parameter by which a legacy delivery proves its origin, in the URL given to Instaply. */
export const ORIGIN_PARAMETER = 'secret';

/** Tells whether the URL that a legacy delivery called holds the secret. */
export function hasValidUrlSecret(query: object, secret: unknown): boolean {
	if (typeof secret !== 'string' || secret === '' || !(ORIGIN_PARAMETER in query)) return false;
	return isEqual(query[ORIGIN_PARAMETER], secret);
}

/** Compares in constant time, whatever the lengths. */
function isEqual(received: unknown, expected: string): boolean {
	return typeof received === 'string' && timingSafeEqual(digest(received), digest(expected));
}

/** Stands for a text where secrets are compared. */
function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** Stands for a secret where the secret itself must not be. */
export function fingerprintOf(secret: string): string {
	return digest(secret).toString('hex');
}
