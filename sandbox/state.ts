import { randomUUID } from 'node:crypto';

import type {
	CreateWebhookBody,
	SendMessageBody,
	StartThreadBody,
	UpdateProfileBody,
	UpdateWebhookBody,
} from './api-requests';
import type { CustomerProfile, Template, ThreadStatus } from './api-types';
import type { Ids } from './ids';
import type {
	Business,
	Draft,
	Message,
	NewThread,
	Seed,
	StoredWebhook,
	Thread,
	Transfer,
} from './model';
import { Refusal } from './refusal';

/** Everything that Instaply stores, and the changes it allows. Methods throw `Refusal`. */
export class State {
	readonly organizationId: number;
	readonly userId: number;
	private readonly businesses = new Map<string, Business>();
	private readonly profiles = new Map<string, CustomerProfile>();
	private readonly threads = new Map<string, Thread>();
	private readonly webhooks = new Map<string, StoredWebhook>();
	private readonly templates: Template[];
	private readonly startedThreads = new Map<string, Thread>();

	/**
	 * @param nextIds counted up with each that is given
	 * @param changed called after every change
	 * @param now what time it is at Instaply, in milliseconds since 1970
	 */
	constructor(
		seed: Seed,
		private readonly nextIds: Ids,
		private readonly changed: () => void,
		private readonly now: () => number = Date.now,
	) {
		this.organizationId = seed.organizationId;
		this.userId = seed.userId;
		this.templates = seed.templates;
		for (const business of seed.businesses) this.businesses.set(String(business.id), business);
		for (const profile of seed.profiles) this.profiles.set(String(profile.id), profile);
		for (const thread of seed.threads) this.threads.set(String(thread.id), thread);
	}

	/** Any thread; 404 when there is none. */
	thread(id: string): Thread {
		return found(this.threads.get(id), `There is no thread ${id}`);
	}

	hasThread(id: string): boolean {
		return this.threads.has(id);
	}

	/** A thread available to the token's user; 403 when it is another user's. */
	ownThread(id: string): Thread {
		const thread = this.thread(id);
		if (!this.isAvailable(thread)) {
			throw new Refusal(403, `Thread ${id} is not available to this user`);
		}
		return thread;
	}

	/** Whether the token's user can see it. */
	isAvailable({ userId }: Pick<Thread, 'userId'>): boolean {
		return userId === this.userId;
	}

	listThreads(): Thread[] {
		return [...this.threads.values()];
	}

	addThread(given: NewThread): Thread {
		const thread: Thread = {
			id: this.nextIds.thread++,
			customerId: first(this.profiles),
			businessId: Number(first(this.businesses)),
			channel: 'WEBCHAT',
			status: 'waiting',
			windowOpen: true,
			userId: this.userId,
			templates: given.channel === 'WHATSAPP' ? this.templates : [],
			...given,
			messages: [],
		};
		this.threads.set(String(thread.id), thread);
		if (!this.profiles.has(thread.customerId)) this.addProfile(thread, {});
		this.changed();
		return thread;
	}

	/** The businesses of the organization. */
	listBusinesses(): Business[] {
		return [...this.businesses.values()].filter((one) => this.isOwn(one));
	}

	listProfiles(): CustomerProfile[] {
		return [...this.profiles.values()];
	}

	profile(customerId: string): CustomerProfile {
		return found(this.profiles.get(customerId), `There is no customer ${customerId}`);
	}

	/** Changes what is given. Assumed: 403 when the profile is not editable. */
	updateProfile(customerId: string, changes: UpdateProfileBody): void {
		const profile = this.profile(customerId);
		if (!profile.editable) throw new Refusal(403, `Customer ${customerId} cannot be edited`);
		Object.assign(profile, changes);
		const name = [profile.firstName, profile.lastName].filter(Boolean).join(' ');
		if (name) profile.displayName = name;
		this.changed();
	}

	/** "Send Message". Assumed: a closed window, and a template as a note, are a 400. */
	send({ customerThreadId, text, contentSid, internal }: SendMessageBody): Message {
		const thread = this.ownThread(customerThreadId);
		const from = { from: 'api', employeeUserId: this.userId } as const;
		if (contentSid === undefined) {
			return this.write(thread, { ...from, body: text ?? null, invisible: internal ?? false });
		}
		if (internal) throw new Refusal(400, 'A template cannot be sent as an internal message');
		const template = thread.templates.find((one) => one.contentSid === contentSid);
		if (!template) {
			throw new Refusal(400, `Thread ${customerThreadId} has no template ${contentSid}`);
		}
		return this.write(thread, { ...from, body: template.text, contentSid });
	}

	/** Makes the thread `waiting` and opens the window of a WhatsApp thread. */
	customerWrites(threadId: string, { text, attachment }: Draft): Message {
		const thread = this.thread(threadId);
		const message = this.write(thread, { from: 'customer', body: text ?? null }, attachment);
		thread.status = 'waiting';
		if (thread.channel === 'WHATSAPP') thread.windowOpen = true;
		return message;
	}

