import { readId } from '../common/id';
import { isJsonObject, type JsonObject } from '../common/json';

/**
 * The content of a delivery. Only what decides whose message it is, and who wrote it when, is
 * demanded: any other field may be missing or be something else. `data` keeps all fields as Instaply
 * sent them, including undocumented ones.
 */
export type InstaplyEvent = MessageEvent | TransferEvent;

export interface MessageEvent extends Common {
	eventType: 'message';
	fromCustomer: boolean;
	/** An internal note, seen by employees only. */
	invisible: boolean;
	messageId: string;
	/**
	 * Milliseconds since 1970. Assumed: the time of the message is when it was written, even if it is
	 * delivered late or again, which the time of the event may not be.
	 */
	writtenAt: number;
}

interface TransferEvent extends Common {
	eventType: 'transfer';
}

interface Common {
	/** Milliseconds since 1970. */
	timestamp: number;
	customerThreadId: string;
	/** As far as they are known. A transfer has two: where the conversation was, and where it is. */
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
	if (!isJsonObject(data)) return 'malformed';
	return eventType === 'message' ? readMessage(data, timestamp) : readTransfer(data, timestamp);
}

/** Reads "Legacy Webhook Payload": flat, and messages only. */
export function parseLegacyDelivery(body: unknown): InstaplyEvent | NoEvent {
	return isJsonObject(body) ? readMessage(body, undefined) : 'malformed';
}

/** @param eventTime as it came; undefined in a legacy delivery */
function readMessage(data: JsonObject, eventTime: unknown): MessageEvent | NoEvent {
	const { fromCustomer, channel } = data;
	const invisible = data.invisible ?? false;
	const customerThreadId = readId(data.customerThreadId);
	const messageId = readId(data.messageId);
	const [timestamp] = [eventTime, data.messageTimestamp].filter(isTime);
	if (
		typeof fromCustomer !== 'boolean' ||
		typeof invisible !== 'boolean' ||
		customerThreadId === undefined ||
		messageId === undefined ||
		timestamp === undefined
	) {
		return 'malformed';
	}
	return {
		eventType: 'message',
		timestamp,
		writtenAt: isTime(data.messageTimestamp) ? data.messageTimestamp : timestamp,
		fromCustomer,
		invisible,
		messageId,
		customerThreadId,
		businessIds: readableIds([data.businessId]),
		...(typeof channel === 'string' && { channel }),
		data,
	};
}

function readTransfer(data: JsonObject, timestamp: unknown): TransferEvent | NoEvent {
	const { customerChannel, previousBusinessId, newBusinessId } = data;
	const customerThreadId = readId(data.customerThreadId);
	if (customerThreadId === undefined || !isTime(timestamp)) return 'malformed';
	return {
		eventType: 'transfer',
		timestamp,
		customerThreadId,
		businessIds: readableIds([previousBusinessId, newBusinessId]),
		...(typeof customerChannel === 'string' && { channel: customerChannel }),
		data,
	};
}

function readableIds(values: unknown[]): string[] {
	return values.map(readId).filter((id) => id !== undefined);
}

/** A moment that a date can express. */
function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(new Date(value).getTime());
}
