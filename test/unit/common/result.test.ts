import { toResult } from '../../../nodes/Instaply/common/result';

describe('toResult', () => {
	it('gives the value, at once or later', async () => {
		expect(await toResult(() => 1)).toEqual({ value: 1 });
		expect(await toResult(async () => 1)).toEqual({ value: 1 });
	});

	it('gives what was thrown, at once or later', async () => {
		const error = new Error('Broken');
		const fail = () => {
			throw error;
		};
		expect(await toResult(fail)).toEqual({ error });
		expect(await toResult(async () => fail())).toEqual({ error });
	});
});
