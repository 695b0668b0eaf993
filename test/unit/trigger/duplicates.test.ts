import { acceptOnce } from '../../../nodes/Instaply/trigger/duplicates';

describe('acceptOnce', () => {
	it('accepts a key once', () => {
		expect(['a', 'b', 'a', 'b', 'a'].map(acceptOnce)).toEqual([true, true, false, false, false]);
	});

	it('remembers ten thousand and forgets the oldest first', () => {
		const keys = Array.from({ length: 10_000 }, (_, index) => `key ${index}`);
		expect(acceptOnce('oldest')).toBe(true);
		expect(keys.every(acceptOnce)).toBe(true);
		expect(keys.some(acceptOnce)).toBe(false);
		expect(acceptOnce('oldest')).toBe(true);
		expect(acceptOnce('key 0')).toBe(true);
		expect(acceptOnce('key 9999')).toBe(false);
	});
});
