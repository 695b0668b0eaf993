import { readId } from '../common/id';
import { isJsonObject, type Json, type JsonObject } from '../common/json';
import {
	THREAD_STATUSES,
	WEBHOOK_EVENTS,
	type CreateWebhookRequest,
	type ExtraHeader,
	type Template,
	type ThreadDetails,
} from './types';

/** A webhook as Instaply lists it. Only the ID is certain: none of these responses is documented. */
export interface RegisteredWebhook extends Partial<CreateWebhookRequest> {
	webhookId: string;
}

/** @returns undefined when the response is not what "Get Customer Thread Details" describes */
export function readThreadDetails(response: Json): ThreadDetails | undefined {
	if (!isJsonObject(response)) return undefined;
	const { customerChannel, isMessagingWindowOpen } = response;
	const status = THREAD_STATUSES.find((known) => known === response.status);
	if (
		typeof customerChannel !== 'string' ||
		typeof isMessagingWindowOpen !== 'boolean' ||
		!status
	) {
		return undefined;
	}
	return { customerChannel, status, isMessagingWindowOpen };
}

/** @returns the thread's ID, or undefined when the response to "Send message to business" names none */
export function readStartedThread(response: Json): string | undefined {
	return isJsonObject(response) ? readId(response.customerThreadId) : undefined;
}

/** @returns undefined when the response is not what "Get WhatsApp Templates" describes */
export function readTemplates(response: Json): Template[] | undefined {
	if (!isJsonObject(response) || !Array.isArray(response.templates)) return undefined;
	const templates = response.templates.map(readTemplate);
	return templates.every((template) => template !== undefined) ? templates : undefined;
}

function readTemplate(entry: Json): Template | undefined {
	if (!isJsonObject(entry)) return undefined;
	const { title, text, contentSid } = entry;
	if (typeof title !== 'string' || typeof text !== 'string' || typeof contentSid !== 'string') {
		return undefined;
	}
	return { title, text, contentSid };
}

/** Assumed: a bare array, or an array under `webhooks` or `data`. */
export function readWebhooks(response: Json): RegisteredWebhook[] | undefined {
	const list = isJsonObject(response) ? (response.webhooks ?? response.data) : response;
	if (!Array.isArray(list)) return undefined;
	// A webhook whose ID cannot be read could never be found again, nor deleted.
	const webhooks = list.map(readWebhook);
	return webhooks.every((webhook) => webhook !== undefined) ? webhooks : undefined;
}

/** Assumed: the webhook itself, or the webhook under `webhook` or `data`. */
export function readWebhook(response: Json): RegisteredWebhook | undefined {
	if (!isJsonObject(response)) return undefined;
	const wrapped = response.webhook ?? response.data;
	if (isJsonObject(wrapped)) return readWebhook(wrapped);
	const webhookId = readWebhookId(response);
	if (webhookId === undefined) return undefined;
	const { url, enabled, subscribedEvents, extraHeaders } = response;
	return {
		webhookId,
		...(typeof url === 'string' && { url }),
		...(typeof enabled === 'boolean' && { enabled }),
		...(Array.isArray(subscribedEvents) && {
			subscribedEvents: WEBHOOK_EVENTS.filter((event) => subscribedEvents.includes(event)),
		}),
		...(Array.isArray(extraHeaders) && { extraHeaders: extraHeaders.filter(isExtraHeader) }),
	};
}

/** Assumed: the document calls the path parameter `webHookId`, and names the field nowhere. */
function readWebhookId({ id, webHookId, webhookId, _id }: JsonObject): string | undefined {
	return readId(id ?? webHookId ?? webhookId ?? _id);
}

function isExtraHeader(value: Json): value is ExtraHeader & JsonObject {
	return isJsonObject(value) && typeof value.name === 'string' && typeof value.value === 'string';
}
