/** Remembers keys, in this process only; the oldest are forgotten first. */
export class RecentKeys {
	private readonly keys = new Set<string>();

	constructor(private readonly capacity: number) {}

	add(key: string): void {
		this.keys.add(key);
		if (this.keys.size > this.capacity) {
			const [oldest = key] = this.keys;
			this.keys.delete(oldest);
		}
	}

	has(key: string): boolean {
		return this.keys.has(key);
	}
}
