import { systemClock, type Clock } from '../api/clock';

/** From the first entry of a group. Nobody is to wait longer for a run. */
const MAX_WAIT_MS = 60_000;

/** How often all groups are looked at, at least: a new one may end before all others. */
const LOOK_MS = 100;

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
	/** By the clock of the groups. */
	since: number;
	until: number;
	ended: Promise<T[]>;
	end(): void;
}

/** Gathers what comes in a row, by key, in this process only. */
export class Groups<T> {
	/** The oldest first. */
	private readonly open = new Map<string, Group<T>>();
	private totalBytes = 0;
	private isWatched = false;

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
		void this.watch();
		return known === undefined ? group.ended : undefined;
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
		const values: T[] = [];
		let end = () => {};
		const ended = new Promise<T[]>((resolve) => {
			end = () => resolve(values);
		});
		const since = this.clock.now();
		const group = { values, bytes: 0, kind, since, until: since, ended, end };
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

	/** One timer for all groups: they may be many. */
	private async watch(): Promise<void> {
		if (this.isWatched) return;
		this.isWatched = true;
		while (this.open.size > 0) {
			const first = Math.min(...[...this.open.values()].map(({ until }) => until));
			await this.clock.sleep(Math.max(0, Math.min(first - this.clock.now(), LOOK_MS)));
			for (const [key, { until }] of this.open) {
				if (until <= this.clock.now()) this.end(key);
			}
		}
		this.isWatched = false;
	}
}
