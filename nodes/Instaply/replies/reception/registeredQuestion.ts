import type { RegisteredWebhook } from '../../api/responses';
import type { ExtraHeader } from '../../api/types';
import { matchingSecret } from '../../delivery/secret';
import { resumesIn } from '../../n8n/address';
import { ticketFromUrl, type ResumeTicket } from '../resumeTicket';

/** A question that waits for its reply, as Instaply's list of webhooks shows it. */
export interface RegisteredQuestion {
	webhookId: string;
	/** The URL that resumes its execution. */
	url: string;
	/** Without it, Instaply delivers nothing, and a reception has to forward. */
	isEnabled: boolean;
	/** What Instaply adds to each delivery; empty when it does not show that. */
	headers: ExtraHeader[];
	ticket: ResumeTicket;
}

/** @returns undefined when a webhook is none of a question */
export function readQuestion({
	webhookId,
	url,
	enabled,
	extraHeaders = [],
}: RegisteredWebhook): RegisteredQuestion | undefined {
	const ticket = ticketFromUrl(url);
	if (url === undefined || ticket === undefined) return undefined;
	return { webhookId, url, isEnabled: enabled !== false, headers: extraHeaders, ticket };
}

export function questionsIn(webhooks: readonly RegisteredWebhook[]): RegisteredQuestion[] {
	return webhooks.map(readQuestion).filter((question) => question !== undefined);
}

/**
 * Tells whether a trigger can forward to a question: it is one of the trigger's own n8n, and Instaply
 * shows the secret that a delivery has to carry.
 */
export function canForward(
	triggerUrl: string,
	{ url, headers, ticket }: RegisteredQuestion,
): boolean {
	return (
		resumesIn(triggerUrl, url) &&
		matchingSecret(asReceived(headers), ticket.fingerprint) !== undefined
	);
}

/** Headers as Node.js gives them to who receives them. Several of one name become one. */
export function asReceived(headers: readonly ExtraHeader[]): Record<string, string> {
	const received = new Map<string, string>();
	for (const { name, value } of headers) {
		const key = name.toLowerCase();
		const before = received.get(key);
		received.set(key, before === undefined ? value : `${before}, ${value}`);
	}
	return Object.fromEntries(received);
}

/** Of two questions in a thread, the newer one gets the reply. */
export function byAge(one: { ticket: ResumeTicket }, other: { ticket: ResumeTicket }): number {
	const { since, fingerprint } = one.ticket;
	if (since !== other.ticket.since) return since - other.ticket.since;
	// Asked in the same millisecond: any order will do that everybody agrees on.
	if (fingerprint === other.ticket.fingerprint) return 0;
	return fingerprint < other.ticket.fingerprint ? -1 : 1;
}
