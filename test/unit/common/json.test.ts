import { isJsonObject, mayBeRounded, parseJson } from '../../../nodes/Instaply/common/json';

describe('parseJson', () => {
	it.each([
		['{"a":[1]}', { a: [1] }],
		['null', null],
		['"text"', 'text'],
	])('reads %s', (text, content) => {
		expect(parseJson(text)).toEqual(content);
	});

	it.each([
		['9007199254740991', 9007199254740991],
		['-9007199254740991', -9007199254740991],
		['9007199254740992', '9007199254740992'],
		['-9007199254740993', '-9007199254740993'],
		[
			'{"id":9007199254740993,"n":[1, 12345678901234567890 ]}',
			{ id: '9007199254740993', n: [1, '12345678901234567890'] },
		],
		[' [ 9007199254740993\t,9007199254740993 ] ', ['9007199254740993', '9007199254740993']],
		['9'.repeat(40), '9'.repeat(40)],
	])('keeps all digits of an integer: %s', (text, content) => {
		expect(parseJson(text)).toEqual(content);
	});

	it.each([
		'0.12345678901234567',
		'12345678901234567.5',
		'9007199254740993e0',
		'1E-1234567890123456',
		'-12345678901234567e+2',
	])('reads %s as any number, as it is no integer', (text) => {
		expect(parseJson(`[${text}]`)).toEqual([Number(text)]);
	});

	it.each([
		'9007199254740993',
		' : 9007199254740993, ',
		'"9007199254740993"',
		'\\" 9007199254740993',
		'\\',
		'\\\\" : 9007199254740993 \\',
		'] } 9007199254740993 { [',
	])('leaves what is in a string or a name: %j', (text) => {
		const content = { [text]: text, more: [text, { [text]: '' }] };
		const json = JSON.stringify(content);
		expect(parseJson(json.replace(/}$/, ',"id":9007199254740993}'))).toEqual({
			...content,
			id: '9007199254740993',
		});
	});

	it.each([
		['digits', '1'.repeat(1_000_000)],
		['escaped quotes', '\\"'.repeat(1_000_000)],
		['backslashes', '\\\\'.repeat(1_000_000)],
		['characters', 'x'.repeat(10_000_000)],
	])('copes with a text of many %s', (_, text) => {
		expect(parseJson(`[9007199254740993,"${text}"]`)).toHaveLength(2);
	});

	it('copes with many texts, and with deep nesting', () => {
		expect(parseJson(`[${'"",'.repeat(1_000_000)}9007199254740993]`)).toHaveLength(1_000_001);
		const nested = `${'['.repeat(100_000)}9007199254740993${']'.repeat(100_000)}`;
		expect(parseJson(nested)).toHaveLength(1);
	});

	it.each(['', 'text', '<html>', '{"a":', '{"a":9007199254740993', '9007199254740993 x', '01'])(
		'refuses %j',
		(text) => {
			expect(parseJson(text)).toBeUndefined();
		},
	);
});

describe('isJsonObject', () => {
	it.each([{}, { a: 1 }])('is true of %j', (value) => {
		expect(isJsonObject(value)).toBe(true);
	});

	it.each([[[]], [null], [undefined], ['a'], [1]])('is false of %j', (value) => {
		expect(isJsonObject(value)).toBe(false);
	});
});

describe('mayBeRounded', () => {
	const LONG = '9007199254740993';

	it.each([
		LONG,
		`-${LONG}`,
		` ${LONG}`,
		`[${LONG}]`,
		`[1,${LONG}]`,
		`{"id":${LONG}}`,
		`[\n${LONG}]`,
	])('is true of the integer in %j', (json) => {
		expect(mayBeRounded(json)).toBe(true);
	});

	// A list of some thousand secrets has such digits. Reading it took 18 times as long for them.
	it('is false of digits amid a secret, which have nothing to do with numbers', () => {
		expect(mayBeRounded(`[{"value":"f${LONG}a"}]`)).toBe(false);
	});
});
