import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { InstaplyEvent, NoEvent } from './event';
import { isSafe } from './isSafe';
import { accept, refuse } from './respond';

/** More than any message, of bytes. */
const MAX_SIZE = 1024 * 1024;

/**
 * Reads a delivery that has proven its origin.
 *
 * @returns the event, or how to answer a delivery that holds none
 */
export function readDelivery(
	context: IWebhookFunctions,
	parse: (body: unknown) => InstaplyEvent | NoEvent,
): { event: InstaplyEvent } | { answer: IWebhookResponseData } {
	if (sizeOf(context) > MAX_SIZE) return { answer: refuse(context, 413, 'Too large') };
	const body = context.getBodyData();
	const event = parse(body);
	if (event === 'unknown event') {
		context.logger.debug('Instaply delivered an event of a kind that this version does not know');
		return { answer: accept('ignored') };
	}
	if (event === 'malformed' || !isSafe(body)) {
		return { answer: refuse(context, 400, 'Not an event of Instaply') };
	}
	return { event };
}

/** In bytes, as received and unpacked. */
function sizeOf(context: IWebhookFunctions): number {
	const { rawBody, headers } = context.getRequestObject();
	return rawBody?.length ?? Number(headers['content-length'] ?? 0);
}
