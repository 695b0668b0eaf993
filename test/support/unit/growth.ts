/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/*
 * How the time that a function takes grows with the length of a text. The function is compared with
 * itself, so that it does not matter how fast the machine is; and a noisy one only ever makes a run
 * longer, so that of several runs the shortest counts.
 */

const KB = 1024;
const LENGTHS = [4, 8, 16, 32, 64, 128, 256, 512, 1024].map((kB) => kB * KB);

/** Time grows with this power of the length at most: 1 is linear, 2 is quadratic. */
const MAX_POWER = 1.75;

/** Shorter times say nothing: a single collection of garbage takes as long. */
const MIN_MS = 5;

/** From here on, two doublings say enough; before that, it takes three. */
const CLEAR_MS = 1_000;

const MAX_RUNS = 10;
const MAX_RUNS_MS = 10_000;

/**
 * Measures on longer and longer texts, and stops as soon as the time grows too fast.
 *
 * @returns what was found, or undefined when time grows with the length and no faster
 */
export async function quadraticGrowth(
	work: (text: string) => unknown,
	textOf: (length: number) => string,
): Promise<string | undefined> {
	const times: number[] = [];
	for (const [step, length] of LENGTHS.entries()) {
		const text = textOf(length);
		const isTooLong = (ms: number) =>
			isFaster(ms, times[step - 3], 8) || (ms > CLEAR_MS && isFaster(ms, times[step - 2], 4));
		let shortest = Infinity;
		let total = 0;
		for (let run = 0; run < MAX_RUNS && total < MAX_RUNS_MS; run += 1) {
			const ms = await cpuTime(async () => await work(text));
			total += ms;
			shortest = Math.min(shortest, ms);
			if (!isTooLong(shortest)) break;
		}
		times.push(shortest);
		if (isTooLong(shortest)) {
			const shown = times.map(
				(ms, index) => `${(LENGTHS[index] ?? 0) / KB} kB: ${ms.toFixed(1)} ms`,
			);
			return `Time grows faster than the text. ${shown.join(', ')}`;
		}
	}
	return undefined;
}

/** Tells whether a time grew faster than it may while the text grew by a factor. */
function isFaster(ms: number, before: number | undefined, factor: number): boolean {
	return before !== undefined && ms > Math.max(before, MIN_MS) * factor ** MAX_POWER;
}

/** Of this process, in milliseconds; while it waits for the processor, none passes. */
async function cpuTime(work: () => Promise<unknown>): Promise<number> {
	const start = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}
