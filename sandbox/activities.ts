import type { ThreadStatus } from './api-types';
import { BoundedLog } from './bounded-log';
import type { RequestRecord } from './journal';
import type { State } from './state';

/** What was done in a thread, or tried, that is no message. */
export type Deed =
	| { kind: 'refused'; tried: Attempt; text: string | null; reason: string }
	| { kind: 'status'; status: ThreadStatus }
	| { kind: 'window closed' }
	| { kind: 'profile read' }
	| { kind: 'profile changed' }
	| { kind: 'asks'; until: number }
	| { kind: 'waits no longer' };

type Attempt = 'send' | 'send template' | 'send note' | 'set status' | 'look';

/** Something that was done over the API. */
export type Activity = Deed & {
	/** Counts up from the first one. */
	id: number;
	/** Milliseconds since 1970. */
	timestamp: number;
};

/** Where it was done: in a thread, or in all those of a customer. */
type Place = { threadId: string } | { customerId: string };

/** How many are kept, of all threads together. */
const LIMIT = 1000;

/** What the API was used for beside messages, newest last. */
export class Activities {
	private readonly log = new BoundedLog<{ place: Place; activity: Activity }>(LIMIT);
	private count = 0;

	constructor(
		private readonly state: State,
		private readonly changed: () => void,
	) {}

	add(place: Place, deed: Deed): void {
		const activity = { ...deed, id: ++this.count, timestamp: Date.now() };
		this.log.add({ place, activity });
		this.changed();
	}

	/** Adds that a request was refused, when it names a thread that there is. */
	addRefused({ route, body, query }: RequestRecord, reason: string): void {
		const threadId = field(body, 'customerThreadId') ?? field(query, 'customerThreadId');
		if (threadId === null || !this.state.hasThread(threadId)) return;
		const tried = attempt(route, body);
		const text = field(body, tried === 'set status' ? 'status' : 'text');
		this.add({ threadId }, { kind: 'refused', tried, text, reason });
	}

	/** Throws when there is no such thread. */
	listFor(threadId: string): Activity[] {
		const { customerId } = this.state.thread(threadId);
		return this.log
			.list()
			.filter(({ place }) =>
				'threadId' in place ? place.threadId === threadId : place.customerId === customerId,
			)
			.map(({ activity }) => activity);
	}
}

function attempt(route: string | null, body: unknown): Attempt {
	if (route === 'POST /api/update-thread-status') return 'set status';
	if (route !== 'POST /api/send-message-to-customer-thread') return 'look';
	if (field(body, 'contentSid') !== null) return 'send template';
	const isNote = typeof body === 'object' && body !== null && 'internal' in body && body.internal;
	return isNote === true ? 'send note' : 'send';
}

/** A text in the body or the query of a request. */
function field(object: unknown, name: string): string | null {
	if (typeof object !== 'object' || object === null) return null;
	const value: unknown = Reflect.get(object, name);
	return typeof value === 'string' ? value : null;
}
