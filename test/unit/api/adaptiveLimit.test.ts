import { AdaptiveLimit, MAX_AT_A_TIME } from '../../../nodes/Instaply/api/adaptiveLimit';
import { Retry } from '../../../nodes/Instaply/api/retry';
import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import { runInLanes } from '../../../nodes/Instaply/common/lanes';
import { FakeClock } from '../../support/unit/fakeClock';
import { random } from '../../support/unit/random';

const HOUR_MS = 3_600_000;

let clock: FakeClock;
beforeEach(() => {
	clock = new FakeClock();
});

/** What Instaply does with a request; throws when it refuses. */
type Service = () => Promise<void>;

const quick =
	(ms: number): Service =>
	async () =>
		await clock.sleep(ms);

/** Works on some requests at a time, the others stand in line. */
function busy(atATime: number, ms: number): Service {
	let freeAt = Array.from({ length: atATime }, () => clock.now());
	return async () => {
		const [first = 0, ...others] = freeAt.sort((one, other) => one - other);
		const endsAt = Math.max(first, clock.now()) + ms;
		freeAt = [...others, endsAt];
		await clock.sleep(endsAt - clock.now());
	};
}

/** Allows so many requests in each second, and says when the next one begins. */
function limited(perSecond: number, ms: number): Service {
	const taken = new Map<number, number>();
	return async () => {
		const second = Math.floor(clock.now() / 1_000);
		const number = (taken.get(second) ?? 0) + 1;
		taken.set(second, number);
		await clock.sleep(ms);
		if (number <= perSecond) return;
		throw new InstaplyError('Too many', {
			description: '',
			retry: { afterMs: 1_000, pausesAll: true },
		});
	};
}

/** Times that differ by chance, most of them little, a few much: half are below the median. */
function byChance(medianMs: number, sigma: number): number[] {
	const next = random(1);
	const uniform = () => (next(10_000) + 1) / 10_001;
	return Array.from({ length: 4_000 }, () => {
		const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
		return medianMs * Math.exp(sigma * normal);
	});
}

/** Each request takes the next of these times. */
function taking(times: readonly number[]): Service {
	let next = 0;
	return async () => await clock.sleep(times[next++ % times.length] ?? 0);
}

/** Sends items of some threads, and tells how it went. */
function send(
	service: Service,
	{ items, threads, lookUp }: { items: number; threads: number; lookUp?: Service },
) {
	const limit = new AdaptiveLimit();
	const retry = new Retry(undefined, (attempt) => limit.note(attempt), clock);
	const began = clock.now();
	const sent: Array<{ thread: number; item: number; at: number }> = [];
	const lost: unknown[] = [];
	let underWay = 0;
	const most = { underWay: 0, limit: 0 };
	const tasks = Array.from({ length: items }, (_, item) => ({
		lane: String(item % threads),
		run: async () => {
			underWay += 1;
			most.underWay = Math.max(most.underWay, underWay);
			most.limit = Math.max(most.limit, limit.current);
			if (lookUp !== undefined) await retry.run(lookUp, 'none');
			await retry.run(service, 'message').then(
				() => sent.push({ thread: item % threads, item, at: clock.now() - began }),
				(error: unknown) => lost.push(error),
			);
			underWay -= 1;
		},
	}));
	const end = runInLanes(tasks, limit, () => false);
	return { end, sent, lost, most, limit, ms: () => sent.at(-1)?.at ?? Infinity };
}

async function sent(service: Service, size: Parameters<typeof send>[1]) {
	const run = send(service, size);
	await clock.advance(HOUR_MS);
	await run.end;
	expect(run.lost).toEqual([]);
	expect(run.sent).toHaveLength(size.items);
	return run;
}

