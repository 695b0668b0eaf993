/** The value in the middle, which one slow run does not move; not a number when there is none. */
export function median(values: readonly number[]): number {
	return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
