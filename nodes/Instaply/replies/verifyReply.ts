import type { IWebhookFunctions } from 'n8n-workflow';

import { matchingSecret } from '../delivery/secret';
import { ticketFromQuery, type ResumeTicket } from './resumeTicket';

/**
 * Verifies that a delivery was meant for the question in its URL, and that Instaply sent it.
 *
 * @returns undefined when it proves neither
 */
export function verifyReply(
	context: IWebhookFunctions,
): { ticket: ResumeTicket; secret: string } | undefined {
	const ticket = ticketFromQuery(context.getQueryData());
	if (ticket === undefined) return undefined;
	const secret = matchingSecret(context.getHeaderData(), ticket.fingerprint);
	return secret === undefined ? undefined : { ticket, secret };
}
