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

/** Remembers values by key, in this process only. The least recently set are forgotten first. */
export class RecentValues<T> {
	private readonly values = new Map<string, T>();

	constructor(private readonly capacity: number) {}

	get(key: string): T | undefined {
		return this.values.get(key);
	}

	set(key: string, value: T): void {
		this.values.delete(key);
		this.values.set(key, value);
		forgetOldest(this.values, this.capacity);
	}

	delete(key: string): void {
		this.values.delete(key);
	}
}

function forgetOldest(entries: Set<string> | Map<string, unknown>, capacity: number): void {
	const [oldest] = entries.keys();
	if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
}
