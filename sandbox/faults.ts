/** What goes wrong. Unless noted, the request has no effect. */
export type FaultEffect =
	/** Responds with this status. A string body is sent as it is, anything else as JSON. */
	| { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
	/** Responds with a web page instead of JSON. */
	| { kind: 'notJson'; status?: number }
	/** Takes effect and responds normally, but both later. */
	| { kind: 'delay'; ms: number }
	/** Closes the connection without a response. */
	| { kind: 'drop' }
	/** Never responds; the connection ends when the sandbox closes. */
	| { kind: 'hang' }
	/** Takes effect, then closes the connection without a response. */
	| { kind: 'answerLost' }
	/** Takes effect at once, and responds normally, but later. */
	| { kind: 'answerDelayed'; ms: number }
	/** Takes effect, then responds with this instead. */
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

/** A fault to inject into one route, for requests with a valid token that pass all checks. */
export type Fault<Route extends string = string> = {
	route: Route;
	/** How many requests it affects, default 1; Infinity for all. */
	times?: number;
	match?: (request: FaultyRequest) => boolean;
} & FaultEffect;

/** An added fault. */
export interface InjectedFault {
	/** How many requests it has affected. */
	readonly strikes: number;
	remove(): void;
}

interface Entry {
	fault: Fault;
	strikes: number;
}

/** The faults to inject, in the order of their addition; at most one per request. */
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

	/** @returns the fault for this request, which counts as injected, or undefined without one */
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
