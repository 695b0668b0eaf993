/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Clock } from '../../../nodes/Instaply/api/clock';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
	/** The next random numbers; 1, the upper bound, makes a delay as long as it can be. */
	chance = 1;
	private time = 1_700_000_000_000;
	private timers: Array<{ at: number; ring: () => void }> = [];

	now(): number {
		return this.time;
	}

	random(): number {
		return this.chance;
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((ring) => this.timers.push({ at: this.time + ms, ring }));
	}

	/** Everything that is due happens in its order, and what follows from it. */
	async advance(ms: number): Promise<void> {
		const end = this.time + ms;
		await settled();
		for (let next = this.nextBy(end); next !== undefined; next = this.nextBy(end)) {
			this.timers = this.timers.filter((timer) => timer !== next);
			this.time = Math.max(this.time, next.at);
			next.ring();
			await settled();
		}
		this.time = end;
	}

	private nextBy(end: number) {
		return this.timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
	}
}

/** All that can go on without a timer has gone on. */
export async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
