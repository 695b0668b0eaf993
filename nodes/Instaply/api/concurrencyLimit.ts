/** Lets any number through until it is narrowed: then one, and one more with each widening. */
export class ConcurrencyLimit {
	private limit = Infinity;
	private active = 0;
	/** Who waits, those with the lowest rank first. */
	private readonly queue: Array<{ rank: number; admit: () => void }> = [];

	/** @returns what to wait for before going in; undefined when there is room already */
	acquire(rank: number): Promise<void> | undefined {
		if (this.active >= this.limit) return this.wait(rank);
		this.active += 1;
		return undefined;
	}

	release(): void {
		this.active -= 1;
		this.admitNext();
	}

	/** Goes out and lines up again, before anybody of a higher rank gets in. */
	requeue(rank: number): Promise<void> {
		const turn = this.wait(rank);
		this.release();
		return turn;
	}

	reset(): void {
		this.limit = 1;
	}

	raise(): void {
		this.limit += 1;
		this.admitNext();
	}

	private async wait(rank: number): Promise<void> {
		await new Promise<void>((admit) => {
			this.queue.push({ rank, admit });
			this.queue.sort((one, other) => one.rank - other.rank);
		});
	}

	private admitNext(): void {
		while (this.active < this.limit) {
			const next = this.queue.shift();
			if (next === undefined) return;
			this.active += 1;
			next.admit();
		}
	}
}
