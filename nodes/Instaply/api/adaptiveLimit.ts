/** One request that went out, in milliseconds of any clock. */
export interface Attempt {
	beganAt: number;
	endedAt: number;
	/** Instaply was too busy for it, or not there. */
	isRefused: boolean;
}

const START = 16;
const MIN = 2;
/** What a user may set, too. */
export const MAX_AT_A_TIME = 100;

/** A response is slow from this multiple of the quickest one on. */
const SLOW_FACTOR = 2;
/** Beside it, so that the time in which n8n works on other requests does not count as slow. */
const SLACK_MS = 50;
const CUT_WHEN_SLOW = 0.8;
const CUT_WHEN_REFUSED = 0.5;

/**
 * How many requests to have under way at once, found from how Instaply responds (additive increase,
 * multiplicative decrease). It begins modestly and doubles with each round of quick responses, until
 * the first is slow or refused. From then on it takes one more each round, and a part less when
 * Instaply slows down or refuses.
 */
export class AdaptiveLimit {
	private limit = START;
	private isStarting = true;
	private quickestMs = Infinity;
	/** What began before the last cut does not tell how things are after it. */
	private cutAt = -Infinity;

	get current(): number {
		return Math.floor(this.limit);
	}

	note({ beganAt, endedAt, isRefused }: Attempt): void {
		const ms = Math.max(0, endedAt - beganAt);
		if (isRefused) {
			if (beganAt >= this.cutAt) this.cut(CUT_WHEN_REFUSED, endedAt);
			return;
		}
		this.quickestMs = Math.min(this.quickestMs, ms);
		if (ms <= SLOW_FACTOR * this.quickestMs + SLACK_MS) {
			this.limit = Math.min(MAX_AT_A_TIME, this.limit + (this.isStarting ? 1 : 1 / this.limit));
		} else if (beganAt >= this.cutAt) {
			// With so few under way it is not because of us: this is how quick Instaply now is.
			if (this.limit === MIN) this.quickestMs = ms;
			else this.cut(CUT_WHEN_SLOW, endedAt);
		}
	}

	private cut(factor: number, now: number): void {
		this.limit = Math.max(MIN, this.limit * factor);
		this.isStarting = false;
		this.cutAt = now;
	}
}
