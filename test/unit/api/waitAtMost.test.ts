import { waitAtMost } from '../../../nodes/Instaply/api/waitAtMost';
import { FakeClock } from '../../support/unit/fakeClock';

const never = new Promise<void>(() => {});

describe('waitAtMost', () => {
	it('gives what the work comes to, as soon as it does', async () => {
		const clock = new FakeClock();
		expect(await waitAtMost(60_000, Promise.resolve('done'), clock)).toEqual({ value: 'done' });
		const error = new Error('Broken');
		expect(await waitAtMost(60_000, Promise.reject(error), clock)).toEqual({ error });
	});

	it('gives up after its time, to the millisecond', async () => {
		const clock = new FakeClock();
		const results: unknown[] = [];
		void waitAtMost(2_500, never, clock).then((result) => results.push(result));
		await clock.advance(2_499);
		expect(results).toEqual([]);
		await clock.advance(1);
		expect(results).toEqual([undefined]);
	});

	it('leaves no long sleep behind', async () => {
		const slept: number[] = [];
		const sleep = async (ms: number) => {
			slept.push(ms);
			await never;
		};
		await waitAtMost(60_000, Promise.resolve(), { sleep });
		expect(slept).toEqual([1_000]);
	});
});
