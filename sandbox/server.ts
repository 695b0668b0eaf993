import { randomBytes } from 'node:crypto';

import { Activities } from './activities';
import { addressesOf, type Addresses } from './addresses';
import { buildApp } from './app';
import { Changes } from './changes';
import {
	Deliveries,
	type DeliveryFilter,
	type DeliveryRecord,
	type DeliverySettings,
} from './deliveries';
import { Faults, type Fault as FaultOf } from './faults';
import { freshIds, type Ids } from './ids';
import { Instaply, type ConversationObserver, type Happening } from './instaply';
import { Journal, type RequestFilter as FilterOf, type RequestRecord } from './journal';
import type { Draft, Message, NewThread, StoredWebhook, Thread, Transfer } from './model';
import type { ApiRoute } from './routes/api';
import { seed } from './seed';
import { State } from './state';
import { DEFAULT_VARIANTS, type Variants } from './variants';

export type { DeliveryRecord } from './deliveries';
export type { FaultEffect } from './faults';
export type { RequestRecord } from './journal';
export type { Draft, Message, Thread } from './model';
export { API_ROUTES, type ApiRoute } from './routes/api';
export { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from './seed';

/** A fault of one route of the API. */
export type Fault = FaultOf<ApiRoute>;

/** Which requests to the API to return. */
type RequestFilter = FilterOf<ApiRoute>;

/** How a sandbox starts. */
export interface SandboxOptions {
	/** The IP address on which it listens; default 127.0.0.1, which other machines cannot reach. */
	host?: string;
	/** Default: one that is free. */
	port?: number;
	/** The valid API token; default: a random one. */
	token?: string;
	/** The first IDs that it gives; default: others at each start. */
	firstIds?: Partial<Ids>;
	/** Milliseconds by which every response of the API is delayed, or gives them; default 0. */
	latencyMs?: number | (() => number);
	/** What comes beyond that within a second gets a 429 (assumed); default: without a limit. */
	requestsPerSecond?: number;
	/** The time limit of a delivery in milliseconds; default 10 000. */
	deliveryTimeoutMs?: number;
	/** Further attempts, without a pause, after a failed delivery; default 0 (assumed). */
	deliveryRetries?: number;
	/** URLs that get every message in the legacy format. */
	legacyUrls?: string[];
	/** What time it is at Instaply, in milliseconds since 1970; default: what it is here. */
	now?: () => number;
	/** What the API document leaves open. */
	variants?: Partial<Variants>;
	/** How many requests and how many deliveries to remember; default all, 0 for none. */
	journalLimit?: number;
	/** Called with what happened, once it is over. */
	observer?: SandboxObserver;
}

/** What can be observed. */
export interface SandboxObserver extends ConversationObserver {
	onRequest?: (record: RequestRecord) => void;
	onDelivery?: (record: DeliveryRecord) => void;
}

/** A written message, after its deliveries were attempted. */
interface Written {
	message: Message;
	deliveries: DeliveryRecord[];
}

/** A transfer, after its deliveries were attempted. */
interface Transferred {
	transfer: Transfer;
	deliveries: DeliveryRecord[];
}

/** A running sandbox. Thread ids may be given as a string or a number. */
export interface Sandbox {
	/** For this machine, without a trailing slash, such as `http://127.0.0.1:41234`. */
	readonly url: string;
	readonly addresses: Addresses;
	/** The valid API token, tied to a user to whom `THREADS.otherUsers` is not available. */
	readonly token: string;
	/** May be changed at any time. */
	readonly variants: Variants;
	readonly faults: Faults<ApiRoute>;
	/** URLs that get every message in the legacy format; may be changed at any time. */
	readonly legacyUrls: string[];

	/** The requests to the API, in the order of their arrival. */
	requests(filter?: RequestFilter): RequestRecord[];
	/**
	 * The highest number of requests in flight at once, of all or of those that pass. Without a
	 * latency the sandbox responds so fast that requests sent together may never overlap here.
	 */
	maxInFlight(filter?: RequestFilter): number;
	/** The deliveries, in the order in which they were due. */
	deliveries(filter?: DeliveryFilter): DeliveryRecord[];
	/** The messages of a thread, in order. */
	conversation(threadId: string | number): Message[];
	thread(threadId: string | number): Thread;
	webhooks(): StoredWebhook[];

	/** Adds a thread; without arguments, one on the web chat of the first customer. */
	addThread(thread?: NewThread): Thread;
	/** Rejects when the draft has neither a text nor an attachment. */
	customerWrites(threadId: string | number, draft: string | Draft): Promise<Written>;
	/** Rejects also when the messaging window is closed and the message is not internal. */
	employeeWrites(
		threadId: string | number,
		draft: string | (Draft & { internal?: boolean }),
	): Promise<Written>;
	transfer(
		threadId: string | number,
		to: { businessId: string | number; employeeUserId?: number },
	): Promise<Transferred>;
	setWindow(threadId: string | number, open: boolean): void;
	/** Delivers again, whether or not it was delivered before, as a new record. */
	redeliver(delivery: Pick<DeliveryRecord, 'id'>): Promise<DeliveryRecord>;
	/** Resolves when no delivery waits or is under way. */
	settled(): Promise<void>;
	/** Forgets requests and deliveries; `maxInFlight` starts anew. */
	clearRecords(): void;
	/** Ends all connections, also those that hang, and all deliveries. */
	close(): Promise<void>;
}

/** Starts a local Instaply. Rejects when the port is taken, or the address is not that of this machine. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const {
		token = randomBytes(24).toString('hex'),
		host = '127.0.0.1',
		journalLimit = Infinity,
		observer = {},
	} = options;
	const variants: Variants = { ...DEFAULT_VARIANTS, ...options.variants };
	const legacyUrls = [...(options.legacyUrls ?? [])];
	const faults = new Faults();
	const journal = new Journal(journalLimit);
	const changes = new Changes();
	const nextIds: Ids = { ...freshIds(), ...options.firstIds };
	const state = new State(seed(), nextIds, changes.tell, options.now);
	const settings: DeliverySettings = {
		timeoutMs: options.deliveryTimeoutMs ?? 10_000,
		retries: options.deliveryRetries ?? 0,
		limit: journalLimit,
		changed: changes.tell,
		onDelivery: observer.onDelivery,
	};
	const deliveries = new Deliveries(settings, nextIds);
	const instaply = new Instaply(state, deliveries, legacyUrls, observer);
	const activities = new Activities(state, changes.tell);
	let addresses = addressesOf(host, 0);
	const app = buildApp(
		{
			token,
			addresses: () => addresses,
			state,
			instaply,
			deliveries,
			journal,
			activities,
			faults,
			variants,
			legacyUrls,
			changes,
		},
		{
			latencyMs: options.latencyMs ?? 0,
			requestsPerSecond: options.requestsPerSecond,
			onRequest: observer.onRequest,
		},
	);
	await app.listen({ host, port: options.port ?? 0 });
	const [bound] = app.addresses();
	if (typeof bound === 'object') addresses = addressesOf(host, bound.port);

	return {
		url: addresses.own,
		addresses,
		token,
		variants,
		faults,
		legacyUrls,
		requests: (filter) => journal.list(filter),
		maxInFlight: (filter) => journal.maxInFlight(filter),
		deliveries: (filter) => deliveries.list(filter),
		conversation: (threadId) => [...state.thread(String(threadId)).messages],
		thread: (threadId) => state.thread(String(threadId)),
		webhooks: () => state.listWebhooks(),
		addThread: (thread = {}) => state.addThread(thread),
		async customerWrites(threadId, draft) {
			return await written(instaply.customerWrites(String(threadId), asDraft(draft)));
		},
		async employeeWrites(threadId, draft) {
			const { internal = false, ...rest }: Draft & { internal?: boolean } = asDraft(draft);
			return await written(instaply.employeeWrites(String(threadId), rest, internal));
		},
		async transfer(threadId, { businessId, employeeUserId }) {
			const happening = instaply.transfer(String(threadId), String(businessId), employeeUserId);
			return { transfer: happening.what, deliveries: await happening.deliveries };
		},
		setWindow: (threadId, open) => state.setWindow(String(threadId), open),
		redeliver: async ({ id }) => await deliveries.redeliver(id),
		settled: () => deliveries.settled(),
		clearRecords() {
			journal.clear();
			deliveries.clear();
		},
		async close() {
			await app.close();
			await deliveries.close();
		},
	};
}

function asDraft<T extends Draft>(draft: string | T): T | Draft {
	return typeof draft === 'string' ? { text: draft } : draft;
}

async function written({ what, deliveries }: Happening<Message>): Promise<Written> {
	return { message: what, deliveries: await deliveries };
}
