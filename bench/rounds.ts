import { median } from './median';

/**
 * Measures contenders in turn, several rounds, so that a slow moment of the machine hits all; every
 * other round backwards, because who comes later finds an older process. A round before them warms up
 * and does not count.
 */
export async function inTurn<C, R>(
	contenders: readonly C[],
	rounds: number,
	measure: (contender: C, isWarmUp: boolean) => Promise<R>,
): Promise<Map<C, R[]>> {
	const results = new Map<C, R[]>(contenders.map((contender) => [contender, []]));
	for (let round = 0; round <= rounds; round += 1) {
		const order = round % 2 === 0 ? contenders : [...contenders].reverse();
		for (const contender of order) {
			const result = await measure(contender, round === 0);
			if (round > 0) results.get(contender)?.push(result);
		}
	}
	return results;
}

/** What a contender has in the measure of another: the median of the ratios of each round. */
export function ratioOf(ours: readonly number[], others: readonly number[]): number {
	return rounded(median(ours.map((value, round) => value / (others[round] ?? Number.NaN))));
}

export function rounded(value: number, digits = 2): number {
	return Number(value.toFixed(digits));
}
