import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import * as parse from '../../../nodes/Instaply/parameters/parse';
import type { Parse } from '../../../nodes/Instaply/parameters/parse';

const LABEL = 'Some Field';
const EMPTY = `'${LABEL}' is empty`;
const UNUSABLE = `'${LABEL}' cannot be used as it is`;

/** What an expression gives when it finds nothing, and text in which there is nothing to see. */
const BLANK = [
	...[undefined, null, '', ' ', '\t\n', 'undefined', ' null ', 'NaN', NaN],
	...[
		'\u200b',
		' \u200d\ufeff\n',
		'\u2060\u00ad',
		'\u2800\u2800',
		'\u3164',
		'\u00a0',
		'\ufe0f',
		'\0',
	],
];

const fruit = ['apple', 'pear'] as const;

interface Rules {
	parse: Parse<unknown>;
	/** What it takes, and what that means. */
	takes: Array<[unknown, unknown]>;
	/** What it finds empty. */
	empty?: unknown[];
	/** What it cannot use. */
	unusable: unknown[];
}

const RULES: Record<string, Rules> = {
	id: {
		parse: parse.id,
		takes: [
			[123456, '123456'],
			['123456', '123456'],
			[0, '0'],
			[Number.MAX_SAFE_INTEGER, '9007199254740991'],
			[' 123456\n', '123456'],
			['cust_001', 'cust_001'],
			['HXdf71e8696fbd234e0115c69a542cb1', 'HXdf71e8696fbd234e0115c69a542cb1'],
			['a.b-c:d@e', 'a.b-c:d@e'],
			['9007199254740993', '9007199254740993'],
			...[
				'a+b@c.d',
				'auth0|12',
				'x=y',
				'é',
				'a b',
				'名前',
				'😀',
				'１２３',
				'.hidden',
				'a..b',
				'...',
			].map((given): [string, string] => [given, given]),
			...['%2e%2e', '1%2F2', '1?a=b', '1#a', '1&a=b', 'a'.repeat(200)].map(
				(given): [string, string] => [given, given],
			),
		],
		empty: BLANK,
		unusable: [
			...[Infinity, -Infinity, 1.5, 2 ** 53, 1e21],
			...[true, false, {}, [], [1], Symbol('1'), 1n, () => '1', new Date(0)],
			...['.', '..', ' .. ', '../webhooks', '1/2', '1\\2'],
			...['1\n2', '1\u20282', '1\0', '1\u200b', '1\u202e2', '\ud800', 'a\u00ad'],
			...['{{ $json.id }}', '{{$json.id}}', '[object Object]', 'cust_[object Object]'],
			...['a'.repeat(201), 'a '.repeat(500_000)],
		],
	},
	email: {
		parse: parse.email,
		takes: [
			['ada@example.com', 'ada@example.com'],
			[' Ada.L+x@mail.example.co.uk\n', 'Ada.L+x@mail.example.co.uk'],
			['ünïcode@exämple.com', 'ünïcode@exämple.com'],
		],
		empty: BLANK,
		unusable: ['ada', 'ada@', '@example.com', 'ada@example', 'a b@example.com', 'a@b@c.com', 7, {}],
	},
	trimmedText: {
		parse: parse.trimmedText,
		takes: [
			[' Ada ', 'Ada'],
			[7, '7'],
		],
		empty: BLANK,
		unusable: [{}, [], true],
	},
	optional: {
		parse: parse.optional(parse.trimmedText),
		takes: [...BLANK.map((value): [unknown, unknown] => [value, undefined]), [' Ada ', 'Ada']],
		unusable: [{}, [], true],
	},
	text: {
		parse: parse.text,
		takes: [
			['Hello', 'Hello'],
			['  two  ends  ', '  two  ends  '],
			['null and void', 'null and void'],
			['0', '0'],
			[0, '0'],
			[4711, '4711'],
			['😀', '😀'],
			['<b>', '<b>'],
		],
		empty: BLANK,
		unusable: [
			...[
				true,
				false,
				{},
				{ id: 1 },
				[],
				['a'],
				[1],
				new Date(0),
				Symbol('a'),
				() => 'a',
				Infinity,
				-Infinity,
			],
			...['[object Object]', 'Total: [object Object]'],
		],
	},
	boolean: {
		parse: parse.boolean,
		takes: [
			[true, true],
			[false, false],
			['true', true],
			['false', false],
			['TRUE', true],
			[' False ', false],
		],
		unusable: [...BLANK, 0, 1, 'yes', 'TRUE!', 'on', [], {}, [true]],
	},
	positiveInteger: {
		parse: parse.positiveInteger,
		takes: [
			[1, 1],
			[50, 50],
			['7', 7],
			[' 7 ', 7],
		],
		unusable: [
			...BLANK,
			0,
			-1,
			1.5,
			Infinity,
			2 ** 53,
			'0',
			'1.5',
			'-1',
			'x',
			'1e400',
			true,
			[],
			[1],
			{},
		],
	},
	'integerFrom1To(20)': {
		parse: parse.integerFrom1To(20),
		takes: [
			[1, 1],
			[' 20 ', 20],
		],
		unusable: [...BLANK, 0, 21, '21', 1.5, Infinity, 'many', true, [3], {}],
	},
	positiveNumber: {
		parse: parse.positiveNumber,
		takes: [
			[0.5, 0.5],
			[' 1.5 ', 1.5],
			[2 ** 53, 2 ** 53],
		],
		unusable: [...BLANK, 0, '0', -1, Infinity, '1e400', 'two', true, [1], {}],
	},
	url: {
		parse: parse.url,
		takes: [
			['https://example.com/hook', 'https://example.com/hook'],
			[' http://localhost:5678/a?b=c ', 'http://localhost:5678/a?b=c'],
		],
		empty: BLANK,
		unusable: [
			...['example.com', '/hook', '//example.com', 'https://', 'https:', 'http://a b/'],
			...['ftp://example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'data:,x'],
			...[1, true, {}, [], [1]],
		],
	},
	oneOf: {
		parse: parse.oneOf(fruit),
		takes: [
			['apple', 'apple'],
			[' Pear ', 'pear'],
			['APPLE', 'apple'],
		],
		unusable: [
			...BLANK,
			'plum',
			'apple,pear',
			0,
			true,
			{},
			[],
			['apple'],
			'constructor',
			'__proto__',
		],
	},
	someOf: {
		parse: parse.someOf(fruit),
		takes: [
			[['apple'], ['apple']],
			[
				['pear', 'apple', 'Pear'],
				['pear', 'apple'],
			],
			['apple, PEAR', ['apple', 'pear']],
		],
		empty: [undefined, null, [], {}, 0, true],
		unusable: [
			...['', ' ', 'apple;pear', 'apple pear', 'plum', 'constructor', 'apple,'],
			...[['apple', 'plum'], [null], [['apple']]],
		],
	},
	textList: {
		parse: parse.textList,
		takes: [
			['sms, Web Chat ,,', ['sms', 'Web Chat']],
			[
				['sms', ' ', null, 1],
				['sms', '1'],
			],
			[7, ['7']],
			['', []],
			[undefined, []],
			[null, []],
			[[], []],
		],
		unusable: [{}, true, [{}], [['sms']]],
	},
	phraseList: {
		parse: parse.phraseList,
		takes: [
			['stop, my money  back ,,', ['stop', 'my money  back']],
			['stop; human\nrefund|4711', ['stop', 'human', 'refund', '4711']],
			['解約、返金，إلغاء،stop', ['解約', '返金', 'إلغاء', 'stop']],
			[
				['Stop, please', 1, ' ', null],
				['Stop, please', '1'],
			],
			[4711, ['4711']],
			['a'.repeat(200), ['a'.repeat(200)]],
			[Array(200).fill('a').join(), Array(200).fill('a')],
			['', []],
			[undefined, []],
			[[], []],
		],
		unusable: [
			...[{}, true, [{}], [['stop']]],
			...['a'.repeat(201), Array(201).fill('a').join(), Array(201).fill('a')],
		],
	},
	idList: {
		parse: parse.idList,
		takes: [
			['1, 2,cust_3', ['1', '2', 'cust_3']],
			[
				[1, '2'],
				['1', '2'],
			],
			[1001, ['1001']],
			['a+b@c.d, auth0-12\n', ['a+b@c.d', 'auth0-12']],
			['', []],
			[undefined, []],
		],
		unusable: [
			...['1;2', '1 2', '1\n2', '1|2', '1、2', '1，2', '1,../2', ['1/2'], ['1 2']],
			...[{}, [{}], true, 2 ** 53, [2 ** 53]],
		],
	},
};

const resultOf = (work: () => unknown) => {
	try {
		return work();
	} catch (error) {
		return error;
	}
};

const show = (value: unknown) =>
	typeof value === 'object' ? JSON.stringify(value) : `${typeof value} ${String(value)}`;

describe.each(Object.entries(RULES))('parse.%s', (_, { parse, takes, empty = [], unusable }) => {
	const named = (values: unknown[]) => values.map((value) => [show(value), value] as const);

	it.each(takes.map(([given, meant]) => [show(given), given, meant] as const))(
		'takes %s',
		(_shown, given, meant) => {
			expect(parse(given, LABEL)).toEqual(meant);
		},
	);

	const refused = [
		...named(empty).map(([shown, value]) => [EMPTY, shown, value] as const),
		...named(unusable).map(([shown, value]) => [UNUSABLE, shown, value] as const),
	];
	it.each(refused)('says %s of %s', (message, _shown, value) => {
		const error = resultOf(() => parse(value, LABEL));
		expect(error).toBeInstanceOf(InstaplyError);
		expect(error).toMatchObject({ message, description: expect.stringMatching(/^[A-Z].*\.$/) });
	});
});

describe('A refusal', () => {
	const described = (parse: Parse<unknown>, value: unknown) =>
		Object(resultOf(() => parse(value, LABEL))).description;

	it.each([
		[parse.oneOf(fruit), 'opne', 'It is “opne”. It has to be one of: apple, pear.'],
		[parse.oneOf(fruit), ' ', 'It is empty. It has to be one of: apple, pear.'],
		[parse.someOf(fruit), 'apple;pear', 'It is “apple;pear”. It has to be one of: apple, pear.'],
		[parse.boolean, 'yes', 'It is “yes”. It has to be true or false.'],
		[parse.integerFrom1To(20), 21, 'It is 21. It has to be a whole number, from 1 to 20.'],
		[parse.positiveNumber, '1,5', 'It is “1,5”. It has to be a number greater than 0.'],
		[parse.text, ['a'], 'It is a list. It has to be text.'],
		[
			parse.id,
			{ id: 1 },
			'It is an object. It has to be a whole number or a text, for example 123456.',
		],
		[parse.idList, '1;2', 'It is “1;2”. Put commas between the IDs.'],
		[parse.phraseList, Array(201).fill('a'), 'It has 201. It can have up to 200 words or phrases.'],
		[
			parse.email,
			'Ada <ada@example.com>',
			'It is “Ada ‹ada@example.com›”. It has to be an e-mail address, for example name@example.com.',
		],
	])('shows the value: %#', (parse, value, description) => {
		expect(described(parse, value)).toBe(description);
	});

	it.each([2 ** 53, 1e21, -(2 ** 53)])(
		'says of the ID %d that it is too long a number',
		(value) => {
			expect(described(parse.id, value)).toMatch(
				/^It is [-\de+]+\. The number is too long to be exact, .* Hand it over as text/,
			);
			expect(described(parse.idList, [value])).toBe(described(parse.id, value));
		},
	);

	it('shows an address without its query and its password', () => {
		const given = 'ftp://ada:secret@example.com/hook?key=secret#secret';
		expect(described(parse.url, given)).toMatch(/^It is “example\.com\/hook”\. /);
	});
});

describe('parse.extraHeaders', () => {
	const of = (name: unknown, value: unknown) => ({ header: [{ name, value }] });

	it.each([
		['no rows', {}, []],
		['a plain list', [{ name: 'X-Key', value: 'a' }], [{ name: 'X-Key', value: 'a' }]],
		['rows', of('X-Key', 'a'), [{ name: 'X-Key', value: 'a' }]],
		['spaces around a name', of(' X-Key ', ' a '), [{ name: 'X-Key', value: ' a ' }]],
		['a number for a value', of('X-Key', 7), [{ name: 'X-Key', value: '7' }]],
		['Latin letters', of('X-Key', 'é'), [{ name: 'X-Key', value: 'é' }]],
		[
			'more fields in a row',
			{ header: [{ name: 'a', value: 'b', c: 'd' }] },
			[{ name: 'a', value: 'b' }],
		],
	])('takes %s', (_, given, meant) => {
		expect(parse.extraHeaders(given, LABEL)).toEqual(meant);
	});

	it.each([
		...[...BLANK, 'a b', 'a:b', 'X-Key: a', 'a\nb', 'é', 'a"', '(a)', {}, [], true].map(
			(name) => ['Name', show(name), of(name, 'v')] as const,
		),
		...[...BLANK, 'a\nb', 'a\rb', 'a\r\nX-Evil: 1', 'a\0', '\x7f', '名', '😀', {}, [], true].map(
			(value) => ['Value', show(value), of('X-Key', value)] as const,
		),
	])('names the %s as what cannot be used: %s', (part, _shown, given) => {
		const error = resultOf(() => parse.extraHeaders(given, LABEL));
		expect(error).toBeInstanceOf(InstaplyError);
		expect(error).toMatchObject({ message: expect.stringContaining(`'${LABEL} > ${part}' `) });
	});

	it.each([
		of('Authorization: secret', 'secret'),
		of('secret key', 'secret'),
		of('X-Key', 'secret\nsecret'),
		of('X-Key', 'secret [object Object]'),
		of('X-Key', ['secret']),
	])('shows nothing of %j', (given) => {
		const { message, description } = Object(resultOf(() => parse.extraHeaders(given, LABEL)));
		expect(`${message} ${description}`).not.toContain('secret');
	});

	it.each([
		['nothing', undefined],
		['text', 'X-Key: a'],
		['a list of text', ['X-Key: a']],
		['rows that are none', { header: [null] }],
		['rows that are lists', { header: [['a', 'b']] }],
		['one header', { name: 'X-Key', value: 'a' }],
		['one header, not in a list', { header: { name: 'X-Key', value: 'a' } }],
	])('refuses %s rather than to leave headers out', (_, given) => {
		const error = resultOf(() => parse.extraHeaders(given, LABEL));
		expect(error).toBeInstanceOf(InstaplyError);
	});
});
