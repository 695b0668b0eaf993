import { Retry } from '../../../nodes/Instaply/api/retry';
import { InstaplyError, type RetryAdvice } from '../../../nodes/Instaply/common/InstaplyError';
import { FakeClock } from '../../support/unit/fakeClock';

const HOUR_MS = 3_600_000;

let clock: FakeClock;
let retry: Retry;
beforeEach(() => {
	clock = new FakeClock();
	retry = new Retry(undefined, undefined, clock);
});

const refusal = (advice?: RetryAdvice) =>
	new InstaplyError('Refused', { description: 'Wait.', retry: advice });
const busy = refusal({});
const tooMany = (afterMs?: number) => refusal({ afterMs, pausesAll: true });

/** A request whose attempts come out one after the other as given, and then well. */
class FakeRequest {
	/** When its attempts were made, in milliseconds since the first of all. */
	readonly attempts: number[] = [];
	readonly result: Promise<unknown>;

	constructor(...errors: Error[]) {
		const start = clock.now();
		this.result = retry
			.run(async () => {
				this.attempts.push(clock.now() - start);
				const error = errors.shift();
				if (error !== undefined) throw error;
				return 'done';
			})
			.catch((error: unknown) => error);
	}
}

/** Runs one request to its end. */
async function ended(...errors: Error[]) {
	const request = new FakeRequest(...errors);
	await clock.advance(HOUR_MS);
	return { attempts: request.attempts, result: await request.result };
}

describe('An attempt', () => {
	it('that succeeds is the last', async () => {
		expect(await ended()).toEqual({ attempts: [0], result: 'done' });
	});

	it.each([
		['is not to be retried', refusal()],
		['is no InstaplyError', new Error('Broken')],
	])('is the last when its error %s', async (_, error) => {
		expect(await ended(error)).toEqual({ attempts: [0], result: error });
	});

	it.each([
		['this request', busy],
		['all requests', tooMany()],
	])(
		'is made four times at most, each delay twice as long, when the error concerns %s',
		async (_, error) => {
			const { attempts, result } = await ended(...Array<Error>(4).fill(error));
			expect(attempts).toEqual([0, 300, 900, 2100]);
			expect(result).toBe(error);
		},
	);

	it('may succeed the fourth time', async () => {
		expect(await ended(busy, busy, busy)).toMatchObject({ result: 'done' });
	});

	it('follows after half the delay at least, by chance', async () => {
		clock.chance = 0;
		expect((await ended(busy, busy, busy)).attempts).toEqual([0, 150, 450, 1050]);
	});

	it.each([
		['this request', {}],
		['all requests', { pausesAll: true }],
	])('follows when Instaply says, when it concerns %s', async (_, advice) => {
		const errors = [7_000, 0, 1].map((afterMs) => refusal({ ...advice, afterMs }));
		expect((await ended(...errors)).attempts).toEqual([0, 7_000, 7_000, 7_001]);
	});

	it('follows after a minute at the latest', async () => {
		const anHour = refusal({ afterMs: HOUR_MS });
		expect((await ended(anHour, tooMany(HOUR_MS))).attempts).toEqual([0, 60_000, 120_000]);
	});
});

describe('An error that concerns one request', () => {
	it('holds back no other', async () => {
		const held = new FakeRequest(refusal({ afterMs: 10_000 }));
		const free = new FakeRequest();
		await clock.advance(0);
		const late = new FakeRequest();
		await clock.advance(0);
		expect([held, free, late].map(({ attempts }) => attempts)).toEqual([[0], [0], [0]]);
	});

	it('counts although others succeed meanwhile', async () => {
		let attempts = 0;
		const result = retry.run(async () => {
			attempts += 1;
			await clock.sleep(10_000);
			throw busy;
		});
		const refused = expect(result).rejects.toBe(busy);
		for (let second = 0; second < 60; second += 1) {
			await clock.advance(1_000);
			new FakeRequest();
		}
		await refused;
		expect(attempts).toBe(4);
	});
});

