import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { mayBeRounded, parseJson } from '../common/json';

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

/** Tells whether this is for the "Listen for test event" of the editor. */
export function isTestRun(context: IHookFunctions | IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}

/** The size of a body in bytes. n8n keeps it as received, decompressed, in `rawBody`. */
export function bodySize(context: IWebhookFunctions): number {
	const { rawBody, headers } = context.getRequestObject();
	return rawBody?.length ?? Number(headers['content-length'] ?? 0);
}

/**
 * The body of a delivery, with the exact digits of integers that a number cannot hold, as text. n8n
 * has rounded them in the body that it has read.
 */
export function exactBody(context: IWebhookFunctions): unknown {
	const body = context.getBodyData();
	const json = receivedJson(context);
	return json !== undefined && mayBeRounded(json) ? (parseJson(json) ?? body) : body;
}

/** @returns undefined when n8n did not read the body as JSON, or did not keep it as received */
function receivedJson(context: IWebhookFunctions): string | undefined {
	const request = context.getRequestObject();
	const { rawBody, headers } = request;
	if (rawBody === undefined || !/^application\/json *(;|$)/i.test(headers['content-type'] ?? '')) {
		return undefined;
	}
	// n8n names the charset that it read the body with, by default UTF-8.
	const encoding = 'encoding' in request ? String(request.encoding) : 'utf8';
	if (!Buffer.isEncoding(encoding)) return undefined;
	// n8n reads on behind a byte order mark.
	return rawBody.toString(encoding).replace(/^\uFEFF/, '');
}

/** The body of a delivery as it came, and its media type; as n8n has read it when it kept no other. */
export function receivedBody(context: IWebhookFunctions): {
	content: Buffer | string;
	type: string;
} {
	const { rawBody, headers } = context.getRequestObject();
	const type = headers['content-type'];
	if (rawBody !== undefined && type !== undefined) return { content: rawBody, type };
	return { content: JSON.stringify(context.getBodyData()), type: 'application/json' };
}
