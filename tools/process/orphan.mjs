import { isRunning } from './isRunning.cjs';

const INTERVAL_MS = 500;

/** Calls `end` once the process that started this one has ended, in whatever way. */
export function whenOrphaned(end) {
	const parent = process.ppid;
	const timer = setInterval(() => {
		// On Windows, the number of the parent stays when it has ended.
		if (process.ppid === parent && isRunning(parent)) return;
		clearInterval(timer);
		end();
	}, INTERVAL_MS);
	timer.unref();
}
