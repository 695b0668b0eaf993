import type { SendMessageBody, StartThreadBody } from './api-requests';
import type { WebhookEvent } from './api-types';
import type { Deliveries, DeliveryRecord, Target } from './deliveries';
import type { Draft, Message, Thread, Transfer } from './model';
import { legacyPayload, messagePayload, transferPayload } from './payloads';
import type { State } from './state';

/** A change in a conversation, and its deliveries, which are made in the background. */
export interface Happening<T> {
	what: T;
	/** Resolves once all were attempted; never rejects. */
	deliveries: Promise<DeliveryRecord[]>;
}

/** What is delivered. */
type Content = Pick<DeliveryRecord, 'payload' | 'writer'>;

/** Observes the conversations. */
export interface ConversationObserver {
	onMessage?: (message: Message, thread: Thread) => void;
	onTransfer?: (transfer: Transfer, thread: Thread) => void;
}

/** Changes conversations and notifies the webhooks. Methods throw `Refusal`. */
export class Instaply {
	/** @param legacyUrls URLs that get every message in the legacy format; may change */
	constructor(
		private readonly state: State,
		private readonly deliveries: Deliveries,
		private readonly legacyUrls: string[],
		private readonly observer: ConversationObserver,
	) {}

	send(request: SendMessageBody): Happening<Message> {
		return this.tellMessage(this.state.send(request));
	}

	customerWrites(threadId: string, draft: Draft): Happening<Message> {
		return this.tellMessage(this.state.customerWrites(threadId, draft));
	}

	employeeWrites(threadId: string, draft: Draft, internal: boolean): Happening<Message> {
		return this.tellMessage(this.state.employeeWrites(threadId, draft, internal));
	}

	startThread(request: StartThreadBody): Happening<Message> {
		return this.tellMessage(this.state.startThread(request));
	}

	transfer(threadId: string, businessId: string, employeeUserId?: number): Happening<Transfer> {
		const transfer = this.state.transfer(threadId, businessId, employeeUserId);
		const thread = this.state.thread(threadId);
		this.observer.onTransfer?.(transfer, thread);
		const payload = transferPayload(transfer, thread, this.state.organizationId);
		return { what: transfer, deliveries: this.tell('transfers', { payload, writer: null }) };
	}

	private tellMessage(message: Message): Happening<Message> {
		const thread = this.state.thread(String(message.threadId));
		this.observer.onMessage?.(message, thread);
		const party = {
			organizationId: this.state.organizationId,
			customerType: this.state.profile(thread.customerId).type,
		};
		const writer = message.from;
		const payload = messagePayload(message, thread, party);
		const legacy = legacyPayload(message, thread, party);
		return {
			what: message,
			deliveries: this.tell('messages', { payload, writer }, { payload: legacy, writer }),
		};
	}

	private tell(event: WebhookEvent, content: Content, legacy?: Content): Promise<DeliveryRecord[]> {
		const targets = this.state
			.listWebhooks()
			.filter(({ enabled, subscribedEvents }) => enabled && subscribedEvents.includes(event))
			.map(({ id, url, extraHeaders }): Target => ({ webhookId: id, url, extraHeaders }));
		const deliveries = targets.map((target) => this.deliveries.deliver(target, content));
		if (legacy) {
			for (const url of this.legacyUrls) {
				const target = { webhookId: null, url, extraHeaders: [] };
				deliveries.push(this.deliveries.deliver(target, legacy));
			}
		}
		return Promise.all(deliveries);
	}
}
