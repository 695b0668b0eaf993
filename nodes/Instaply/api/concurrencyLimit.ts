/** Unlimited until it is set; raise() adds 1. */
export class ConcurrencyLimit {
	private limit = Infinity;
	private active = 0;
	/** Sorted by order, the lowest first. */
	private readonly queue: Array<{ order: number; admit: () => void }> = [];

	/** @returns undefined when admitted at once, otherwise what resolves on admission */
	acquire(order: number): Promise<void> | undefined {
		if (this.active >= this.limit) return this.enqueue(order);
		this.active += 1;
		return undefined;
	}

	release(): void {
		this.active -= 1;
		this.admitNext();
	}

	/** Releases, and waits again ahead of everything with a higher order. */
	requeue(order: number): Promise<void> {
		// Queued first, so that the place becoming free goes to the lowest order.
		const admission = this.enqueue(order);
		this.release();
		return admission;
	}

	/** To as many as have been admitted and not released. */
	setToActive(): void {
		this.limit = Math.max(1, this.active);
	}

	setToOne(): void {
		this.limit = 1;
	}

	raise(): void {
		this.limit += 1;
		this.admitNext();
	}

	private async enqueue(order: number): Promise<void> {
		await new Promise<void>((admit) => {
			this.queue.push({ order, admit });
			this.queue.sort((one, other) => one.order - other.order);
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
