/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError } from 'axios';

import type { ExtraHeader } from './api-requests';
import type { Delivery, LegacyDelivery } from './api-types';
import { BoundedLog } from './bounded-log';
import type { Ids } from './ids';
import type { Message } from './model';
import { receiverAt, type Receiver } from './receiver';
import { Refusal } from './refusal';

/** Where a delivery goes. */
export interface Target {
	/** Null for a legacy webhook. */
	webhookId: number | null;
	url: string;
	extraHeaders: ExtraHeader[];
}

/** A delivery and its result. Extra headers are left out: they hold secrets. */
export interface DeliveryRecord {
	/** Counts up from the first delivery. */
	id: number;
	webhookId: number | null;
	url: string;
	receiver: Receiver;
	payload: Delivery | LegacyDelivery;
	/** Who wrote the message; null for a transfer. */
	writer: Message['from'] | null;
	/** The number of attempts; 0 while it waits for its turn. */
	attempts: number;
	/** The status of the last response; null without one. */
	status: number | null;
	/** The beginning of the body of that response; null without one. */
	answer: string | null;
	/** Why there was no response: an error code such as `ECONNREFUSED`, or `timeout`, `closed`. */
	failure: string | null;
	/** Assumed: a response of 2xx means delivered. */
	delivered: boolean;
	/** Milliseconds since 1970; null while it waits or is under way. */
	endedAt: number | null;
}

/** Which deliveries to return: those that match every given field. */
export interface DeliveryFilter {
	webhookId?: number | null;
	url?: string;
	delivered?: boolean;
	where?: (record: DeliveryRecord) => boolean;
}

/** How deliveries are made. */
export interface DeliverySettings {
	timeoutMs: number;
	/** Further attempts, without a pause, after a failed one. */
	retries: number;
	/** How many records to keep. */
	limit: number;
	/** Called after every change of a record. */
	changed: () => void;
	/** Called with every delivery once it is over. */
	onDelivery?: (record: DeliveryRecord) => void;
}

/** How much of a response is kept, in characters. */
const RESPONSE_LENGTH = 1000;

/** POSTs payloads to webhooks: in order for one URL, independently for different ones. */
export class Deliveries {
	private readonly log: BoundedLog<DeliveryRecord>;
	private readonly targets = new WeakMap<DeliveryRecord, Target>();
	private readonly queues = new Map<string, Promise<DeliveryRecord>>();
	// One connection per delivery: reusing one that the receiver is just closing loses a delivery.
	private readonly httpAgent = new HttpAgent({ keepAlive: false });
	private readonly httpsAgent = new HttpsAgent({ keepAlive: false });
	private closed = false;

	/** @param nextIds counted up with each that is given */
	constructor(
		private readonly settings: DeliverySettings,
		private readonly nextIds: Pick<Ids, 'delivery'>,
	) {
		this.log = new BoundedLog(settings.limit);
	}

	/** Resolves once the delivery was attempted; never rejects. */
	deliver(
		target: Target,
		{ payload, writer }: Pick<DeliveryRecord, 'payload' | 'writer'>,
	): Promise<DeliveryRecord> {
		const record: DeliveryRecord = {
			id: this.nextIds.delivery++,
			webhookId: target.webhookId,
			url: target.url,
			receiver: receiverAt(target.url),
			payload,
			writer,
			attempts: 0,
			status: null,
			answer: null,
			failure: null,
			delivered: false,
			endedAt: null,
		};
		this.log.add(record);
		this.settings.changed();
		this.targets.set(record, target);
		return this.enqueue(target, record);
	}

	/** Delivers the same payload to the same URL again, with the same headers, as a new record. */
	redeliver(id: number): Promise<DeliveryRecord> {
		const record = this.log.list().find((one) => one.id === id);
		const target = record && this.targets.get(record);
		if (!target) throw new Refusal(404, `There is no delivery ${id}`);
		return this.deliver(target, record);
	}

	list(filter: DeliveryFilter = {}): DeliveryRecord[] {
		const { webhookId, url, delivered, where } = filter;
		return this.log
			.list()
			.filter(
				(record) =>
					(webhookId === undefined || record.webhookId === webhookId) &&
					(url === undefined || record.url === url) &&
					(delivered === undefined || record.delivered === delivered) &&
					(where === undefined || where(record)),
			);
	}

	/** Resolves when no delivery is waiting or under way. */
	async settled(): Promise<void> {
		while (this.queues.size > 0) await Promise.all(this.queues.values());
	}

	clear(): void {
		this.log.clear();
		this.settings.changed();
	}

	/** Cancels the deliveries that wait or are under way. */
	async close(): Promise<void> {
		this.closed = true;
		this.httpAgent.destroy();
		this.httpsAgent.destroy();
		await this.settled();
	}

	private enqueue(target: Target, record: DeliveryRecord): Promise<DeliveryRecord> {
		const before = this.queues.get(target.url) ?? Promise.resolve();
		const turn = before.then(async () => {
			await this.attempt(target, record);
			record.endedAt = Date.now();
			this.settings.changed();
			if (this.queues.get(target.url) === turn) this.queues.delete(target.url);
			this.settings.onDelivery?.(record);
			return record;
		});
		this.queues.set(target.url, turn);
		return turn;
	}

	private async attempt(target: Target, record: DeliveryRecord): Promise<void> {
		while (!record.delivered && record.attempts <= this.settings.retries) {
			record.attempts += 1;
			const result = this.closed ? { failure: 'closed' } : await this.post(target, record.payload);
			record.status = result.status ?? null;
			record.answer = result.body ?? null;
			record.failure = result.failure ?? null;
			record.delivered = record.status !== null && record.status >= 200 && record.status < 300;
		}
	}

	private async post(
		{ url, extraHeaders }: Target,
		payload: Delivery | LegacyDelivery,
	): Promise<{ status?: number; body?: string; failure?: string }> {
		const signal = AbortSignal.timeout(this.settings.timeoutMs);
		try {
			const { status, data } = await axios.post<string>(url, JSON.stringify(payload), {
				headers: {
					'User-Agent': 'instaply-sandbox',
					...valuesByName(extraHeaders),
					'Content-Type': 'application/json',
				},
				httpAgent: this.httpAgent,
				httpsAgent: this.httpsAgent,
				maxRedirects: 0,
				proxy: false,
				responseType: 'text',
				signal,
				transformRequest: [(data: string) => data],
				validateStatus: () => true,
			});
			return { status, body: data.slice(0, RESPONSE_LENGTH) };
		} catch (error) {
			if (signal.aborted) return { failure: 'timeout' };
			if (this.closed) return { failure: 'closed' };
			return { failure: (isAxiosError(error) && error.code) || String(error) };
		}
	}
}

/** Headers of the same name are sent one after the other. */
function valuesByName(headers: ExtraHeader[]): Record<string, string[]> {
	const values: Record<string, string[]> = {};
	for (const { name, value } of headers) (values[name] ??= []).push(value);
	return values;
}
