import { isExpired, storedReplyCount } from '../../../nodes/Instaply/replies/replyWebhook';
import {
	ticketFromQuery,
	ticketFromUrl,
	ticketToQuery,
	type ResumeTicket,
} from '../../../nodes/Instaply/replies/resumeTicket';

const TERMS: ResumeTicket = {
	customerThreadId: '123456',
	fingerprint: 'abc',
	since: 1000,
	until: 2000,
};
const urlOf = (terms: ResumeTicket) =>
	`https://n8n.example.com/webhook-waiting/7/node?${new URLSearchParams(ticketToQuery(terms))}&signature=x`;

describe('The terms of a wait', () => {
	it('are read back from the URL that they were put into', () => {
		expect(ticketFromUrl(urlOf(TERMS))).toEqual(TERMS);
		expect(ticketFromQuery(ticketToQuery(TERMS))).toEqual(TERMS);
	});

	it.each([
		undefined,
		'no url',
		'https://example.com/hook',
		'https://example.com/hook?instaplyThread=1&instaplyKey=2',
		'https://example.com/hook?instaplyThread=1&instaplyKey=2&instaplySince=1&instaplyUntil=soon',
		'https://example.com/hook?instaplyKey=2&instaplySince=1&instaplyUntil=2',
	])('are not seen in %s', (url) => {
		expect(ticketFromUrl(url)).toBeUndefined();
	});
});

describe('A webhook whose wait is over', () => {
	const GRACE = 10 * 60_000;

	it('is one that ended longer ago than clocks differ', () => {
		expect(isExpired(urlOf(TERMS), TERMS.until + GRACE)).toBe(false);
		expect(isExpired(urlOf(TERMS), TERMS.until + GRACE + 1)).toBe(true);
	});

	it.each(['https://example.com/hook', undefined])('is never that of others: %s', (url) => {
		expect(isExpired(url, Number.MAX_SAFE_INTEGER)).toBe(false);
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
		expect(storedReplyCount({ 'x-n8n-reply-tries': header })).toBe(expected);
	});
});
