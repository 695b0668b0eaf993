import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/*
 * What n8n tells a node about its webhook (measured on 2.41.1).
 */

/**
 * The URL of a node's webhook, which no other node has. At its registration, a test run has another
 * one than the published workflow; a delivery always gets that of the published workflow.
 */
export function webhookUrl(context: IHookFunctions | IWebhookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

/** Tells whether a delivery is taken by the "Listen for test event" of the editor. */
export function isTestRun(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}

/** The size of a body in bytes. n8n keeps it as received, decompressed, in `rawBody`. */
export function bodySize(context: IWebhookFunctions): number {
	const { rawBody, headers } = context.getRequestObject();
	return rawBody?.length ?? Number(headers['content-length'] ?? 0);
}
