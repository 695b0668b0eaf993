import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Says of an accepted delivery that it starts or resumes no execution, and why. */
export type UnusedStatus =
	'ignored' | 'duplicate' | 'awaited elsewhere' | 'not an accepted reply' | 'no longer awaited';

type AcceptedStatus = 'started' | 'resumed' | UnusedStatus;

type RefusalReason = 'Unauthorized' | 'Too large' | 'Not an event of Instaply' | 'Not taken';

/** Responds with 200: Instaply need not deliver this again. */
export function accept(status: AcceptedStatus): IWebhookResponseData {
	return { webhookResponse: { status } };
}

/** n8n answers 200 to everything that a node returns, so a refusal is written here. */
export function refuse(
	context: IWebhookFunctions,
	status: number,
	reason: RefusalReason,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ status: reason }).end();
	return { noWebhookResponse: true };
}

/**
 * Resolves to whether n8n answers this delivery with success, which it does after it has stored the
 * execution. The event comes also when nobody waits for the answer any more.
 */
export async function isAccepted(context: IWebhookFunctions): Promise<boolean> {
	const response = context.getResponseObject();
	await new Promise((resolve) => response.once('prefinish', resolve));
	return response.statusCode >= 200 && response.statusCode < 300;
}
