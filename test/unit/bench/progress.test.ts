import { progressWhenFirstEnded } from '../../../bench/progress';

describe('How far the slower one was when the quicker one ended', () => {
	it.each([
		[
			'all',
			1,
			[
				[1, 2, 3],
				[3, 2, 1],
			],
		],
		[
			'half of it',
			0.5,
			[
				[2, 1],
				[1, 3],
			],
		],
		[
			'nothing',
			0,
			[
				[1, 2],
				[3, 4],
			],
		],
		[
			'that of the slowest of three',
			0.25,
			[
				[1, 2],
				[1, 2, 3],
				[2, 3, 4, 5],
			],
		],
	])('is %s', (_, progress, moments) => {
		expect(progressWhenFirstEnded(moments)).toBe(progress);
	});
});
