import { isMissing, isOutcomeUnknown } from '../common/InstaplyError';
import { isJsonObject, type Json, type JsonObject } from '../common/json';
import { toResult } from '../common/result';
import { countsAsErrorItem } from '../n8n/errorItem';
import { accountKey, type Account } from './credential';
import { errorFromResponse, unexpectedResponse } from './errors';
import type { ApiRequest, Transport } from './request';
import {
	readStartedThread,
	readTemplates,
	readThreadDetails,
	readWebhook,
	readWebhooks,
	type RegisteredWebhook,
} from './responses';
import type { Retry } from './retry';
import { TtlCache } from './ttlCache';
import type {
	CreateWebhookRequest,
	SendMessageRequest,
	StartThreadRequest,
	Template,
	ThreadDetails,
	UpdateProfileRequest,
	UpdateThreadStatusRequest,
	UpdateWebhookRequest,
} from './types';
import { assertDone, threadNotNamed } from './unknownOutcome';
import { isAsDesired } from './webhookState';

/**
 * Instaply's endpoints, one method each. `removeWebhooks` and the `cached` methods build on those.
 *
 * Every method throws an `InstaplyError` when Instaply refuses, does not respond, responds to a read
 * with something else than its document describes, or to a write with what casts doubt on it. All
 * other responses to writes are passed on as they came, since they are documented nowhere: JSON, text,
 * or null when the body was empty.
 */
export class InstaplyClient {
	/** Tells the account from others. */
	readonly accountKey: string;
	private readonly threadDetailsCache = new TtlCache<ThreadDetails>();
	private readonly templatesCache = new TtlCache<Template[]>();

	/** @param account with which Instaply is asked */
	constructor(
		readonly account: Account,
		private readonly transport: Transport,
		private readonly retry: Pick<Retry, 'run'>,
	) {
		this.accountKey = accountKey(account);
	}

	/** "Send Message" */
	async sendMessage(message: SendMessageRequest): Promise<Json> {
		return await this.request(messageRequest(message));
	}

	/**
	 * "Send Message", if the thread is as it has to be. That is looked up again when it was more than a
	 * minute ago: Instaply may have had the message wait.
	 *
	 * @returns the details that did not allow it, or the response
	 */
	async sendMessageIf(
		isAllowed: (details: ThreadDetails) => boolean,
		message: SendMessageRequest,
	): Promise<{ notAllowedBy: ThreadDetails } | { response: Json }> {
		const { customerThreadId } = message;
		const request = messageRequest(message);
		return await this.retry.run(async () => {
			// Not a request of its own, which would wait for the place that this one has.
			const details = await this.threadDetailsCache.get(
				customerThreadId,
				async () => await this.readOnce(threadDetailsRequest(customerThreadId), readThreadDetails),
			);
			if (!isAllowed(details)) return { notAllowedBy: details };
			return { response: await this.requestOnce(request) };
		}, request.effect);
	}

	/** "Update Thread Status" */
	async updateThreadStatus(change: UpdateThreadStatusRequest): Promise<Json> {
		const { customerThreadId, status } = change;
		return await this.change(
			{
				path: '/api/update-thread-status',
				body: change,
				subject: { kind: 'thread', id: customerThreadId },
			},
			async () => (await this.threadDetails(customerThreadId)).status === status,
		);
	}

	/**
	 * "Send message to business" of the widget page: writes as the customer, and so opens a thread.
	 * The one write whose response is documented: it names the thread.
	 */
	async startThread(
		start: StartThreadRequest,
	): Promise<{ customerThreadId: string; response: Json }> {
		const response = await this.request({
			method: 'POST',
			path: '/api/widget/send-message-to-business',
			body: start,
			effect: 'conversation',
			subject: { kind: 'business', id: start.businessId },
		});
		const customerThreadId = readStartedThread(response);
		if (customerThreadId === undefined) throw threadNotNamed();
		return { customerThreadId, response };
	}

	/** "Get Customer Thread Details" */
	async threadDetails(customerThreadId: string): Promise<ThreadDetails> {
		return await this.read(threadDetailsRequest(customerThreadId), readThreadDetails);
	}

	/** "Get WhatsApp Templates" */
	async templates(customerThreadId: string): Promise<Template[]> {
		return await this.read(
			{
				path: '/api/get-whatsapp-templates',
				query: { customerThreadId },
				subject: { kind: 'thread', id: customerThreadId },
			},
			readTemplates,
		);
	}

	/** "Get customer profile", as it came. */
	async customerProfile(customerId: string): Promise<JsonObject> {
		return await this.read(
			{
				path: customerPath(customerId),
				subject: { kind: 'customer', id: customerId },
			},
			(response) => (isJsonObject(response) && !countsAsErrorItem(response) ? response : undefined),
		);
	}

	/** "Update customer profile": only what is given changes. */
	async updateProfile(customerId: string, changes: UpdateProfileRequest): Promise<Json> {
		return await this.change(
			{
				path: `${customerPath(customerId)}/update`,
				body: changes,
				subject: { kind: 'customer', id: customerId },
			},
			async () => {
				const profile = await this.customerProfile(customerId);
				return Object.entries(changes).every(([name, value]) => profile[name] === value);
			},
		);
	}

	/**
	 * "Create Webhook": the new webhook. It is looked up when the response does not name its ID, or is
	 * lost; undefined when it was created, but is not found.
	 */
	async createWebhook(webhook: CreateWebhookRequest): Promise<RegisteredWebhook | undefined> {
		let found: RegisteredWebhook | undefined;
		const lookUp = async () => {
			found = only(await this.webhooksLike(webhook));
			return found !== undefined;
		};
		const response = await this.change(
			{ path: '/api/webhooks/', body: webhook, subject: { kind: 'account' } },
			lookUp,
		);
		const created = readWebhook(response) ?? found;
		if (created !== undefined) return created;
		// The webhook exists, so nothing may be thrown: it would be created again.
		await toResult(lookUp);
		return found;
	}

