/**
 * The shapes of Instaply's HTTP API, as its API document gives them.
 *
 * What the document leaves open is marked "assumed": the code tolerates the alternatives.
 * Ids are numbers in some payloads and strings in others (a thread id is a number in a message
 * event, a string in a transfer event), so everything sent to Instaply is a string and everything
 * read from it is an `Id`.
 */

/** An id as Instaply delivers it. */
export type Id = string | number;

export const THREAD_STATUSES = ['waiting', 'replied', 'resolved'] as const;
/** "Update Thread Status": the closed list of statuses. */
export type ThreadStatus = (typeof THREAD_STATUSES)[number];

export const WEBHOOK_EVENTS = ['messages', 'transfers'] as const;
/** "Supported Events": what a webhook can subscribe to. Deliveries name them in the singular. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * Body of `POST /api/send-message-to-customer-thread` ("Send Message").
 * Exactly one of `text` and `contentSid`; its answer is documented nowhere.
 */
export type SendMessageRequest = {
	customerThreadId: string;
	/** `true` shows the message to employees only. Assumed to be allowed with `text` alone. */
	internal?: boolean;
} & ({ text: string; contentSid?: never } | { contentSid: string; text?: never });

/** Body of `POST /api/update-thread-status`; its answer is documented nowhere. */
export interface UpdateThreadStatusRequest {
	customerThreadId: string;
	status: ThreadStatus;
}

/** Answer of `GET /api/get-customer-thread-details?customerThreadId=`. */
export interface ThreadDetails {
	/** Upper case here (`WHATSAPP`), lower case in message events (`webchat`); the list is open. */
	customerChannel: string;
	status: ThreadStatus;
	/** `false`: only templates may be sent. */
	isMessagingWindowOpen: boolean;
}

/** A pre-approved WhatsApp template. */
export interface Template {
	title: string;
	text: string;
	contentSid: string;
}

/** Answer of `GET /api/get-whatsapp-templates?customerThreadId=`. */
export interface TemplateList {
	templates: Template[];
}

/** One answer of a customer survey. The unit of `createdAt` is documented nowhere. */
export interface SurveyAnswer {
	createdAt: number;
	text: string;
}

/** Answer of `GET /api/customers/:customerId/profile`. */
export interface CustomerProfile {
	id: Id;
	type: string;
	editable: boolean;
	pictureHref: string | null;
	displayName: string | null;
	emailAddress: string | null;
	phoneNumber: string | null;
	firstName: string | null;
	lastName: string | null;
	company?: string | null;
	channel: string | null;
	customerData: Array<{ name: string; value: string }>;
	lastSurveys: {
		nps: SurveyAnswer | null;
		preferredChannel: SurveyAnswer | null;
	};
}

/** Body of `POST /api/customers/:customerId/profile/update`: only what is given changes. */
export interface UpdateProfileRequest {
	firstName?: string;
	lastName?: string;
	company?: string;
}

/**
 * Who a conversation is started for: at least one of `email` and `phoneNumber`, the latter in E.164,
 * such as `+15551234567`.
 */
export type StartThreadUser = { locale?: string } & (
	{ email: string; phoneNumber?: string } | { email?: undefined; phoneNumber: string }
);

/** Body of `POST /api/widget/send-message-to-business`, which posts as the customer. */
export interface StartThreadRequest {
	businessId: string;
	message: string;
	user: StartThreadUser;
}

/** A header that Instaply adds to every delivery of a webhook. */
export interface ExtraHeader {
	name: string;
	value: string;
}

/** Body of `POST /api/webhooks/` ("Create Webhook"). */
export interface CreateWebhookRequest {
	url: string;
	/** Instaply's default is `true`. */
	enabled?: boolean;
	subscribedEvents: WebhookEvent[];
	extraHeaders?: ExtraHeader[];
}

/** Body of `POST /api/webhooks/:webHookId/update`: only what is given changes. */
export type UpdateWebhookRequest = Partial<CreateWebhookRequest>;

/** The `data` of a message delivery ("Message Event Payload"). */
export interface MessageData {
	fromCustomer: boolean;
	/** `true`: an internal note, seen by employees only. */
	invisible: boolean;
	customerThreadId: Id;
	businessId: Id;
	organizationId: Id;
	customerId: Id;
	customerType: string;
	messageId: Id;
	/** Assumed to be null or empty when the message is only an attachment. */
	messageBody: string | null;
	/** Milliseconds since 1970. */
	messageTimestamp: number;
	messageAttachmentUUID: string | null;
	messageAttachmentContentType: string | null;
	messageAttachmentName: string | null;
	messageAttachmentContentLength: number | null;
	channel: string;
}

/** The `data` of a transfer delivery ("Transfer Event Payload"). */
export interface TransferData {
	customerThreadId: Id;
	organizationId: Id;
	previousBusinessId: Id;
	newBusinessId: Id;
	newBusinessName: string;
	employeeUserId: Id;
	businessParticipationId: Id;
	customerChannel: string;
}

/** What Instaply POSTs to a webhook. `timestamp` is in milliseconds since 1970. */
export type Delivery =
	| { eventType: 'message'; timestamp: number; data: MessageData }
	| { eventType: 'transfer'; timestamp: number; data: TransferData };

/** What Instaply POSTs to a legacy webhook: flat, and messages only ("Legacy Webhook Payload"). */
export interface LegacyDelivery extends Omit<MessageData, 'organizationId' | 'channel'> {
	employeeUserId: Id | null;
	messageExternalId: string | null;
}
