import { RecentKeys, RecentValues } from '../../../nodes/Instaply/common/recent';

describe('RecentKeys', () => {
	it('forgets the oldest when there is no room', () => {
		const keys = new RecentKeys(2);
		for (const key of ['a', 'b', 'b', 'c']) keys.add(key);
		expect(['a', 'b', 'c'].map((key) => keys.has(key))).toEqual([false, true, true]);
	});
});

describe('RecentValues', () => {
	it('knows what was set last, until it is deleted', () => {
		const values = new RecentValues<number>(2);
		values.set('a', 1);
		values.set('a', 2);
		expect([values.get('a'), values.get('b')]).toEqual([2, undefined]);
		values.delete('a');
		expect(values.get('a')).toBeUndefined();
	});

	it('forgets the least recently set when there is no room', () => {
		const values = new RecentValues<number>(2);
		for (const key of ['a', 'b', 'a', 'c']) values.set(key, 1);
		expect(['a', 'b', 'c'].map((key) => values.get(key))).toEqual([1, undefined, 1]);
	});
});
