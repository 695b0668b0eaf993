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

	it.each([34, 1_000, 1_000_000])(
		'is false of %d levels, without exhausting the stack',
		(depth) => {
			expect(isSafe(nested(depth))).toBe(false);
			expect(isSafe({ a: { b: [nested(depth)] } })).toBe(false);
		},
	);
});
