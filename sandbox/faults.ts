/** What goes wrong. Unless it says otherwise, Instaply does not do the work. */
export type FaultEffect =
	/** Answers this status. A string body is sent as it is, anything else as JSON. */
	| { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
	/** Answers a web page where JSON is expected. */
	| { kind: 'notJson'; status?: number }
	/** Does the work and answers normally, but both later. */
	| { kind: 'delay'; ms: number }
	/** Closes the connection without an answer. */
	| { kind: 'drop' }
	/** Never answers; released when the sandbox closes. */
	| { kind: 'hang' }
	/** Does the work, then closes the connection without an answer. */
	| { kind: 'answerLost' }
	/** Does the work at once, and answers normally, but later. */
	| { kind: 'answerDelayed'; ms: number }
	/** Does the work, then answers this instead. */
	| { kind: 'answerReplaced'; status?: number; body: unknown };

/** Every kind of fault. */
export const FAULT_KINDS = [
	'status',
	'notJson',
	'delay',
	'drop',
	'hang',
	'answerDelayed',
	'answerLost',
	'answerReplaced',
] as const satisfies ReadonlyArray<FaultEffect['kind']>;

/** What `match` may look at. */
export interface FaultyRequest {
	query: unknown;
	params: unknown;
	body: unknown;
}

/** A fault to inject into one route. It strikes requests that passed the token and all checks. */
export type Fault<Route extends string = string> = {
	route: Route;
	/** How many requests it strikes, default 1; Infinity for all. */
	times?: number;
	match?: (request: FaultyRequest) => boolean;
} & FaultEffect;

/** A fault that was added. */
export interface InjectedFault {
	/** How many requests it has struck. */
	readonly strikes: number;
	remove(): void;
}

interface Entry {
	fault: Fault;
	strikes: number;
}

/** The faults to come, in the order in which they were added; one request meets at most one. */
export class Faults<Route extends string = string> {
	private entries: Entry[] = [];

	add(fault: Fault<Route>): InjectedFault {
		const entry: Entry = { fault, strikes: 0 };
		this.entries.push(entry);
		return {
			get strikes() {
				return entry.strikes;
			},
			remove: () => this.remove(entry),
		};
	}

	clear(): void {
		this.entries = [];
	}

	/** Takes the fault that strikes this request, if there is one. */
	strike(route: string | null, request: FaultyRequest): Fault | undefined {
		const entry = this.entries.find(
			({ fault }) => fault.route === route && (fault.match?.(request) ?? true),
		);
		if (!entry) return undefined;
		entry.strikes += 1;
		if (entry.strikes >= (entry.fault.times ?? 1)) this.remove(entry);
		return entry.fault;
	}

	private remove(entry: Entry): void {
		this.entries = this.entries.filter((other) => other !== entry);
	}
}
