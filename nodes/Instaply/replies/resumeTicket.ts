import { isJsonObject } from '../common/json';
import type { InstaplyEvent, MessageEvent } from '../delivery/event';

/** The clocks of Instaply and of n8n may differ by this much; to miss a reply would be worse. */
const CLOCK_ALLOWANCE_MS = 10 * 60_000;

/**
 * What an execution waits for, as the URL that resumes it says. n8n signs that URL, so nobody can
 * change it; and whoever lists the webhooks of an account can tell by it which of them are over.
 */
export interface ResumeTicket {
	/** The conversation in which the reply is awaited. */
	customerThreadId: string;
	/** Stands for the secret that a delivery has to carry. */
	fingerprint: string;
	/** When the wait began and when it ends, in milliseconds since 1970. */
	since: number;
	until: number;
}

/** As query parameters. */
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

/** @returns undefined when the URL is not that of a waiting execution of this package */
export function ticketFromUrl(url: string | undefined): ResumeTicket | undefined {
	if (url === undefined || !URL.canParse(url)) return undefined;
	return ticketFromQuery(Object.fromEntries(new URL(url).searchParams));
}

/**
 * Tells whether an event is the reply to a question. Assumed: its time is when the message was
 * written, also when it is delivered late.
 */
export function isReply(
	event: InstaplyEvent,
	{ customerThreadId, since }: ResumeTicket,
): event is MessageEvent {
	return (
		event.eventType === 'message' &&
		event.fromCustomer &&
		!event.invisible &&
		event.customerThreadId === customerThreadId &&
		event.timestamp >= since - CLOCK_ALLOWANCE_MS
	);
}
