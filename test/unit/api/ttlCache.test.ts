import { TtlCache } from '../../../nodes/Instaply/api/ttlCache';
import { FakeClock } from '../../support/unit/fakeClock';

const MINUTE_MS = 60_000;

let clock: FakeClock;
let cache: TtlCache<string>;
let loads: string[];
const load = async (id: string) => `${id}, load ${loads.push(id)}`;
beforeEach(() => {
	clock = new FakeClock();
	cache = new TtlCache(clock);
	loads = [];
});

describe('TtlCache', () => {
	it('loads by ID', async () => {
		expect(await cache.get('a', load)).toBe('a, load 1');
		expect(await cache.get('b', load)).toBe('b, load 2');
		expect(await cache.get('a', load)).toBe('a, load 1');
	});

	it('shares one load among those that ask meanwhile', async () => {
		const values = await Promise.all(['a', 'a', 'a'].map(async (id) => await cache.get(id, load)));
		expect(values).toEqual(Array(3).fill('a, load 1'));
		expect(loads).toEqual(['a']);
	});

	it('gives the same value until a minute has passed', async () => {
		await cache.get('a', load);
		await clock.advance(MINUTE_MS - 1);
		expect(await cache.get('a', load)).toBe('a, load 1');
	});

	it('loads again when a minute has passed, and caches that for another minute', async () => {
		await cache.get('a', load);
		await clock.advance(MINUTE_MS);
		expect(await cache.get('a', load)).toBe('a, load 2');
		await clock.advance(MINUTE_MS - 1);
		expect(await cache.get('a', load)).toBe('a, load 2');
	});

	it('caches no load that failed', async () => {
		const fail = async () => {
			throw new Error('Not now');
		};
		await expect(cache.get('a', fail)).rejects.toThrow('Not now');
		expect(await cache.get('a', load)).toBe('a, load 1');
	});
});
