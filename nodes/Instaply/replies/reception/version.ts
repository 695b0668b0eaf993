import { randomBytes } from 'crypto';

/*
 * The questions of an account change: each new one gets all receptions of its n8n a new version, which
 * their webhooks have in the query of their URL. So every delivery says which questions there were when
 * Instaply made it, and whoever has listed them since then need not list them again. A question is
 * registered before it changes the version: a list that is requested later has it.
 *
 * In the URL, because Instaply can change that alone. Extra headers can only be replaced all at once,
 * and those of a reception hold secrets that a question does not know.
 */

/** Its value shows in Instaply's list of webhooks and in access logs; it opens nothing. */
const PARAMETER = 'instaplyQuestions';

export function createVersion(): string {
	return randomBytes(8).toString('hex');
}

/** The version in the query of a delivery. */
export function versionInQuery(query: object): string | undefined {
	if (!(PARAMETER in query)) return undefined;
	const version = query[PARAMETER];
	return typeof version === 'string' && /^[\da-f]{16}$/.test(version) ? version : undefined;
}

export function versionInUrl(url: string): string | undefined {
	// Nearly all of some thousand webhooks have none, and parsing is slow.
	if (!url.includes(PARAMETER) || !URL.canParse(url)) return undefined;
	return versionInQuery(Object.fromEntries(new URL(url).searchParams));
}

/** Tells whether the URL of a trigger is that of a reception. */
export function isReception(url: string | undefined): boolean {
	return url !== undefined && versionInUrl(url) !== undefined;
}

export function withVersion(url: string, version: string): string {
	const address = new URL(url);
	address.searchParams.set(PARAMETER, version);
	return address.href;
}

export function withoutVersion(url: string): string {
	if (versionInUrl(url) === undefined) return url;
	const address = new URL(url);
	address.searchParams.delete(PARAMETER);
	return address.href;
}
