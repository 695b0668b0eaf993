import { InstaplyError, isOutcomeUnknown, type RetryAdvice } from '../common/InstaplyError';
import { toResult, type Result } from '../common/result';
import type { Attempt } from './adaptiveLimit';
import { systemClock, type Clock } from './clock';
import { ConcurrencyLimit } from './concurrencyLimit';
import { stopped } from './errors';
import { waitAtMost } from './waitAtMost';

/** The first attempt included. */
const MAX_ATTEMPTS = 4;
const FIRST_DELAY_MS = 300;
/** Also caps what Instaply asks for with `Retry-After`. */
const MAX_DELAY_MS = 60_000;

/**
 * The retry policy for all requests of one run of the node. Which errors may be retried is decided
 * in errors.ts.
 *
 * When Instaply asks to slow down, everything pauses. Where it has said until when, as many requests
 * go out then as were under way. Otherwise it is one at a time, and one more with each that gets
 * through.
 */
export class Retry {
	private readonly limit = new ConcurrencyLimit();
	private started = 0;
	private completed = 0;
	private pausedUntil = 0;
	private readonly whenStopped: Promise<void>;

	/**
	 * @param signal the user stopped the execution, which ends every wait at once
	 * @param note called with each attempt when it has ended
	 */
	constructor(
		private readonly signal?: AbortSignal,
		private readonly note: (attempt: Attempt) => void = () => {},
		private readonly clock: Clock = systemClock,
	) {
		this.whenStopped = new Promise((resolve) => {
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});
	}

	/**
	 * @param kind those of one kind usually take the same time
	 * @throws what the last attempt threw, or `stopped()`
	 */
	async run<T>(request: () => Promise<T>, kind = ''): Promise<T> {
		const order = (this.started += 1);
		let admission = this.limit.acquire(order);
		for (let attempts = 1; ; attempts += 1) {
			const completedBefore = this.completed;
			if (admission !== undefined) await Promise.race([admission, this.whenStopped]);
			await this.waitForPause();
			const beganAt = this.clock.now();
			const result = await toResult(request);
			const advice = adviceIn(result);
			this.note({ kind, beganAt, endedAt: this.clock.now(), outcome: outcomeOf(result) });
			if (advice === undefined) {
				this.completed += 1;
				this.limit.raise();
				this.limit.release();
				return valueOf(result);
			}
			// Start counting again while other requests succeed.
			if (advice.pausesAll && this.completed > completedBefore) attempts = 1;
			const delayMs = Math.min(advice.afterMs ?? this.backoffMs(attempts), MAX_DELAY_MS);
			if (advice.pausesAll) this.pauseAll(delayMs, advice.afterMs !== undefined);
			if (attempts === MAX_ATTEMPTS) {
				this.limit.release();
				return valueOf(result);
			}
			if (advice.pausesAll) admission = this.limit.requeue(order);
			else await this.wait(delayMs);
		}
	}

	private pauseAll(ms: number, isTold: boolean): void {
		const now = this.clock.now();
		if (!isTold) this.limit.setToOne();
		else if (now >= this.pausedUntil) this.limit.setToActive();
		this.pausedUntil = Math.max(this.pausedUntil, now + ms);
	}

	/** Another request may make the pause longer meanwhile. */
	private async waitForPause(): Promise<void> {
		do await this.wait(this.pausedUntil - this.clock.now());
		while (this.pausedUntil > this.clock.now());
	}

	/** Doubles with each attempt. The random part keeps many executions from returning together. */
	private backoffMs(attempts: number): number {
		return FIRST_DELAY_MS * 2 ** (attempts - 1) * (0.5 + this.clock.random() / 2);
	}

	private async wait(ms: number): Promise<void> {
		if (!this.signal?.aborted) await waitAtMost(ms, this.whenStopped, this.clock);
		if (this.signal?.aborted) throw stopped();
	}
}

function valueOf<T>(result: Result<T>): T {
	if ('error' in result) throw result.error;
	return result.value;
}

function outcomeOf(result: Result<unknown>): Attempt['outcome'] {
	if ('value' in result) return 'accepted';
	// An unknown outcome is a response that did not come in time, or was none of Instaply's.
	const isRefused = adviceIn(result) !== undefined || isOutcomeUnknown(result.error);
	return isRefused ? 'refused' : 'declined';
}

function adviceIn(result: Result<unknown>): RetryAdvice | undefined {
	return 'error' in result && result.error instanceof InstaplyError
		? result.error.retry
		: undefined;
}
