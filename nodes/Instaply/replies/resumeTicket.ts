import { isJsonObject } from '../common/json';
import { RecentValues } from '../common/recent';

/**
 * The clocks of Instaply and of each n8n that shares an account may differ by this much. Too much is
 * better than a lost reply.
 */
export const CLOCK_ALLOWANCE_MS = 10 * 60_000;

/**
 * What an execution waits for, as written in the URL that resumes it, where it shows in the list of an
 * account's webhooks which of them have expired. It is stored with the execution, too, which decides.
 */
export interface ResumeTicket {
	/** The conversation in which the reply is awaited. */
	customerThreadId: string;
	/** Of the secret that a delivery has to carry. */
	fingerprint: string;
	/** When the wait began and when it ends, in milliseconds since 1970. */
	since: number;
	until: number;
}

/** As query parameters. Their names are stored with executions that wait. */
export function ticketToQuery({ customerThreadId, fingerprint, since, until }: ResumeTicket) {
	return {
		instaplyThread: customerThreadId,
		instaplyKey: fingerprint,
		instaplySince: String(since),
		instaplyUntil: String(until),
	};
}

/** @returns undefined when the query is not that of a waiting execution of this package */
export function ticketFromQuery(query: unknown): ResumeTicket | undefined {
	if (!isJsonObject(query)) return undefined;
	const { instaplyThread, instaplyKey } = query;
	const [since, until] = [Number(query.instaplySince), Number(query.instaplyUntil)];
	if (typeof instaplyThread !== 'string' || typeof instaplyKey !== 'string') return undefined;
	if (!Number.isSafeInteger(since) || !Number.isSafeInteger(until)) return undefined;
	return { customerThreadId: instaplyThread, fingerprint: instaplyKey, since, until };
}

/** By URL: each list of some thousand questions is read several times, and parsing is slow. */
const tickets = new RecentValues<Readonly<ResumeTicket>>(10_000);
/** So that what is kept stays small. */
const MAX_KEPT_LENGTH = 2_000;

/** @returns undefined when the URL is not that of a waiting execution of this package */
export function ticketFromUrl(url: string | undefined): Readonly<ResumeTicket> | undefined {
	// A name can be written in other ways in a URL, but nobody does.
	if (url === undefined || !url.includes('instaplyKey')) return undefined;
	const kept = tickets.get(url);
	if (kept !== undefined) return kept;
	if (!URL.canParse(url)) return undefined;
	const ticket = ticketFromQuery(Object.fromEntries(new URL(url).searchParams));
	if (ticket !== undefined && url.length <= MAX_KEPT_LENGTH) tickets.set(url, ticket);
	return ticket;
}

/** Tells whether a stored value is a ticket. */
export function isTicket(value: unknown): value is ResumeTicket {
	return (
		isJsonObject(value) &&
		typeof value.customerThreadId === 'string' &&
		typeof value.fingerprint === 'string' &&
		Number.isSafeInteger(value.since) &&
		Number.isSafeInteger(value.until)
	);
}

/** Tells whether two tickets are for the same wait. */
export function isSameTicket(one: ResumeTicket, other: ResumeTicket): boolean {
	return (
		one.customerThreadId === other.customerThreadId &&
		one.fingerprint === other.fingerprint &&
		one.since === other.since &&
		one.until === other.until
	);
}
