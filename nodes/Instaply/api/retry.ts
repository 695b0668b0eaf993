import { sleep } from 'n8n-workflow';

import { InstaplyError, type RetryAdvice } from '../common/InstaplyError';
import { toResult, type Result } from '../common/result';
import { ConcurrencyLimit } from './concurrencyLimit';
import { stopped } from './errors';

const MAX_ATTEMPTS = 4;
const FIRST_DELAY_MS = 300;
const MAX_DELAY_MS = 60_000;
const SLICE_MS = 1_000;

/**
 * The pace at which one run of the node asks Instaply: tries again what may safely be tried again.
 * When Instaply asks to slow down, everything is held back; then one request goes out, and one more
 * at a time with each that gets through.
 */
export class Retry {
	private readonly limit = new ConcurrencyLimit();
	private started = 0;
	private completed = 0;
	private pausedUntil = 0;
	private readonly whenStopped: Promise<void>;

	/** @param signal tells that the user stopped the execution, which ends every wait at once */
	constructor(private readonly signal?: AbortSignal) {
		this.whenStopped = new Promise((resolve) => {
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});
	}

	/** @throws what the last try threw, or `stopped()` */
	async run<T>(attempt: () => Promise<T>): Promise<T> {
		const rank = (this.started += 1);
		let turn = this.limit.acquire(rank);
		for (let triesInVain = 1; ; triesInVain += 1) {
			const gotThroughBefore = this.completed;
			if (turn !== undefined) await Promise.race([turn, this.whenStopped]);
			await this.wait(this.pausedUntil - Date.now());
			const outcome = await toResult(attempt);
			const advice = adviceIn(outcome);
			if (advice === undefined) {
				this.completed += 1;
				this.limit.raise();
				this.limit.release();
				return valueOf(outcome);
			}
			// Being the one too many, while others get through, is no reason to give up.
			if (advice.pausesAll && this.completed > gotThroughBefore) triesInVain = 1;
			const ms = Math.min(advice.afterMs ?? backoffMs(triesInVain), MAX_DELAY_MS);
			if (advice.pausesAll) this.pauseAll(ms);
			if (triesInVain === MAX_ATTEMPTS) {
				this.limit.release();
				return valueOf(outcome);
			}
			if (advice.pausesAll) turn = this.limit.requeue(rank);
			else await this.wait(ms);
		}
	}

	private pauseAll(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + ms);
		this.limit.reset();
	}

	private async wait(ms: number): Promise<void> {
		const end = Date.now() + ms;
		for (let left = ms; left > 0 && !this.signal?.aborted; left = end - Date.now()) {
			// In slices, because n8n's sleep cannot be ended and would outlive a stopped execution.
			await Promise.race([sleep(Math.min(left, SLICE_MS)), this.whenStopped]);
		}
		if (this.signal?.aborted) throw stopped();
	}
}

function valueOf<T>(outcome: Result<T>): T {
	if ('error' in outcome) throw outcome.error;
	return outcome.value;
}

function adviceIn(outcome: Result<unknown>): RetryAdvice | undefined {
	return 'error' in outcome && outcome.error instanceof InstaplyError
		? outcome.error.retry
		: undefined;
}

/** Doubles with each try; the random part keeps many executions from coming back all at once. */
function backoffMs(tries: number): number {
	return FIRST_DELAY_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
}
