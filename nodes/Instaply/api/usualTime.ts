/** From so many on, their median says how long a request usually takes. */
const ENOUGH = 10;

/** A response is slow from this multiple of the usual time on. */
const SLOW_FACTOR = 2;
/** Beside it, so that the time in which n8n works on other requests does not count as slow. */
const SLACK_MS = 50;

/**
 * How long requests usually take, in milliseconds. It is the least of several medians: one response
 * that is quick or slow by chance says nothing, and what stands in line at Instaply does not count.
 */
export class UsualTime {
	private usualMs = Infinity;
	private samples: number[] = [];

	isSlow(ms: number): boolean {
		return ms > SLOW_FACTOR * this.usualMs + SLACK_MS;
	}

	add(ms: number): void {
		this.samples.push(ms);
		// At once, before so many are under way that they stand in line.
		if (this.usualMs === Infinity) this.learn();
	}

	/** Learns from what was added since. */
	learn(): void {
		if (this.samples.length < ENOUGH) return;
		this.usualMs = Math.min(this.usualMs, median(this.samples));
		this.samples = [];
	}
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? Infinity;
}
