import { readId } from '../common/id';
import { isJsonObject, type JsonObject } from '../common/json';

/**
 * The content of a delivery, checked as far as workflows rely on it. `data` keeps all fields as
 * Instaply sent them, including undocumented ones.
 */
export type InstaplyEvent = MessageEvent | TransferEvent;

export interface MessageEvent extends Common {
	eventType: 'message';
	fromCustomer: boolean;
	/** An internal note, seen by employees only. */
	invisible: boolean;
	messageId: string;
}

interface TransferEvent extends Common {
	eventType: 'transfer';
}

interface Common {
	/** Milliseconds since 1970. */
	timestamp: number;
	customerThreadId: string;
	/** A transfer has two: where the conversation was, and where it is now. */
	businessIds: string[];
	/** Unknown in a legacy delivery. */
	channel?: string;
	data: JsonObject;
}

/** Why a delivery is no event: of a kind that Instaply may add later, or malformed. */
export type NoEvent = 'unknown event' | 'malformed';

/** Reads "Message Event Payload" and "Transfer Event Payload". */
export function parseDelivery(body: unknown): InstaplyEvent | NoEvent {
	if (!isJsonObject(body)) return 'malformed';
	const { eventType, timestamp, data } = body;
	if (typeof eventType !== 'string') return 'malformed';
	if (eventType !== 'message' && eventType !== 'transfer') return 'unknown event';
	if (!isJsonObject(data) || !isTime(timestamp)) return 'malformed';
	return eventType === 'message' ? readMessage(data, timestamp) : readTransfer(data, timestamp);
}

/** Reads "Legacy Webhook Payload": flat, and messages only. */
export function parseLegacyDelivery(body: unknown): InstaplyEvent | NoEvent {
	if (!isJsonObject(body) || !isTime(body.messageTimestamp)) return 'malformed';
	return readMessage(body, body.messageTimestamp);
}

function readMessage(data: JsonObject, timestamp: number): MessageEvent | NoEvent {
	const { fromCustomer, invisible = false, channel } = data;
	const customerThreadId = readId(data.customerThreadId);
	const messageId = readId(data.messageId);
	const businessId = readId(data.businessId);
	if (
		!hasReadableIds(data) ||
		typeof fromCustomer !== 'boolean' ||
		typeof invisible !== 'boolean' ||
		customerThreadId === undefined ||
		messageId === undefined ||
		businessId === undefined
	) {
		return 'malformed';
	}
	return {
		eventType: 'message',
		timestamp,
		fromCustomer,
		invisible,
		messageId,
		customerThreadId,
		businessIds: [businessId],
		...(typeof channel === 'string' && { channel }),
		data,
	};
}

function readTransfer(data: JsonObject, timestamp: number): TransferEvent | NoEvent {
	const { customerChannel } = data;
	const customerThreadId = readId(data.customerThreadId);
	const newBusinessId = readId(data.newBusinessId);
	const previousBusinessId = readId(data.previousBusinessId);
	if (!hasReadableIds(data) || customerThreadId === undefined || newBusinessId === undefined) {
		return 'malformed';
	}
	return {
		eventType: 'transfer',
		timestamp,
		customerThreadId,
		businessIds: [previousBusinessId, newBusinessId].filter((id) => id !== undefined),
		...(typeof customerChannel === 'string' && { channel: customerChannel }),
		data,
	};
}

/** IDs that may be missing, but have to be readable when they are there. */
const OPTIONAL_IDS = [
	'customerId',
	'organizationId',
	'employeeUserId',
	'previousBusinessId',
	'businessParticipationId',
] as const;

function hasReadableIds(data: JsonObject): boolean {
	return OPTIONAL_IDS.every((name) => {
		const id = data[name] ?? null;
		return id === null || readId(id) !== undefined;
	});
}

/** A moment that a date can express. */
function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(new Date(value).getTime());
}
