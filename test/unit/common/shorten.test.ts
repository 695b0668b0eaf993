import { shorten } from '../../../nodes/Instaply/common/shorten';

describe('shorten', () => {
	it.each([
		['abc', 3, 'abc'],
		['', 3, ''],
		['abcd', 3, 'abc…'],
		['ab😀', 4, 'ab😀'],
		// No half of a character.
		['ab😀', 3, 'ab…'],
	])('makes of %j, at most %d long, %j', (text, maxLength, result) => {
		expect(shorten(text, maxLength)).toBe(result);
	});
});
