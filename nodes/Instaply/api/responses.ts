import { readId } from '../common/id';
import { isJsonObject, type Json, type JsonObject } from '../common/json';
import { countsAsErrorItem } from '../n8n/errorItem';
import { denies } from './doubt';
import {
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

/**
 * The fields as they came: only who relies on one has to insist on it.
 *
 * @returns undefined when the response has nothing of what "Get Customer Thread Details" describes
 */
export function readThreadDetails(response: Json): ThreadDetails | undefined {
	if (!isJsonObject(response) || countsAsErrorItem(response)) return undefined;
	const { customerChannel, status, isMessagingWindowOpen } = response;
	const fields = [customerChannel, status, isMessagingWindowOpen];
	if (fields.every((field) => field === undefined)) return undefined;
	return {
		customerChannel: customerChannel ?? null,
		status: status ?? null,
		isMessagingWindowOpen: isMessagingWindowOpen ?? null,
	};
}

/** @returns the thread's ID, or undefined when the response to "Send message to business" names none */
export function readStartedThread(response: Json): string | undefined {
	return isJsonObject(response) ? readId(response.customerThreadId) : undefined;
}

/** @returns undefined when the response is not what "Get WhatsApp Templates" describes */
export function readTemplates(response: Json): Template[] | undefined {
	const list = isJsonObject(response) ? response.templates : undefined;
	return readList(response, list, readTemplate);
}

function readTemplate(entry: Json): Template | undefined {
	if (!isJsonObject(entry)) return undefined;
	const { title = null, text = null } = entry;
	const contentSid = readId(entry.contentSid);
	return contentSid === undefined ? undefined : { title, text, contentSid };
}

/** Assumed: a bare array, or an array under `webhooks` or `data`. */
export function readWebhooks(response: Json): RegisteredWebhook[] | undefined {
	const list = isJsonObject(response) ? (response.webhooks ?? response.data) : response;
	return readList(response, list, readWebhook);
}

/**
 * Leaves out entries without an ID, with which nobody could do anything.
 *
 * @returns undefined when there is no list, or nothing in it can be read; also when it is empty and the
 * response says that this is no answer: nobody may take that for having none
 */
function readList<T>(
	response: Json,
	list: Json | undefined,
	read: (entry: Json) => T | undefined,
): T[] | undefined {
	if (!Array.isArray(list)) return undefined;
	if (list.length === 0) return denies(response) ? undefined : [];
	const entries = list.map(read).filter((entry) => entry !== undefined);
	return entries.length === 0 ? undefined : entries;
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
