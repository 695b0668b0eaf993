import { BoundedLog } from './bounded-log';

/** A request that the sandbox received. The token itself is never kept. */
export interface RequestRecord {
	/** 1 for the first request, then counting. */
	sequence: number;
	method: string;
	path: string;
	/** Null when the API has no such route. */
	route: string | null;
	query: unknown;
	/** Parsed JSON; undefined without a body, or when it is not JSON. */
	body: unknown;
	headerNames: string[];
	token: 'valid' | 'wrong' | 'missing';
	/** The status of the response; null without one, or until there is one. */
	status: number | null;
	/** Milliseconds since 1970. */
	startedAt: number;
	/** Null while the request is in flight. */
	endedAt: number | null;
	/**
	 * Ticks of a clock that advances at every start and end: two requests overlap exactly when their
	 * [startTick, endTick] do. Milliseconds are too coarse for that.
	 */
	startTick: number;
	endTick: number | null;
}

/** Which requests to return: those that match every given field. */
export interface RequestFilter<Route extends string = string> {
	route?: Route;
	method?: string;
	path?: string;
	status?: number | null;
	token?: RequestRecord['token'];
	/** A field of the JSON body, or of the query, called `customerThreadId`. */
	customerThreadId?: string;
	where?: (record: RequestRecord) => boolean;
}

/** What is known about a request when it arrives. */
export type Arrival = Pick<
	RequestRecord,
	'method' | 'path' | 'route' | 'query' | 'headerNames' | 'token'
>;

/** The log of requests, and the highest number of them in flight at once. */
export class Journal {
	private readonly log: BoundedLog<RequestRecord>;
	private sequence = 0;
	private tick = 0;
	private inFlight = 0;
	private highest = 0;

	/** @param limit how many requests to remember; 0 remembers none, but still counts */
	constructor(limit: number) {
		this.log = new BoundedLog(limit);
	}

	/** Starts the record of a request; call `end` when the request is over. */
	start(arrival: Arrival): RequestRecord {
		this.inFlight += 1;
		this.highest = Math.max(this.highest, this.inFlight);
		const record: RequestRecord = {
			...arrival,
			sequence: ++this.sequence,
			body: undefined,
			status: null,
			startedAt: Date.now(),
			endedAt: null,
			startTick: ++this.tick,
			endTick: null,
		};
		this.log.add(record);
		return record;
	}

	/** @param status null when the connection ended without a response */
	end(record: RequestRecord, status: number | null): void {
		if (record.endTick !== null) return;
		this.inFlight -= 1;
		record.status = status;
		record.endedAt = Date.now();
		record.endTick = ++this.tick;
	}

	list(filter: RequestFilter = {}): RequestRecord[] {
		return this.log.list().filter((record) => matches(record, filter));
	}

	/**
	 * The highest number of requests in flight at once: of all requests since the start (or since
	 * `clear`), or of the remembered ones that pass the filter.
	 */
	maxInFlight(filter?: RequestFilter): number {
		return filter ? mostOverlapping(this.list(filter)) : this.highest;
	}

	clear(): void {
		this.log.clear();
		this.highest = this.inFlight;
	}
}

function matches(record: RequestRecord, filter: RequestFilter): boolean {
	const { where, customerThreadId, ...exact } = filter;
	return (
		(exact.route === undefined || record.route === exact.route) &&
		(exact.method === undefined || record.method === exact.method) &&
		(exact.path === undefined || record.path === exact.path) &&
		(exact.status === undefined || record.status === exact.status) &&
		(exact.token === undefined || record.token === exact.token) &&
		(customerThreadId === undefined || threadOf(record) === customerThreadId) &&
		(where === undefined || where(record))
	);
}

function threadOf({ body, query }: RequestRecord): unknown {
	return field(body, 'customerThreadId') ?? field(query, 'customerThreadId');
}

function field(object: unknown, name: string): unknown {
	return typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined;
}

function mostOverlapping(records: RequestRecord[]): number {
	const ticks = records
		.flatMap((record) => [
			{ tick: record.startTick, change: 1 },
			{ tick: record.endTick ?? Infinity, change: -1 },
		])
		.sort((a, b) => a.tick - b.tick);
	let now = 0;
	let highest = 0;
	for (const { change } of ticks) {
		now += change;
		highest = Math.max(highest, now);
	}
	return highest;
}
