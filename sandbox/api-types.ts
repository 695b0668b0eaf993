/**
 * What Instaply's API returns and delivers, section by section of its document. What it accepts is
 * in `api-requests.ts`. Ids are numbers in some payloads and strings in others, as documented.
 */

/** "Update Thread Status". */
export const THREAD_STATUSES = ['waiting', 'replied', 'resolved'] as const;
export type ThreadStatus = (typeof THREAD_STATUSES)[number];

/** "Supported Events". */
export const WEBHOOK_EVENTS = ['messages', 'transfers'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** "Get Customer Thread Details". */
export interface ThreadDetails {
	customerChannel: string;
	status: ThreadStatus;
	isMessagingWindowOpen: boolean;
}

/** One template of "Get WhatsApp Templates". */
export interface Template {
	title: string;
	text: string;
	contentSid: string;
}

/** "Get WhatsApp Templates". */
export interface TemplateList {
	templates: Template[];
}

/** One survey of "Get customer profile". The unit of `createdAt` is documented nowhere. */
interface SurveyAnswer {
	createdAt: number;
	text: string;
}

/** "Get customer profile". Assumed: what is not known is null. */
export interface CustomerProfile {
	id: string;
	type: string;
	editable: boolean;
	pictureHref: string | null;
	displayName: string | null;
	emailAddress: string | null;
	phoneNumber: string | null;
	firstName: string | null;
	lastName: string | null;
	company: string | null;
	channel: string | null;
	customerData: Array<{ name: string; value: string }>;
	lastSurveys: {
		nps: SurveyAnswer | null;
		preferredChannel: SurveyAnswer | null;
	};
}

/** The `data` of "Message Event Payload". */
interface MessageData {
	fromCustomer: boolean;
	invisible: boolean;
	customerThreadId: number;
	businessId: number;
	organizationId: number;
	customerId: string;
	customerType: string;
	messageId: number;
	/** Assumed: null when the message is only an attachment. */
	messageBody: string | null;
	/** Milliseconds since 1970. */
	messageTimestamp: number;
	messageAttachmentUUID: string | null;
	messageAttachmentContentType: string | null;
	messageAttachmentName: string | null;
	messageAttachmentContentLength: number | null;
	channel: string;
}

/** The `data` of "Transfer Event Payload". */
interface TransferData {
	customerThreadId: string;
	organizationId: number;
	previousBusinessId: number;
	newBusinessId: number;
	newBusinessName: string;
	employeeUserId: number;
	businessParticipationId: number;
	customerChannel: string;
}

/** "Message Event Payload" and "Transfer Event Payload". `timestamp` is in milliseconds. */
export type Delivery =
	| { eventType: 'message'; timestamp: number; data: MessageData }
	| { eventType: 'transfer'; timestamp: number; data: TransferData };

/** "Legacy Webhook Payload": flat, and messages only. */
export interface LegacyDelivery extends Omit<MessageData, 'organizationId' | 'channel'> {
	/** Assumed: null when the customer wrote. */
	employeeUserId: number | null;
	messageExternalId: string | null;
}
