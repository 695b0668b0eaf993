import type { Delivery, LegacyDelivery } from './api-types';
import type { Message, Thread, Transfer } from './model';

/** What a payload says about the customer and the organization. */
export interface Party {
	organizationId: number;
	customerType: string;
}

function common(message: Message, thread: Thread, customerType: string) {
	return {
		fromCustomer: message.from === 'customer',
		invisible: message.invisible,
		customerThreadId: thread.id,
		businessId: thread.businessId,
		customerId: thread.customerId,
		customerType,
		messageId: message.id,
		messageBody: message.body,
		messageTimestamp: message.timestamp,
		messageAttachmentUUID: message.attachment?.uuid ?? null,
		messageAttachmentContentType: message.attachment?.contentType ?? null,
		messageAttachmentName: message.attachment?.name ?? null,
		messageAttachmentContentLength: message.attachment?.contentLength ?? null,
	};
}

/** "Message Event Payload". The thread id is a number and the channel lower case, as documented. */
export function messagePayload(message: Message, thread: Thread, party: Party): Delivery {
	return {
		eventType: 'message',
		timestamp: message.timestamp,
		data: {
			...common(message, thread, party.customerType),
			organizationId: party.organizationId,
			channel: thread.channel.toLowerCase(),
		},
	};
}

/** "Legacy Webhook Payload". */
export function legacyPayload(message: Message, thread: Thread, party: Party): LegacyDelivery {
	return {
		...common(message, thread, party.customerType),
		employeeUserId: message.employeeUserId,
		messageExternalId: null,
	};
}

/** "Transfer Event Payload". The thread id is a string and the channel upper case, as documented. */
export function transferPayload(
	transfer: Transfer,
	thread: Thread,
	organizationId: number,
): Delivery {
	return {
		eventType: 'transfer',
		timestamp: transfer.timestamp,
		data: {
			customerThreadId: String(thread.id),
			organizationId,
			previousBusinessId: transfer.previousBusinessId,
			newBusinessId: transfer.newBusinessId,
			newBusinessName: transfer.newBusinessName,
			employeeUserId: transfer.employeeUserId,
			businessParticipationId: transfer.businessParticipationId,
			customerChannel: thread.channel,
		},
	};
}
