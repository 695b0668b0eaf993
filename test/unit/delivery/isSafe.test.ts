import { isSafe } from '../../../nodes/Instaply/delivery/isSafe';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('isSafe', () => {
	it.each([
		undefined,
		null,
		'text',
		17,
		{},
		[],
		{ a: [{ b: null }, true] },
		{ 'a.__proto__': 1, Constructor: 1 },
		['__proto__', 'constructor'],
		{ name: '__proto__' },
		nested(30),
	])('is true of %j', (content) => {
		expect(isSafe(content)).toBe(true);
	});

	it.each([
		'{"__proto__":1}',
		'{"a":[1,{"__proto__":{}}]}',
		'{"constructor":{"prototype":{}}}',
		'{"a":{"prototype":null}}',
	])('is false of %s', (json) => {
		expect(isSafe(JSON.parse(json))).toBe(false);
	});

	it('is false of what is nested too deep', () => {
		expect(isSafe(nested(34))).toBe(false);
	});
});
