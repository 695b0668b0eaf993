import type { IDataObject } from 'n8n-workflow';

import { readId } from '../common/id';
import type { Json, JsonObject } from '../common/json';
import type { InstaplyEvent } from './event';

/** The fields of `data` that describe a message's attachment, by their names in `attachment`. */
const ATTACHMENT_FIELDS = {
	uuid: 'messageAttachmentUUID',
	name: 'messageAttachmentName',
	contentType: 'messageAttachmentContentType',
	contentLength: 'messageAttachmentContentLength',
} as const;

/**
 * Fields of `data` that are not copied as they are. `__proto__`, a plain field in JSON, would become
 * a prototype wherever it is copied.
 */
const LEFT_OUT: string[] = [
	'eventType',
	'timestamp',
	'__proto__',
	...Object.values(ATTACHMENT_FIELDS),
];

/**
 * An event as a flat item: Instaply's own names, every ID a string, times in ISO 8601, and the fields
 * of an attachment in `attachment`.
 */
export function simplifyEvent({ eventType, timestamp, data }: InstaplyEvent): IDataObject {
	const fields = Object.entries(data).filter(([name]) => !LEFT_OUT.includes(name));
	return {
		eventType,
		timestamp: isoTime(timestamp),
		...Object.fromEntries(fields.map(([name, value]) => [name, simplifyValue(name, value)])),
		...(eventType === 'message' && { attachment: attachmentOf(data) }),
	};
}

/** The fields that n8n's AI Agent node and its memory read by default. */
export function aiAgentFields(event: InstaplyEvent): IDataObject {
	return { sessionId: event.customerThreadId, chatInput: textOf(event) };
}

/** The text of a message; empty when it is only an attachment. A number is a text without quotes. */
export function textOf({ data: { messageBody } }: InstaplyEvent): string {
	return typeof messageBody === 'string' || typeof messageBody === 'number'
		? String(messageBody)
		: '';
}

function simplifyValue(name: string, value: Json): Json {
	if (typeof value !== 'number') return value;
	// One that is not exact would name something else, and stays a number.
	if (name.endsWith('Id')) return readId(value) ?? value;
	return name.endsWith('Timestamp') ? isoTime(value) : value;
}

/** A number that is no moment stays as it is. */
function isoTime(ms: number): string | number {
	const date = new Date(ms);
	return Number.isNaN(date.getTime()) ? ms : date.toISOString();
}

function attachmentOf(data: JsonObject): JsonObject | null {
	const attachment = Object.entries(ATTACHMENT_FIELDS).map(([name, field]) => [
		name,
		data[field] ?? null,
	]);
	return attachment.every(([, value]) => value === null) ? null : Object.fromEntries(attachment);
}