	private async webhooksLike({
		enabled = true,
		...webhook
	}: CreateWebhookRequest): Promise<RegisteredWebhook[]> {
		return (await this.webhooks()).filter(
			(registered) =>
				registered.url !== undefined && isAsDesired(registered, { ...webhook, enabled }),
		);
	}

	/** "List Webhooks": all webhooks of the organization. */
	async webhooks(): Promise<RegisteredWebhook[]> {
		return await this.read({ path: '/api/webhooks/', subject: { kind: 'account' } }, readWebhooks);
	}

	/** "List Webhooks": one of them. */
	async webhook(webhookId: string): Promise<RegisteredWebhook> {
		const webhook = await this.read(
			{ path: webhookPath(webhookId), subject: { kind: 'webhook', id: webhookId } },
			readWebhook,
		);
		return { ...webhook, webhookId };
	}

	/** The same; undefined when there is none with this ID. */
	async findWebhook(webhookId: string): Promise<RegisteredWebhook | undefined> {
		const found = await toResult(async () => await this.webhook(webhookId));
		if ('value' in found) return found.value;
		if (isMissing(found.error)) return undefined;
		throw found.error;
	}

	/** "Update Webhook": only what is given changes. */
	async updateWebhook(webhookId: string, changes: UpdateWebhookRequest): Promise<void> {
		await this.change(
			{
				path: `${webhookPath(webhookId)}/update`,
				body: changes,
				subject: { kind: 'webhook', id: webhookId },
			},
			async () => isAsDesired(await this.webhook(webhookId), changes),
		);
	}

	/** "Delete Webhook" */
	async deleteWebhook(webhookId: string): Promise<void> {
		await this.change(
			{
				path: `${webhookPath(webhookId)}/delete`,
				subject: { kind: 'webhook', id: webhookId },
			},
			async () => (await this.findWebhook(webhookId)) === undefined,
		);
	}

	/** Deletes them one after the other; one that somebody else has already deleted is fine. */
	async removeWebhooks(webhookIds: string[]): Promise<void> {
		for (const webhookId of webhookIds) {
			const deleted = await toResult(async () => await this.deleteWebhook(webhookId));
			if ('error' in deleted && !isMissing(deleted.error)) throw deleted.error;
		}
	}

	/** Cached for a minute: for many items of one thread in one run of the node. */
	async cachedThreadDetails(customerThreadId: string): Promise<ThreadDetails> {
		return await this.threadDetailsCache.get(customerThreadId, (id) => this.threadDetails(id));
	}

	/** Cached for a minute: for many items of one thread in one run of the node. */
	async cachedTemplates(customerThreadId: string): Promise<Template[]> {
		return await this.templatesCache.get(customerThreadId, (id) => this.templates(id));
	}

	/**
	 * Makes a change. When its response is lost, it is looked up whether Instaply made it.
	 *
	 * @param isMade looks it up
	 * @returns the response; null when it was lost
	 */
	private async change(
		what: Pick<ApiRequest, 'path' | 'body' | 'subject'>,
		isMade: () => Promise<boolean>,
	): Promise<Json> {
		const result = await toResult(
			async () => await this.request({ ...what, method: 'POST', effect: 'change' }),
		);
		if ('value' in result) return result.value;
		const { error } = result;
		if (isOutcomeUnknown(error)) {
			const made = await toResult(isMade);
			if ('value' in made && made.value) return null;
		}
		throw error;
	}

	private async read<T>(
		what: Pick<ApiRequest, 'path' | 'query' | 'subject'>,
		parse: (response: Json) => T | undefined,
	): Promise<T> {
		return await this.retry.run(async () => await this.readOnce(what, parse), 'none');
	}

	private async readOnce<T>(
		what: Pick<ApiRequest, 'path' | 'query' | 'subject'>,
		parse: (response: Json) => T | undefined,
	): Promise<T> {
		const request: ApiRequest = { ...what, method: 'GET', effect: 'none' };
		const response = await this.requestOnce(request);
		const content = parse(response);
		if (content === undefined) throw unexpectedResponse(request, { content: response });
		return content;
	}

	private async request(request: ApiRequest): Promise<Json> {
		return await this.retry.run(async () => await this.requestOnce(request), request.effect);
	}

	private async requestOnce(request: ApiRequest): Promise<Json> {
		const response = await this.transport(request);
		const { status, content } = response;
		if (status < 200 || status >= 300) throw errorFromResponse(request, response);
		if (request.effect !== 'none') assertDone(request.effect, content);
		return content;
	}
}

const messageRequest = (message: SendMessageRequest): ApiRequest => ({
	method: 'POST',
	path: '/api/send-message-to-customer-thread',
	body: message,
	effect: 'message',
	subject: { kind: 'thread', id: message.customerThreadId },
});

const threadDetailsRequest = (customerThreadId: string) => ({
	path: '/api/get-customer-thread-details',
	query: { customerThreadId },
	subject: { kind: 'thread' as const, id: customerThreadId },
});

/** @returns undefined when there is none, or no telling which */
function only<T>(found: readonly T[]): T | undefined {
	return found.length === 1 ? found[0] : undefined;
}

const customerPath = (customerId: string) =>
	`/api/customers/${encodeURIComponent(customerId)}/profile`;
const webhookPath = (webhookId: string) => `/api/webhooks/${encodeURIComponent(webhookId)}`;