	/** An employee writes in Instaply's own interface, under the same rules as the API. */
	employeeWrites(threadId: string, { text, attachment }: Draft, internal: boolean): Message {
		const from = { from: 'employee', employeeUserId: this.userId } as const;
		return this.write(
			this.thread(threadId),
			{ ...from, body: text ?? null, invisible: internal },
			attachment,
		);
	}

	/** "Update Thread Status". */
	updateStatus(threadId: string, status: ThreadStatus): void {
		this.ownThread(threadId).status = status;
		this.changed();
	}

	setWindow(threadId: string, open: boolean): void {
		this.thread(threadId).windowOpen = open;
		this.changed();
	}

	/** @param employeeUserId who transfers; the token's user unless given */
	transfer(threadId: string, businessId: string, employeeUserId = this.userId): Transfer {
		const thread = this.thread(threadId);
		const business = found(this.ownBusiness(businessId), `There is no business ${businessId}`);
		const previousBusinessId = thread.businessId;
		thread.businessId = business.id;
		this.changed();
		return {
			threadId: thread.id,
			previousBusinessId,
			newBusinessId: business.id,
			newBusinessName: business.name,
			employeeUserId,
			businessParticipationId: this.nextIds.participation++,
			timestamp: this.now(),
		};
	}

	/**
	 * Posts the first message as the customer. Assumed: the same user and business get the same
	 * thread again, and a new thread is on the web chat.
	 */
	startThread({ businessId, message, user }: StartThreadBody): Message {
		const business = this.ownBusiness(businessId);
		if (!business) throw new Refusal(403, 'Business does not belong to this organization');
		const key = JSON.stringify([business.id, user.email, user.phoneNumber]);
		const thread = this.startedThreads.get(key) ?? this.openThread(business, user);
		this.startedThreads.set(key, thread);
		return this.customerWrites(String(thread.id), { text: message });
	}

	listWebhooks(): StoredWebhook[] {
		return [...this.webhooks.values()];
	}

	webhook(id: string): StoredWebhook {
		return found(this.webhooks.get(id), `There is no webhook ${id}`);
	}

	createWebhook(request: CreateWebhookBody): StoredWebhook {
		const id = this.nextIds.webhook++;
		const webhook: StoredWebhook = { id, enabled: true, extraHeaders: [], ...request };
		this.webhooks.set(String(id), webhook);
		this.changed();
		return webhook;
	}

	/** Changes what is given. Assumed: extraHeaders are replaced, not merged. */
	updateWebhook(id: string, changes: UpdateWebhookBody): StoredWebhook {
		const webhook = Object.assign(this.webhook(id), changes);
		this.changed();
		return webhook;
	}

	deleteWebhook(id: string): void {
		this.webhook(id);
		this.webhooks.delete(id);
		this.changed();
	}

	private write(
		thread: Thread,
		given: Pick<Message, 'from' | 'body'> & Partial<Message>,
		attachment?: Draft['attachment'],
	): Message {
		if (given.body === null && !attachment) {
			throw new Refusal(400, 'A message needs a text or an attachment');
		}
		const message: Message = {
			id: this.nextIds.message++,
			threadId: thread.id,
			invisible: false,
			contentSid: null,
			employeeUserId: null,
			timestamp: this.now(),
			attachment: attachment ? { uuid: randomUUID(), ...attachment } : null,
			...given,
		};
		const reachesCustomer = message.from !== 'customer' && !message.invisible;
		if (reachesCustomer && message.contentSid === null && !thread.windowOpen) {
			throw new Refusal(400, 'The messaging window is closed: only templates may be sent');
		}
		if (reachesCustomer) thread.status = 'replied';
		thread.messages.push(message);
		this.changed();
		return message;
	}

	private ownBusiness(id: string): Business | undefined {
		const business = this.businesses.get(id);
		return business && this.isOwn(business) ? business : undefined;
	}

	private isOwn({ organizationId }: Business): boolean {
		return organizationId === this.organizationId;
	}

	private openThread(business: Business, user: StartThreadBody['user']): Thread {
		const thread = this.addThread({ businessId: business.id });
		thread.customerId = `cust_${thread.id}`;
		this.addProfile(thread, user);
		return thread;
	}

	/** Gives the customer of a thread a profile. */
	private addProfile(
		{ customerId, channel }: Thread,
		{ email, phoneNumber }: { email?: string; phoneNumber?: string },
	): void {
		this.profiles.set(customerId, {
			id: customerId,
			type: 'prospect',
			editable: true,
			pictureHref: null,
			displayName: email ?? phoneNumber ?? null,
			emailAddress: email ?? null,
			phoneNumber: phoneNumber ?? null,
			firstName: null,
			lastName: null,
			company: null,
			channel,
			customerData: [],
			lastSurveys: { nps: null, preferredChannel: null },
		});
	}
}

function found<T>(value: T | undefined, sentence: string): T {
	if (value === undefined) throw new Refusal(404, sentence);
	return value;
}

function first(map: Map<string, unknown>): string {
	return found(map.keys().next().value, 'The seed has no such entry');
}
