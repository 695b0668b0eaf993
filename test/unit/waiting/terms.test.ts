import { isOver, triesBefore } from '../../../nodes/Instaply/waiting/listening';
import { queryOf, readTerms, termsOf, type Terms } from '../../../nodes/Instaply/waiting/terms';

const TERMS: Terms = { customerThreadId: '123456', fingerprint: 'abc', since: 1000, until: 2000 };
const urlOf = (terms: Terms) =>
	`https://n8n.example.com/webhook-waiting/7/node?${new URLSearchParams(queryOf(terms))}&signature=x`;

describe('The terms of a wait', () => {
	it('are read back from the URL that they were put into', () => {
		expect(termsOf(urlOf(TERMS))).toEqual(TERMS);
		expect(readTerms(queryOf(TERMS))).toEqual(TERMS);
	});

	it.each([
		undefined,
		'no url',
		'https://example.com/hook',
		'https://example.com/hook?instaplyThread=1&instaplyKey=2',
		'https://example.com/hook?instaplyThread=1&instaplyKey=2&instaplySince=1&instaplyUntil=soon',
		'https://example.com/hook?instaplyKey=2&instaplySince=1&instaplyUntil=2',
	])('are not seen in %s', (url) => {
		expect(termsOf(url)).toBeUndefined();
	});
});

describe('A webhook whose wait is over', () => {
	const GRACE = 10 * 60_000;

	it('is one that ended longer ago than clocks differ', () => {
		expect(isOver(urlOf(TERMS), TERMS.until + GRACE)).toBe(false);
		expect(isOver(urlOf(TERMS), TERMS.until + GRACE + 1)).toBe(true);
	});

	it.each(['https://example.com/hook', undefined])('is never that of others: %s', (url) => {
		expect(isOver(url, Number.MAX_SAFE_INTEGER)).toBe(false);
	});
});

describe('The replies before one', () => {
	it.each([
		[undefined, 0],
		['2', 2],
		['1, 2', 2],
		['many', 0],
		['-1', 0],
	])('are counted by the header %j', (header, expected) => {
		expect(triesBefore({ 'x-n8n-reply-tries': header })).toBe(expected);
	});
});
