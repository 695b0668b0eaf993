import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { respondWithStatus } from '../n8n/webhookResponse';

/** Responds with 200: Instaply need not deliver this again. */
export function accept(status: string): IWebhookResponseData {
	return { webhookResponse: { status } };
}

/** Responds with an error status: Instaply may deliver this again. */
export function refuse(
	context: IWebhookFunctions,
	status: number,
	reason: string,
): IWebhookResponseData {
	return respondWithStatus(context, status, { status: reason });
}
