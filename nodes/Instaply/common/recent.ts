/** Remembers keys, in this process only. The oldest are forgotten first. */
export class RecentKeys {
	private readonly keys = new Set<string>();

	constructor(private readonly capacity: number) {}

	add(key: string): void {
		this.keys.add(key);
		forgetOldest(this.keys, this.capacity);
	}

	has(key: string): boolean {
		return this.keys.has(key);
	}
}

/** Counts by key, in this process only. The least recently set are forgotten first. */
export class RecentCounts {
	private readonly counts = new Map<string, number>();

	constructor(private readonly capacity: number) {}

	/** @returns 0 for a key that is not remembered */
	get(key: string): number {
		return this.counts.get(key) ?? 0;
	}

	set(key: string, count: number): void {
		this.counts.delete(key);
		this.counts.set(key, count);
		forgetOldest(this.counts, this.capacity);
	}
}

function forgetOldest(entries: Set<string> | Map<string, number>, capacity: number): void {
	const [oldest] = entries.keys();
	if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
}
