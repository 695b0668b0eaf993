import { toResult, type Result } from '../common/result';
import { systemClock, type Clock } from './clock';

/** A sleep cannot be ended on n8n 1 and 2.0, so that a long one would outlive the work. */
const SLICE_MS = 1_000;

/**
 * Waits for some work, but not for ever. The work goes on when the wait is over.
 *
 * @returns undefined when it did not end in time
 */
export async function waitAtMost<T>(
	ms: number,
	work: Promise<T>,
	clock: Pick<Clock, 'sleep'> = systemClock,
): Promise<Result<T> | undefined> {
	const end = toResult(async () => await work);
	for (let left = ms; left > 0; left -= SLICE_MS) {
		const result = await Promise.race([end, clock.sleep(Math.min(left, SLICE_MS))]);
		if (typeof result === 'object') return result;
	}
	return undefined;
}