describe('When Instaply asks to slow down', () => {
	it('everything pauses, what begins meanwhile, too', async () => {
		const first = new FakeRequest(tooMany(5_000));
		await clock.advance(1_000);
		const second = new FakeRequest();
		await clock.advance(3_999);
		expect(second.attempts).toEqual([]);
		await clock.advance(1);
		expect([first.attempts, second.attempts]).toEqual([[0, 5_000], [4_000]]);
	});

	it.each([
		[5_000, 1_000],
		[1_000, 5_000],
	])('the longest pause counts, of %d and %d ms', async (...pauses) => {
		const requests = pauses.map((ms) => new FakeRequest(tooMany(ms)));
		await clock.advance(HOUR_MS);
		expect(requests.map(({ attempts }) => attempts[1])).toEqual([5_000, 5_000]);
	});

	it('a pause that becomes longer holds back what waits for its end', async () => {
		let second = 0;
		void retry.run(async () => {
			if ((second += 1) > 1) return;
			await clock.sleep(800);
			throw tooMany(5_000);
		});
		const waiting = new FakeRequest(tooMany(1_000));
		await clock.advance(HOUR_MS);
		expect(waiting.attempts).toEqual([0, 5_800]);
	});

	it.each<[string, number | undefined, number[][]]>([
		[
			'one request goes out, and one more with each that gets through',
			undefined,
			[[1], [2, 3], [4, 5, 6]],
		],
		['as many go out as before where it says when', 300, [[1, 2, 3, 4, 5, 6], [], []]],
	])('%s, in their order', async (_, afterMs, expected) => {
		const underWay: Array<{ name: number; end: () => void }> = [];
		const refused = new Set<number>();
		const names = [1, 2, 3, 4, 5, 6];
		for (const name of names) {
			void retry.run(async () => {
				if (!refused.has(name)) {
					refused.add(name);
					throw tooMany(afterMs);
				}
				await new Promise<void>((end) => underWay.push({ name, end }));
			});
		}
		const rounds: number[][] = [];
		for (let round = 0; round < 3; round += 1) {
			await clock.advance(1_000);
			const current = underWay.splice(0);
			rounds.push(current.map(({ name }) => name));
			for (const { end } of current) end();
		}
		expect(rounds).toEqual(expected);
	});

	it('a refusal that is final is getting through, too', async () => {
		const first = new FakeRequest(tooMany(1_000), refusal());
		const others = [1, 2].map(() => new FakeRequest(tooMany(1_000)));
		await clock.advance(1_000);
		expect(first.attempts).toHaveLength(2);
		expect(others.map(({ attempts }) => attempts)).toEqual([
			[0, 1_000],
			[0, 1_000],
		]);
	});

	it('what was refused goes out before what had not yet begun', async () => {
		const finished: string[] = [];
		const errors = [tooMany(1_000)];
		const run = async (name: string) => {
			await retry.run(async () => {
				const error = errors.shift();
				if (error !== undefined) throw error;
			});
			finished.push(name);
		};
		const runs = [run('refused')];
		await clock.advance(0);
		runs.push(run('later'));
		await clock.advance(HOUR_MS);
		await Promise.all(runs);
		expect(finished).toEqual(['refused', 'later']);
	});

	it('attempts are counted from one again while other requests succeed', async () => {
		new FakeRequest(tooMany());
		const unlucky = new FakeRequest(...Array.from({ length: 7 }, () => tooMany()));
		await clock.advance(0);
		// One of these succeeds beside each further attempt of the unlucky one.
		const others = Array.from({ length: 7 }, () => new FakeRequest());
		await clock.advance(HOUR_MS);
		expect(others.map(({ attempts }) => attempts.length)).toEqual(Array(7).fill(1));
		expect(unlucky.attempts).toHaveLength(8);
		expect(await unlucky.result).toBe('done');
	});

	it.each([
		[1, 8],
		[5, 20],
	])('nothing is lost while Instaply takes %d requests a second, of %d', async (allowed, count) => {
		const taken = new Map<number, number>();
		const request = async () => {
			await clock.sleep(10);
			const second = Math.floor(clock.now() / 1_000);
			const number = (taken.get(second) ?? 0) + 1;
			taken.set(second, number);
			if (number > allowed) throw tooMany(1_000);
			return 'done';
		};
		const results = Array.from({ length: count }, async () => [
			await retry.run(request),
			await retry.run(request),
			await retry.run(request),
		]);
		await clock.advance(HOUR_MS);
		expect(await Promise.all(results)).toEqual(Array(count).fill(['done', 'done', 'done']));
	});

	it('a request that is given up makes room for the next', async () => {
		const hopeless = new FakeRequest(...Array.from({ length: 4 }, () => tooMany()));
		const next = new FakeRequest(tooMany());
		await clock.advance(HOUR_MS);
		expect(await hopeless.result).toMatchObject({ message: 'Refused' });
		expect(await next.result).toBe('done');
	});
});

describe('When the user stops the execution', () => {
	const stopped = { message: 'The execution was stopped' };
	let user: AbortController;
	beforeEach(() => {
		user = new AbortController();
		retry = new Retry(user.signal, undefined, clock);
	});

	it.each([
		['one request', busy],
		['all requests', tooMany(30_000)],
	])('a pause of %s ends at once', async (_, error) => {
		const request = new FakeRequest(error);
		await clock.advance(100);
		user.abort();
		expect(await request.result).toMatchObject(stopped);
		expect(request.attempts).toEqual([0]);
	});

	it('waiting in line ends at once', async () => {
		const requests = [1, 2, 3].map(() => new FakeRequest(tooMany(30_000)));
		await clock.advance(100);
		user.abort();
		for (const { result } of requests) expect(await result).toMatchObject(stopped);
		expect(requests.map(({ attempts }) => attempts)).toEqual([[0], [0], [0]]);
	});

	it('nothing more begins', async () => {
		user.abort();
		expect(await ended()).toMatchObject({ attempts: [], result: stopped });
	});

	it('no timer of a long pause is left', async () => {
		const sleep = jest.spyOn(clock, 'sleep');
		new FakeRequest(refusal({ afterMs: 30_000 }));
		await clock.advance(30_000);
		expect(Math.max(...sleep.mock.calls.map(([ms]) => ms))).toBe(1_000);
		expect(sleep).toHaveBeenCalledTimes(30);
	});
});
