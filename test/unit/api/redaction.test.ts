import { tokenRedaction } from '../../../nodes/Instaply/api/redaction';
import type { Json } from '../../../nodes/Instaply/common/json';

const redacted = (content: Json, token: string, body: string = JSON.stringify(content)) =>
	tokenRedaction(token)(content, body);
const escapedJson = (text: string) =>
	text
		.split('')
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');

describe('tokenRedaction', () => {
	const token = 'tok-12/34+56=';

	it.each<[string, Json, Json]>([
		['a text', 'no user has tok-12/34+56= today', 'no user has … today'],
		['a field', { as: token }, { as: '…' }],
		['all fields', { a: [{ b: token }, token], c: token }, { a: [{ b: '…' }, '…'], c: '…' }],
		['the name of a field', { [`by ${token}`]: 1 }, { 'by …': 1 }],
		['several of them', `${token} ${token}`, '… …'],
	])('cuts the token out of %s', (_, content, cut) => {
		expect(redacted(content, token)).toEqual(cut);
	});

	it('cuts out a number that equals it, and no other', () => {
		const content = { id: 12345678, ids: [123456789, 12345678], text: 'of 12345678' };
		expect(redacted(content, '12345678')).toEqual({ id: '…', ids: [123456789, '…'], text: 'of …' });
	});

	it.each([
		['JSON', String.raw`tok-12\/34+56\u003d`],
		['JSON in capitals', String.raw`tok-12\/34\u002B56\u003D`],
		['JSON, every character', escapedJson(token)],
		['JSON within JSON', String.raw`tok-12\\\/34\\u002b56\\u003d`],
		[
			'JSON within JSON within JSON',
			JSON.stringify(JSON.stringify(escapedJson(token))).slice(3, -3),
		],
		['JavaScript', String.raw`tok\x2d12\x2F34\x2b56\x3d`],
		['a URL', 'tok-12%2F34%2b56%3D'],
		['a URL within a URL', 'tok-12%252F34%25252B56%253D'],
		['HTML', 'tok-12&#x2F;34&#043;56&#61;'],
		['HTML by name', 'tok&hyphen;12&sol;34&plus;56&equals;'],
		['HTML within HTML', 'tok-12&amp;#47;34&amp;plus;56&amp;amp;#61;'],
		['all of them', String.raw`tok-12%2f34&#43;56\u003d`],
	])('knows it in the spelling of %s', (_, spelling) => {
		expect(redacted({ as: `Bearer ${spelling}!` }, token)).toEqual({ as: 'Bearer …!' });
	});

	it.each(['a"b\\c\\\\d', 'back\\\\\\', '\\u0041\\', 'é€-12', '😀-12', '%25%2B', '&amp;', 'a b c'])(
		'knows %j in all spellings',
		(odd) => {
			const spellings = [
				odd,
				escapedJson(odd),
				JSON.stringify(odd).slice(1, -1),
				JSON.stringify(JSON.stringify(odd)).slice(3, -3),
				encodeURIComponent(odd),
				encodeURIComponent(encodeURIComponent(odd)),
				odd.replace(/[^a-z]/gu, (character) => `&#${character.codePointAt(0)};`),
			];
			for (const spelling of spellings) expect(redacted([spelling], odd)).toEqual(['…']);
		},
	);

	/** The longest that the credential takes. */
	const long = (characters: string) => characters.repeat(2_000 / characters.length);

	it.each(['abcdefgh', '0123456789abcdef', 'é-/+', '\\u%&x', 'au'])(
		'knows a token of 2,000 characters, made of %j, in all spellings',
		(characters) => {
			const odd = `${long(characters).slice(1)}!`;
			const spellings = [
				odd,
				JSON.stringify(odd).slice(1, -1),
				encodeURIComponent(odd),
				odd.replace(/[^\\a-z]/gu, (character) => `&#${character.codePointAt(0)};`),
			];
			for (const spelling of spellings) {
				expect(redacted([`> ${spelling} <`, '\\'], odd)).toEqual(['> … <', '\\']);
			}
		},
	);

	it('cuts out a token of several pieces where half of it stands right before it', () => {
		const repeated = `${'ab'.repeat(40)}c`;
		const text = `${'ab'.repeat(30)}${repeated}${repeated} ${'ab'.repeat(40)}`;
		expect(redacted([text, '\\'], repeated)).toEqual([
			`${'ab'.repeat(30)}…… ${'ab'.repeat(40)}`,
			'\\',
		]);
	});

	it.each(['tok-12/34+56', 'tok-12 34+56=', 'TOK-12/34+56=', 'tok-12%2E34+56=', 'tok-12&34+56='])(
		'leaves %s',
		(other) => {
			expect(redacted([other, '\\'], token)).toEqual([other, '\\']);
		},
	);

	it('leaves content alone that has neither the token nor an escape', () => {
		const content = { as: 'somebody' };
		expect(redacted(content, token)).toBe(content);
	});

	it.each(['', '1', 'id', 'rue'])('leaves all as it is for a token as short as %j', (short) => {
		const content = { id: 1, true: `id rue ${short} \\`, '1': [1] };
		expect(redacted(content, short)).toBe(content);
	});

	it('keeps __proto__ a field', () => {
		const content: Json = JSON.parse(`{"__proto__":{"as":"${token}"}}`);
		expect(JSON.stringify(redacted(content, token))).toBe('{"__proto__":{"as":"…"}}');
	});

	it.each([
		['backslashes', '\\'.repeat(1_000_000), '\\\\a\\\\b\\\\c\\\\d'],
		['backslashes and letters', 'a\\\\\\'.repeat(250_000), 'a\\a\\a\\a\\a\\a\\a\\b'],
		['percent signs', '%25'.repeat(333_333), '%25%25%25%25%25%25%2b'],
		['ampersands', '&amp;'.repeat(200_000), '&amp;&amp;&amp;&amp;&amp;b'],
		['beginnings of the token', 'aaaaaaa'.repeat(140_000), 'aaaaaaaaaaaaaaaaaaaab'],
	])('ends with 1 MB of %s', (_, hostile, similar) => {
		expect(redacted(`${hostile}\\`, similar)).toBe(`${hostile}\\`);
	});
});
