import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { bodySize } from '../n8n/webhook';
import type { InstaplyEvent, NoEvent } from './event';
import { isSafe } from './isSafe';
import { accept, refuse } from './respond';

/** In bytes; no message is as large. */
const MAX_SIZE = 1024 * 1024;

/**
 * Reads a delivery that has proven its origin.
 *
 * @returns the event, or the response to a delivery that holds none
 */
export function readDelivery(
	context: IWebhookFunctions,
	parse: (body: unknown) => InstaplyEvent | NoEvent,
): { event: InstaplyEvent } | { response: IWebhookResponseData } {
	if (bodySize(context) > MAX_SIZE) return { response: refuse(context, 413, 'Too large') };
	const body = context.getBodyData();
	const event = parse(body);
	if (event === 'unknown event') {
		context.logger.debug('Instaply delivered an event of a kind that this version does not know');
		return { response: accept('ignored') };
	}
	if (event === 'malformed' || !isSafe(body)) {
		return { response: refuse(context, 400, 'Not an event of Instaply') };
	}
	return { event };
}
