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

/** What people look for. It comes first: n8n's table shows the fields of an item in their order. */
const FIRST: string[] = [
	'customerThreadId',
	'messageBody',
	'customerId',
	'channel',
	// In a transfer.
	'customerChannel',
];

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
 * of an attachment in `attachment`. Behind those that come first, the order is Instaply's.
 */
export function simplifyEvent({ eventType, timestamp, data }: InstaplyEvent): IDataObject {
	const fields = Object.fromEntries(
		Object.entries(data)
			.filter(([name]) => !LEFT_OUT.includes(name))
			.map(([name, value]) => [name, simplifyValue(name, value)]),
	);
	const first = FIRST.filter((name) => Object.hasOwn(fields, name));
	return {
		...Object.fromEntries(first.map((name) => [name, fields[name]])),
		eventType,
		timestamp: isoTime(timestamp),
		...fields,
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
