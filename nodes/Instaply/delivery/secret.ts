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

/** The secret that a delivery carries. Names of received headers are in lower case. */
export function secretOf(headers: Record<string, unknown>): string | undefined {
	const secret = headers[ORIGIN_HEADER];
	return typeof secret === 'string' ? secret : undefined;
}

/** Tells whether the headers of a registered webhook hold the secret. */
export function carriesSecret(
	headers: ExtraHeader[] | undefined,
	secret: string | undefined,
): boolean {
	const header = headers?.find(({ name }) => name.toLowerCase() === ORIGIN_HEADER);
	return secret !== undefined && isEqual(header?.value, secret);
}

/** Tells whether a delivery holds the secret. */
export function provesOrigin(headers: Record<string, unknown>, secret: string): boolean {
	return isEqual(secretOf(headers), secret);
}

/** The same, where only what stands for the secret is known. */
export function provesOriginBy(headers: Record<string, unknown>, fingerprint: string): boolean {
	const secret = secretOf(headers);
	return secret !== undefined && isEqual(fingerprintOf(secret), fingerprint);
}

/** The query parameter by which a legacy delivery proves its origin, in the URL given to Instaply. */
export const ORIGIN_PARAMETER = 'secret';

/** Tells whether the URL that a legacy delivery called holds the secret. */
export function provesOriginInUrl(query: object, secret: unknown): boolean {
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
