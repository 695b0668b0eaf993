import { sleep } from 'n8n-workflow';

import { outcomeOf } from '../outcome';
import { InstaplyError, stopped } from './errors';

const MAX_TRIES = 4;
const FIRST_WAIT_MS = 300;
const MAX_WAIT_MS = 60_000;
const SLICE_MS = 1_000;

/**
 * The pace at which one run of the node asks Instaply: tries again what may safely be tried again,
 * and holds everything back when Instaply asks to slow down.
 */
export class Pace {
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
		for (let tries = 1; ; tries += 1) {
			await this.wait(this.heldUntil - Date.now());
			const outcome = await outcomeOf(attempt);
			if ('value' in outcome) return outcome.value;
			const { error } = outcome;
			const advice = error instanceof InstaplyError ? error.retry : undefined;
			if (advice === undefined || tries === MAX_TRIES) throw error;
			const ms = Math.min(advice.afterMs ?? backoffMs(tries), MAX_WAIT_MS);
			if (advice.holdsAll) this.heldUntil = Math.max(this.heldUntil, Date.now() + ms);
			else await this.wait(ms);
		}
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

/** Doubles with each try; the random part keeps many executions from coming back all at once. */
function backoffMs(tries: number): number {
	return FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
}
