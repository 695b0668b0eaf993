import type { Json } from '../common/json';

/**
 * The shapes of Instaply's API, as far as the nodes rely on them. Where its document leaves a choice
 * open, "assumed" marks what is taken for granted.
 *
 * IDs are sent as strings. Instaply returns and delivers them as strings or as numbers, such as a
 * thread ID, which is a number in a message event and a string in a transfer event: `readId`.
 */

export const THREAD_STATUSES = ['waiting', 'replied', 'resolved'] as const;
/** "Update Thread Status": the closed list of statuses. */
type ThreadStatus = (typeof THREAD_STATUSES)[number];

export const WEBHOOK_EVENTS = ['messages', 'transfers'] as const;
/** "Supported Events": what a webhook can subscribe to. Deliveries name them in the singular. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * Body of `POST /api/send-message-to-customer-thread` ("Send Message").
 * Exactly one of `text` and `contentSid`; its response is documented nowhere.
 */
export type SendMessageRequest = {
	customerThreadId: string;
	/** `true` shows the message to employees only. Assumed to be allowed with `text` alone. */
	internal?: boolean;
} & ({ text: string; contentSid?: never } | { contentSid: string; text?: never });

/** Body of `POST /api/update-thread-status`; its response is documented nowhere. */
export interface UpdateThreadStatusRequest {
	customerThreadId: string;
	status: ThreadStatus;
}

/**
 * Response to `GET /api/get-customer-thread-details?customerThreadId=`, with what is documented of each
 * field. Passed on as it came: what Instaply adds later must not keep messages from going out.
 */
export interface ThreadDetails {
	/** Text: upper case here (`WHATSAPP`), lower case in message events (`webchat`); the list is open. */
	customerChannel: Json;
	/** A `ThreadStatus`. */
	status: Json;
	/** A boolean; `false`: only templates may be sent. */
	isMessagingWindowOpen: Json;
}

/** A pre-approved WhatsApp template. Only its ID is certain, the others are documented as text. */
export interface Template {
	title: Json;
	text: Json;
	contentSid: string;
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
