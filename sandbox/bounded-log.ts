/** Keeps the newest `limit` entries in order; dropping older ones is amortized. */
export class BoundedLog<T> {
	private entries: T[] = [];

	/** @param limit how many entries to keep; 0 keeps none, Infinity keeps all */
	constructor(private readonly limit: number) {}

	add(entry: T): void {
		if (this.limit === 0) return;
		this.entries.push(entry);
		// Trimmed only at twice the limit, so that the copy is rare.
		if (this.entries.length >= this.limit * 2) this.entries = this.entries.slice(-this.limit);
	}

	/** The entries kept, oldest first. */
	list(): T[] {
		return this.limit === 0 ? [] : this.entries.slice(-this.limit);
	}

	clear(): void {
		this.entries = [];
	}
}
