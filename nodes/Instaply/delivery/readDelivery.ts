import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { bodySize, exactBody } from '../n8n/webhook';
import type { InstaplyEvent, NoEvent } from './event';
import { isSafe } from './isSafe';
import { accept, refuse } from './respond';

/** In bytes; no message is as large. */
const MAX_SIZE = 1024 * 1024;

/** What Instaply delivered: as it came, and what it means. */
export interface ReadDelivery {
	body: IDataObject;
	event: InstaplyEvent;
}

/**
 * Reads a delivery that has proven its origin.
 *
 * @returns the response to a delivery that holds no event
 */
export function readDelivery(
	context: IWebhookFunctions,
	parse: (body: unknown) => InstaplyEvent | NoEvent,
): ReadDelivery | { response: IWebhookResponseData } {
	if (bodySize(context) > MAX_SIZE) return { response: refuse(context, 413, 'Too large') };
	const body = exactBody(context);
	const event = parse(body);
	if (event === 'unknown event') {
		context.logger.debug('Instaply delivered an event of a kind that this version does not know');
		return { response: accept('ignored') };
	}
	if (event === 'malformed' || !isJsonObject(body) || !isSafe(body)) {
		return { response: refuse(context, 400, 'Not an event of Instaply') };
	}
	return { body, event };
}