describe('Without a number set, the node', () => {
	it.each([50, 200, 1_000])(
		'is little slower than the longest thread allows when Instaply takes %d ms, however many come',
		async (ms) => {
			const { ms: took } = await sent(quick(ms), { items: 500, threads: 50 });
			expect(took() / (10 * ms)).toBeLessThanOrEqual(1.3);
		},
	);

	it('has no more than a maximum under way', async () => {
		const { most } = await sent(quick(100), { items: 2_000, threads: 400 });
		expect(most).toEqual({ underWay: MAX_AT_A_TIME, limit: MAX_AT_A_TIME });
	});

	it('begins modestly', async () => {
		const { most } = send(quick(100), { items: 500, threads: 500 });
		await clock.advance(99);
		expect(most.underWay).toBe(16);
	});

	it('has few requests stand in line at an Instaply that works on eight at a time', async () => {
		const { most, ms } = await sent(busy(8, 100), { items: 1_000, threads: 100 });
		expect(most.underWay).toBeLessThanOrEqual(40);
		expect(ms() / ((1_000 / 8) * 100)).toBeLessThanOrEqual(1.1);
	});

	it('takes less when Instaply slows down, and more when it is quick again', async () => {
		let ms = 50;
		const run = send(async () => await clock.sleep(ms), { items: 30_000, threads: 100 });
		await clock.advance(5_000);
		expect(run.limit.current).toBe(MAX_AT_A_TIME);
		ms = 400;
		await clock.advance(3_000);
		expect(run.limit.current).toBeLessThanOrEqual(25);
		ms = 50;
		await clock.advance(10_000);
		expect(run.limit.current).toBeGreaterThan(75);
	});

	it('gets used to an Instaply that stays slow', async () => {
		let ms = 50;
		const run = send(async () => await clock.sleep(ms), { items: 30_000, threads: 100 });
		await clock.advance(1_000);
		ms = 400;
		await clock.advance(60_000);
		expect(run.limit.current).toBeGreaterThan(50);
	});

	it.each<[string, () => { service: Service; lookUp?: Service }]>([
		['that differ a little', () => ({ service: taking(byChance(150, 0.2)) })],
		['that differ', () => ({ service: taking(byChance(150, 0.5)) })],
		['that are long and differ', () => ({ service: taking(byChance(1_000, 0.5)) })],
		[
			'of which one in fifty is quick',
			() => ({ service: taking(Array.from({ length: 50 }, (_, index) => (index ? 200 : 10))) }),
		],
		['with a look-up that is quicker', () => ({ service: quick(300), lookUp: quick(50) })],
		[
			'with a look-up that is quicker, and both differ',
			() => ({
				service: taking(byChance(200, 0.35)),
				lookUp: taking(byChance(30, 0.35)),
			}),
		],
	])('has many under way when Instaply responds in times %s', async (_, how) => {
		const { service, lookUp } = how();
		const run = send(service, { items: 4_000, threads: 2_000, lookUp });
		while (run.sent.length < 3_900) await clock.advance(1_000);
		expect(run.limit.current).toBeGreaterThan(60);
	});

	it('does not take refused values, which are quick, for how quick Instaply is', async () => {
		let count = 0;
		const service = async () => {
			const isRefused = (count += 1) % 2 === 0;
			await clock.sleep(isRefused ? 10 : 200);
			if (isRefused) throw new InstaplyError('No such thread', { description: '' });
		};
		const run = send(service, { items: 4_000, threads: 2_000 });
		while (run.sent.length < 1_900) await clock.advance(1_000);
		expect(run.limit.current).toBeGreaterThan(60);
	});

	it('takes less when Instaply does not respond in time', async () => {
		let responds = true;
		const service = async () => {
			await clock.sleep(responds ? 50 : 30_000);
			if (responds) return;
			throw new InstaplyError('No response', { description: '', isOutcomeUnknown: true });
		};
		const run = send(service, { items: 30_000, threads: 100 });
		await clock.advance(5_000);
		responds = false;
		await clock.advance(65_000);
		expect(run.limit.current).toBeLessThanOrEqual(25);
		responds = true;
	});

	it('does not mind one slow response among quick ones', async () => {
		const run = send(quick(50), { items: 30_000, threads: 100 });
		await clock.advance(5_000);
		const now = clock.now();
		run.limit.note({ kind: 'message', beganAt: now, endedAt: now + 5_000, outcome: 'accepted' });
		expect(run.limit.current).toBe(MAX_AT_A_TIME);
	});

	it('is not led astray by a clock that jumps back', async () => {
		const run = send(quick(50), { items: 30_000, threads: 100 });
		await clock.advance(5_000);
		const now = clock.now();
		run.limit.note({
			kind: 'message',
			beganAt: now,
			endedAt: now - HOUR_MS,
			outcome: 'accepted',
		});
		await clock.advance(10_000);
		expect(run.limit.current).toBeGreaterThan(75);
	});

	it.each([
		[10, 0],
		[10, 50],
		[10, 200],
		[3, 200],
	])(
		'loses nothing, and little time, when Instaply allows %d requests a second and takes %d ms',
		async (perSecond, ms) => {
			const { ms: took } = await sent(limited(perSecond, ms), { items: 500, threads: 50 });
			expect(took() / ((500 / perSecond) * 1_000)).toBeLessThanOrEqual(1.3);
		},
	);

	it('keeps the order within each thread', async () => {
		const { sent: all } = await sent(limited(50, 20), { items: 500, threads: 7 });
		for (let thread = 0; thread < 7; thread += 1) {
			const own = all.filter((one) => one.thread === thread).map(({ item }) => item);
			expect(own).toEqual([...own].sort((one, other) => one - other));
		}
	});

	it.each([
		['works on eight at a time', () => busy(8, 100)],
		['allows ten a second', () => limited(10, 50)],
	])('shares an Instaply that %s with another execution', async (_, service) => {
		const shared = service();
		const runs = [0, 1].map(() => send(shared, { items: 400, threads: 50 }));
		while (runs.every(({ sent: own }) => own.length < 400)) await clock.advance(1_000);
		const least = Math.min(...runs.map(({ sent: own }) => own.length));
		expect(least).toBeGreaterThan(100);
		await clock.advance(HOUR_MS);
		await Promise.all(runs.map(async ({ end }) => await end));
		expect(runs.flatMap(({ lost }) => lost)).toEqual([]);
	});
});
