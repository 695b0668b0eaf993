/**
 * How much of its work the slowest of several had done when the first one ended: 1 when they ended
 * together.
 *
 * @param moments when each piece of work was done, for each of those at work
 */
export function progressWhenFirstEnded(moments: ReadonlyArray<readonly number[]>): number {
	const firstEnd = Math.min(...moments.map((own) => Math.max(...own)));
	return Math.min(
		...moments.map((own) => own.filter((moment) => moment <= firstEnd).length / own.length),
	);
}
