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

/** A webhook as Instaply lists it. Only the id is certain: no answer of these is documented. */
export interface RegisteredWebhook extends Partial<CreateWebhookRequest> {
	webhookId: string;
}

/** @returns undefined when the answer is not what "Get Customer Thread Details" describes */
export function readThreadDetails(answer: Json): ThreadDetails | undefined {
	if (!isJsonObject(answer)) return undefined;
	const { customerChannel, isMessagingWindowOpen } = answer;
	const status = THREAD_STATUSES.find((known) => known === answer.status);
	if (
		typeof customerChannel !== 'string' ||
		typeof isMessagingWindowOpen !== 'boolean' ||
		!status
	) {
		return undefined;
	}
	return { customerChannel, status, isMessagingWindowOpen };
}

/** @returns the thread's ID, or undefined when the answer to "Send message to business" names none */
export function readStartedThread(answer: Json): string | undefined {
	return isJsonObject(answer) ? readId(answer.customerThreadId) : undefined;
}

/** @returns undefined when the answer is not what "Get WhatsApp Templates" describes */
export function readTemplates(answer: Json): Template[] | undefined {
	if (!isJsonObject(answer) || !Array.isArray(answer.templates)) return undefined;
	const templates = answer.templates.map(readTemplate);
	return templates.every((template) => template !== undefined) ? templates : undefined;
}

function readTemplate(answer: Json): Template | undefined {
	if (!isJsonObject(answer)) return undefined;
	const { title, text, contentSid } = answer;
	if (typeof title !== 'string' || typeof text !== 'string' || typeof contentSid !== 'string') {
		return undefined;
	}
	return { title, text, contentSid };
}

/** Assumed: a bare array, or an array under `webhooks` or `data`. */
export function readWebhooks(answer: Json): RegisteredWebhook[] | undefined {
	const list = isJsonObject(answer) ? (answer.webhooks ?? answer.data) : answer;
	if (!Array.isArray(list)) return undefined;
	// One whose ID cannot be read could never be found again, nor deleted.
	const webhooks = list.map(readWebhook);
	return webhooks.every((webhook) => webhook !== undefined) ? webhooks : undefined;
}

/** Assumed: the webhook itself, or the webhook under `webhook` or `data`. */
export function readWebhook(answer: Json): RegisteredWebhook | undefined {
	if (!isJsonObject(answer)) return undefined;
	const wrapped = answer.webhook ?? answer.data;
	if (isJsonObject(wrapped)) return readWebhook(wrapped);
	const webhookId = readWebhookId(answer);
	if (webhookId === undefined) return undefined;
	const { url, enabled, subscribedEvents, extraHeaders } = answer;
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

/** The document's path parameter is `webHookId`; the field's name is documented nowhere. */
function readWebhookId(answer: JsonObject): string | undefined {
	return readId(answer.id ?? answer.webHookId ?? answer.webhookId ?? answer._id);
}

function isExtraHeader(value: unknown): value is ExtraHeader & JsonObject {
	return isJsonObject(value) && typeof value.name === 'string' && typeof value.value === 'string';
}
