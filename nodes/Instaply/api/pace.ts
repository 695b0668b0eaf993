import { sleep } from 'n8n-workflow';

import { outcomeOf, type Outcome } from '../outcome';
import { InstaplyError, stopped, type RetryAdvice } from './errors';
import { Gate } from './gate';

const MAX_TRIES = 4;
const FIRST_WAIT_MS = 300;
const MAX_WAIT_MS = 60_000;
const SLICE_MS = 1_000;

/**
 * The pace at which one run of the node asks Instaply: tries again what may safely be tried again.
 * When Instaply asks to slow down, everything is held back; then one request goes out, and one more
 * at a time with each that gets through.
 */
export class Pace {
	private readonly gate = new Gate();
	private begun = 0;
	private gotThrough = 0;
	private heldUntil = 0;
	private readonly whenStopped: Promise<void>;

	/** @param signal tells that the user stopped the execution, which ends every wait at once */
	constructor(private readonly signal?: AbortSignal) {
		this.whenStopped = new Promise((resolve) => {
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});
	}

	/** @throws what the last try threw, or `stopped()` */
	async keep<T>(attempt: () => Promise<T>): Promise<T> {
		const rank = (this.begun += 1);
		let turn = this.gate.enter(rank);
		for (let triesInVain = 1; ; triesInVain += 1) {
			const gotThroughBefore = this.gotThrough;
			if (turn !== undefined) await Promise.race([turn, this.whenStopped]);
			await this.wait(this.heldUntil - Date.now());
			const outcome = await outcomeOf(attempt);
			const advice = adviceIn(outcome);
			if (advice === undefined) {
				this.gotThrough += 1;
				this.gate.widen();
				this.gate.leave();
				return valueOf(outcome);
			}
			// Being the one too many, while others get through, is no reason to give up.
			if (advice.holdsAll && this.gotThrough > gotThroughBefore) triesInVain = 1;
			const ms = Math.min(advice.afterMs ?? backoffMs(triesInVain), MAX_WAIT_MS);
			if (advice.holdsAll) this.holdAll(ms);
			if (triesInVain === MAX_TRIES) {
				this.gate.leave();
				return valueOf(outcome);
			}
			if (advice.holdsAll) turn = this.gate.reenter(rank);
			else await this.wait(ms);
		}
	}

	private holdAll(ms: number): void {
		this.heldUntil = Math.max(this.heldUntil, Date.now() + ms);
		this.gate.narrow();
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

function valueOf<T>(outcome: Outcome<T>): T {
	if ('error' in outcome) throw outcome.error;
	return outcome.value;
}

function adviceIn(outcome: Outcome<unknown>): RetryAdvice | undefined {
	return 'error' in outcome && outcome.error instanceof InstaplyError
		? outcome.error.retry
		: undefined;
}

/** Doubles with each try; the random part keeps many executions from coming back all at once. */
function backoffMs(tries: number): number {
	return FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
}
