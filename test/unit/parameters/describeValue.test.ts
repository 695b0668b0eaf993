import { describeValue } from '../../../nodes/Instaply/parameters/describeValue';

describe('A value is described', () => {
	it.each([
		['opne', 'It is “opne”.'],
		['  two\n lines\t', 'It is “two lines”.'],
		['12\u200b34\u202e', 'It is “12 34”.'],
		['<b>bold</b>', 'It is “‹b›bold‹/b›”.'],
		['\ud800a', 'It is “a”.'],
		['a'.repeat(50), `It is “${'a'.repeat(50)}”.`],
		['😀'.repeat(51), `It begins with “${'😀'.repeat(50)}…”.`],
		['', 'It is empty.'],
		[' \u200b', 'It is empty.'],
		[null, 'It is empty.'],
		[undefined, 'It is empty.'],
		[1.5, 'It is 1.5.'],
		[-Infinity, 'It is -Infinity.'],
		[NaN, 'It is no number.'],
		[true, 'It is true.'],
		[[], 'It is a list.'],
		[[1], 'It is a list.'],
		[{ a: 'secret' }, 'It is an object.'],
		[new Date(0), 'It is a date.'],
		[Symbol('a'), 'It is neither a text nor a number.'],
		[() => 'a', 'It is neither a text nor a number.'],
		[1n, 'It is neither a text nor a number.'],
	])('%p: %s', (value, description) => {
		expect(describeValue(value)).toBe(description);
	});

	it('in one short line, however long it is', () => {
		for (const text of ['a', ' ', '<', '\n', '\u200b', '😀']) {
			const description = describeValue(text.repeat(1_000_000));
			expect(description.length).toBeLessThan(150);
			expect(description).not.toContain('\n');
		}
	});
});
