import type { CreateWebhookBody } from './api-requests';
import type { CustomerProfile, Template, ThreadStatus, WebhookEvent } from './api-types';
import type { Receiver } from './receiver';

/** The channels of the sandbox. Instaply's own list is open. */
export const CHANNELS = ['WEBCHAT', 'SMS', 'WHATSAPP', 'EMAIL'] as const;
export type Channel = (typeof CHANNELS)[number];

/** A store or team of an organization. Only those of `Seed.organizationId` may be used. */
export interface Business {
	id: number;
	name: string;
	organizationId: number;
}

/** A file that a message carries. */
export interface Attachment {
	uuid: string;
	contentType: string;
	name: string;
	/** Bytes. */
	contentLength: number;
}

/** A message of a conversation. */
export interface Message {
	id: number;
	threadId: number;
	from: 'customer' | 'employee' | 'api';
	/** True for an internal note, which the customer does not see. */
	invisible: boolean;
	/** Null when the message is only an attachment. */
	body: string | null;
	/** The template it was made from. */
	contentSid: string | null;
	attachment: Attachment | null;
	/** Null for customers. */
	employeeUserId: number | null;
	/** Milliseconds since 1970. */
	timestamp: number;
}

/** A conversation with one customer. */
export interface Thread {
	id: number;
	customerId: string;
	businessId: number;
	channel: Channel;
	status: ThreadStatus;
	windowOpen: boolean;
	/** The user who may see it; the token is tied to `Seed.userId`. */
	userId: number;
	templates: Template[];
	messages: Message[];
}

/** A conversation's move from one business to another. */
export interface Transfer {
	threadId: number;
	previousBusinessId: number;
	newBusinessId: number;
	newBusinessName: string;
	employeeUserId: number;
	businessParticipationId: number;
	/** Milliseconds since 1970. */
	timestamp: number;
}

/** What a customer or an employee writes outside the API: text, an attachment, or both. */
export interface Draft {
	text?: string;
	/** Its uuid is random unless given. */
	attachment?: Omit<Attachment, 'uuid'> & Partial<Attachment>;
}

/** The data that a sandbox starts with. */
export interface Seed {
	organizationId: number;
	/** The user to whom the token is tied. */
	userId: number;
	businesses: Business[];
	profiles: CustomerProfile[];
	/** The templates of WhatsApp threads. */
	templates: Template[];
	threads: Thread[];
}

/**
 * A thread to add. By default, it is on the web chat and belongs to the first customer. A WhatsApp
 * thread gets the templates of the seed.
 */
export type NewThread = Partial<Omit<Thread, 'id' | 'messages'>>;

/** What a list of threads shows of each. */
export interface ThreadSummary extends Omit<Thread, 'messages' | 'templates'> {
	customerName: string;
	businessName: string;
	lastMessage: Message | null;
	/** Their number. */
	messages: number;
	/** Their number. */
	templates: number;
	/** False for another user's thread, where the API refuses everything with 403. */
	available: boolean;
}

/** Where deliveries go, without the extra headers: they hold secrets. */
export interface Listener {
	/** Null for a legacy webhook. */
	webhookId: number | null;
	url: string;
	enabled: boolean;
	subscribedEvents: WebhookEvent[];
	receiver: Receiver;
}

/** A webhook as the sandbox keeps it. */
export interface StoredWebhook extends Required<CreateWebhookBody> {
	id: number;
}
