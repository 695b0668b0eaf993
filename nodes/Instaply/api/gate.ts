/** Lets any number through until it is narrowed: then one, and one more with each widening. */
export class Gate {
	private width = Infinity;
	private inside = 0;
	/** Who waits, those with the lowest rank first. */
	private readonly queue: Array<{ rank: number; admit: () => void }> = [];

	/** @returns what to wait for before going in; undefined when there is room already */
	enter(rank: number): Promise<void> | undefined {
		if (this.inside >= this.width) return this.wait(rank);
		this.inside += 1;
		return undefined;
	}

	leave(): void {
		this.inside -= 1;
		this.admitNext();
	}

	/** Goes out and lines up again, before anybody of a higher rank gets in. */
	reenter(rank: number): Promise<void> {
		const turn = this.wait(rank);
		this.leave();
		return turn;
	}

	narrow(): void {
		this.width = 1;
	}

	widen(): void {
		this.width += 1;
		this.admitNext();
	}

	private async wait(rank: number): Promise<void> {
		await new Promise<void>((admit) => {
			this.queue.push({ rank, admit });
			this.queue.sort((one, other) => one.rank - other.rank);
		});
	}

	private admitNext(): void {
		while (this.inside < this.width) {
			const next = this.queue.shift();
			if (next === undefined) return;
			this.inside += 1;
			next.admit();
		}
	}
}
