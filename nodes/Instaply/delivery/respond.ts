import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { respondAtOnce, respondWithStatus } from '../n8n/webhookResponse';

/** Says of an accepted delivery that it starts or resumes no execution, and why. */
export type UnusedStatus =
	| 'ignored'
	| 'duplicate'
	| 'awaited elsewhere'
	| 'collected'
	| 'not an accepted reply'
	| 'no longer awaited';

type AcceptedStatus = 'started' | 'resumed' | 'waiting' | 'listening' | UnusedStatus;

/** Says of a refused delivery why. */
export type RefusalReason =
	'Unauthorized' | 'Too large' | 'Not an event of Instaply' | 'Not taken' | 'Already under way';

/** Responds with 200: Instaply need not deliver this again. */
export function accept(status: AcceptedStatus): IWebhookResponseData {
	return { webhookResponse: { status } };
}

/** The same, before the node is done. What it returns with this can start the workflow later. */
export function acceptAtOnce(
	context: IWebhookFunctions,
	status: AcceptedStatus,
): IWebhookResponseData {
	return respondAtOnce(context, { status });
}

/** Responds with an error status: Instaply may deliver this again. */
export function refuse(
	context: IWebhookFunctions,
	status: number,
	reason: RefusalReason,
): IWebhookResponseData {
	return respondWithStatus(context, status, { status: reason });
}
