import { isJsonObject, parseJson } from '../../../nodes/Instaply/common/json';

describe('parseJson', () => {
	it.each([
		['{"a":[1]}', { a: [1] }],
		['null', null],
		['"text"', 'text'],
	])('reads %s', (text, content) => {
		expect(parseJson(text)).toEqual(content);
	});

	it.each(['', 'text', '<html>', '{"a":'])('refuses %j', (text) => {
		expect(parseJson(text)).toBeUndefined();
	});
});

describe('isJsonObject', () => {
	it.each([{}, { a: 1 }])('is true of %j', (value) => {
		expect(isJsonObject(value)).toBe(true);
	});

	it.each([[[]], [null], [undefined], ['a'], [1]])('is false of %j', (value) => {
		expect(isJsonObject(value)).toBe(false);
	});
});
