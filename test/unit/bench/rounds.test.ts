import { inTurn, ratioOf } from '../../../bench/rounds';

describe('Measuring in turn', () => {
	it('warms up first, and goes backwards every other round', async () => {
		const order: string[] = [];
		const results = await inTurn(['a', 'b'], 2, async (contender, isWarmUp) => {
			order.push(isWarmUp ? `${contender} warms up` : contender);
			return order.length;
		});
		expect(order).toEqual(['a warms up', 'b warms up', 'b', 'a', 'a', 'b']);
		expect(results).toEqual(
			new Map([
				['a', [4, 5]],
				['b', [3, 6]],
			]),
		);
	});

	it('compares what was measured in the same round, so that a slow moment does not decide', () => {
		expect(ratioOf([2, 20, 4], [1, 10, 2])).toBe(2);
		expect(ratioOf([10, 30, 1], [10, 10, 10])).toBe(1);
	});
});
