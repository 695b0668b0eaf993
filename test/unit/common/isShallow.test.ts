import { isShallow } from '../../../nodes/Instaply/common/isShallow';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('isShallow', () => {
	it.each([undefined, null, 'text', 17, {}, [], { a: [{ b: null }, true] }, nested(32)])(
		'is true of %j',
		(content) => {
			expect(isShallow(content)).toBe(true);
		},
	);

	it.each([33, 1_000, 1_000_000])(
		'is false of %d levels, without exhausting the stack',
		(depth) => {
			expect(isShallow(nested(depth))).toBe(false);
			expect(isShallow({ a: { b: [nested(depth)] } })).toBe(false);
		},
	);

	it('is false when an object or list in it is not accepted', () => {
		const isNoList = (container: object) => !Array.isArray(container);
		expect(isShallow({ a: { b: {} } }, isNoList)).toBe(true);
		expect(isShallow({ a: { b: [] } }, isNoList)).toBe(false);
	});
});
