import { UsualTime } from './usualTime';

/** One request that went out, in milliseconds of any clock. */
export interface Attempt {
	/** Those of one kind usually take the same time. */
	kind: string;
	beganAt: number;
	endedAt: number;
	/**
	 * `refused`: Instaply was too busy for it, or not there. `declined`: it did not do it for another
	 * reason, which tells nothing of how busy it is.
	 */
	outcome: 'accepted' | 'declined' | 'refused';
}

const START = 16;
/** A user may set this number, too. */
export const MAX_AT_A_TIME = 100;

/** So few are not what Instaply is slow with. */
const MIN_WHEN_SLOW = 8;
const MIN_WHEN_REFUSED = 2;
const CUT_WHEN_SLOW = 0.7;
const CUT_WHEN_REFUSED = 0.5;

/** By so many responses, at least, it is judged whether Instaply has slowed down. */
const MIN_ROUND = 20;

/**
 * How many requests to have under way at once, found from how Instaply responds (additive increase,
 * multiplicative decrease). It begins modestly and doubles with each round of quick responses, until
 * most of a round are slow or one is refused. From then on it takes one more each round, and a part
 * less when Instaply slows down or refuses.
 */
export class AdaptiveLimit {
	private limit = START;
	private isStarting = true;
	private readonly usualTimes = new Map<string, UsualTime>();
	private quick = 0;
	private slow = 0;
	/** What began before the last cut does not tell how things are after it. */
	private cutAt = -Infinity;

	get current(): number {
		return Math.floor(this.limit);
	}

	note({ kind, beganAt, endedAt, outcome }: Attempt): void {
		if (beganAt < this.cutAt) return;
		if (outcome === 'refused') this.cut(CUT_WHEN_REFUSED, MIN_WHEN_REFUSED, endedAt);
		if (outcome !== 'accepted') return;
		const ms = Math.max(0, endedAt - beganAt);
		const usual = this.usualTimes.get(kind) ?? new UsualTime();
		this.usualTimes.set(kind, usual);
		usual.add(ms);
		if (usual.isSlow(ms)) {
			this.slow += 1;
		} else {
			this.quick += 1;
			this.limit = Math.min(MAX_AT_A_TIME, this.limit + (this.isStarting ? 1 : 1 / this.limit));
		}
		this.judge(endedAt);
	}

	private judge(now: number): void {
		const round = Math.max(MIN_ROUND, this.limit);
		if (this.slow > round / 2) {
			// It is not because of us: this is how quick Instaply now is.
			if (this.limit <= MIN_WHEN_SLOW) this.usualTimes.clear();
			this.cut(CUT_WHEN_SLOW, MIN_WHEN_SLOW, now);
		} else if (this.quick + this.slow >= round) {
			for (const usual of this.usualTimes.values()) usual.learn();
			this.beginRound();
		}
	}

	private cut(factor: number, min: number, now: number): void {
		this.limit = Math.min(this.limit, Math.max(min, this.limit * factor));
		this.isStarting = false;
		this.cutAt = now;
		this.beginRound();
	}

	private beginRound(): void {
		this.quick = 0;
		this.slow = 0;
	}
}
