import { slope } from '../../../bench/slope';

describe('slope', () => {
	it('is that of a line', () => {
		const line = [0, 1, 5, 9].map((x) => ({ x, y: 3 - 2 * x }));
		expect(slope(line)).toBeCloseTo(-2);
	});

	it('is that of the line which comes closest to scattered points', () => {
		const points = [
			{ x: 1, y: 1 },
			{ x: 2, y: 3 },
			{ x: 3, y: 2 },
		];
		expect(slope(points)).toBeCloseTo(0.5);
	});

	it('is not a number for a single point', () => {
		expect(slope([{ x: 1, y: 1 }])).toBeNaN();
	});
});
