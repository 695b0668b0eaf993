import { systemClock, type Clock } from '../api/clock';

/** From the first message of a group; nobody is to wait longer for a response. */
const MAX_WAIT_MS = 60_000;

/** A sleep cannot be ended on n8n 1 and 2.0, so that a long one would outlive its group. */
const SLICE_MS = 1_000;

/** How much is held. What would be too much is not refused: it starts what is there. */
export interface GroupLimits {
	/** Of one group. */
	entries: number;
	/** Of one group. */
	bytes: number;
	/** Of all groups together. */
	groups: number;
	/** Of all groups together. */
	totalBytes: number;
}

const LIMITS: GroupLimits = {
	entries: 100,
	bytes: 1024 * 1024,
	groups: 1_000,
	totalBytes: 64 * 1024 * 1024,
};

interface Entry<T> {
	value: T;
	/** How much it counts towards the limits. */
	bytes: number;
	/** What is of another kind ends the group before it. */
	kind: string;
	/** The group ends when nothing was added for so long. */
	quietMs: number;
}

interface Group<T> {
	values: T[];
	bytes: number;
	kind: string;
	/** Milliseconds since 1970. */
	since: number;
	until: number;
	ended: Promise<void>;
	end(): void;
}

/** Gathers what comes in a row, by key, in this process only. */
export class Groups<T> {
	/** The oldest first. */
	private readonly open = new Map<string, Group<T>>();
	private totalBytes = 0;

	constructor(
		private readonly clock: Pick<Clock, 'now' | 'sleep'> = systemClock,
		private readonly limits: GroupLimits = LIMITS,
	) {}

	/**
	 * Adds to the open group of a key, or begins one.
	 *
	 * @returns the values of the group that this one begins, once it has ended, in the order in which they
	 * came; undefined when it went into a group that was there
	 */
	add(key: string, entry: Entry<T>): Promise<T[]> | undefined {
		if (this.open.get(key)?.kind !== entry.kind) this.end(key);
		const known = this.open.get(key);
		const group = known ?? this.begin(key, entry.kind);
		group.values.push(entry.value);
		group.bytes += entry.bytes;
		this.totalBytes += entry.bytes;
		group.until = Math.min(this.clock.now() + entry.quietMs, group.since + MAX_WAIT_MS);
		if (group.values.length >= this.limits.entries || group.bytes >= this.limits.bytes) {
			this.end(key);
		}
		this.makeRoom();
		return known === undefined ? this.collected(key, group) : undefined;
	}

	/** Ends the group of a key, if there is one. */
	end(key: string): void {
		const group = this.open.get(key);
		if (group === undefined) return;
		this.open.delete(key);
		this.totalBytes -= group.bytes;
		group.end();
	}

	private begin(key: string, kind: string): Group<T> {
		let end = () => {};
		const ended = new Promise<void>((resolve) => {
			end = resolve;
		});
		const since = this.clock.now();
		const group = { values: [], bytes: 0, kind, since, until: since, ended, end };
		this.open.set(key, group);
		return group;
	}

	private makeRoom(): void {
		const { groups, totalBytes } = this.limits;
		for (const key of this.open.keys()) {
			if (this.open.size <= groups && this.totalBytes <= totalBytes) return;
			this.end(key);
		}
	}

	private async collected(key: string, group: Group<T>): Promise<T[]> {
		for (let left = this.left(key, group); left > 0; left = this.left(key, group)) {
			await Promise.race([group.ended, this.clock.sleep(Math.min(left, SLICE_MS))]);
		}
		// Another group may have begun since this one was ended.
		if (this.open.get(key) === group) this.end(key);
		return group.values;
	}

	private left(key: string, group: Group<T>): number {
		return this.open.get(key) === group ? group.until - this.clock.now() : 0;
	}
}
