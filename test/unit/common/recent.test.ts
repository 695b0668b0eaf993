import { RecentCounts, RecentKeys } from '../../../nodes/Instaply/common/recent';

describe('RecentKeys', () => {
	it('forgets the oldest when there is no room', () => {
		const keys = new RecentKeys(2);
		for (const key of ['a', 'b', 'b', 'c']) keys.add(key);
		expect(['a', 'b', 'c'].map((key) => keys.has(key))).toEqual([false, true, true]);
	});
});

describe('RecentCounts', () => {
	it('counts from 0', () => {
		const counts = new RecentCounts(2);
		counts.set('a', 2);
		expect([counts.get('a'), counts.get('b')]).toEqual([2, 0]);
	});

	it('forgets the least recently set when there is no room', () => {
		const counts = new RecentCounts(2);
		for (const key of ['a', 'b', 'a', 'c']) counts.set(key, 1);
		expect(['a', 'b', 'c'].map((key) => counts.get(key))).toEqual([1, 0, 1]);
	});
});
