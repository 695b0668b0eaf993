import { retryAfterMs } from '../../../nodes/Instaply/api/retryAfter';

/** HTTP dates have no milliseconds. */
const NOW = 1_700_000_000_000;

describe('retryAfterMs', () => {
	it.each([
		['7', 7000],
		['0', undefined],
		['0.5', 500],
		['-3', undefined],
		[new Date(0).toUTCString(), undefined],
		[new Date(NOW).toUTCString(), undefined],
		[new Date(NOW + 3_600_000).toUTCString(), 3_600_000],
		['soon', undefined],
		['Infinity', undefined],
		['-Infinity', undefined],
		['1e999', undefined],
		['', undefined],
		[' ', undefined],
		[undefined, undefined],
		[['7'], undefined],
	])('reads %j', (header, ms) => {
		expect(retryAfterMs({ 'retry-after': header }, NOW)).toBe(ms);
	});

	it('counts from what the clock of the server says, when that is another one than ours', () => {
		const date = new Date(NOW - 5 * 60_000).toUTCString();
		const headers = { date, 'retry-after': new Date(NOW - 5 * 60_000 + 7_000).toUTCString() };
		expect(retryAfterMs(headers, NOW)).toBe(7_000);
		expect(retryAfterMs({ ...headers, date: 'today' }, NOW)).toBeUndefined();
	});
});
