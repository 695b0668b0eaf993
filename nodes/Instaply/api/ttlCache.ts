import { systemClock, type Clock } from './clock';

/** Short, because a messaging window may close while many items are sent. */
const TTL_MS = 60_000;

/** Caches loaded values by ID for a minute. Calls during a load share it. */
export class TtlCache<T> {
	private readonly entries = new Map<string, { value: Promise<T>; expiresAt: number }>();

	constructor(private readonly clock: Pick<Clock, 'now'> = systemClock) {}

	/** @param load is not cached when it throws, so that the next call loads again */
	async get(id: string, load: (id: string) => Promise<T>): Promise<T> {
		const cached = this.entries.get(id);
		if (cached !== undefined && this.clock.now() < cached.expiresAt) return await cached.value;
		const value = load(id);
		this.entries.set(id, { value, expiresAt: this.clock.now() + TTL_MS });
		value.catch(() => this.entries.delete(id));
		return await value;
	}
}
