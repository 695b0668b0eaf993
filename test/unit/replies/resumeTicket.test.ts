import { isExpired, storedReplyCount } from '../../../nodes/Instaply/replies/replyWebhook';
import {
	ticketFromQuery,
	ticketFromUrl,
	ticketToQuery,
	type ResumeTicket,
} from '../../../nodes/Instaply/replies/resumeTicket';

const TICKET: ResumeTicket = {
	customerThreadId: '123456',
	fingerprint: 'abc',
	since: 1000,
	until: 2000,
};
const urlOf = (ticket: ResumeTicket) =>
	`https://n8n.example.com/webhook-waiting/7/node?${new URLSearchParams(ticketToQuery(ticket))}&signature=x`;

describe('The ticket of a wait', () => {
	it('is read back from the URL that it was put into', () => {
		expect(ticketFromUrl(urlOf(TICKET))).toEqual(TICKET);
		expect(ticketFromQuery(ticketToQuery(TICKET))).toEqual(TICKET);
	});

	it('is read from the URLs of executions that wait already', () => {
		const url =
			'https://n8n.example.com/webhook-waiting/7/node?instaplyThread=123456&instaplyKey=abc&instaplySince=1000&instaplyUntil=2000';
		expect(ticketFromUrl(url)).toEqual(TICKET);
	});

	it.each([
		undefined,
		'no url',
		'https://example.com/hook',
		'https://example.com/hook?instaplyThread=1&instaplyKey=2',
		'https://example.com/hook?instaplyThread=1&instaplyKey=2&instaplySince=1&instaplyUntil=soon',
		'https://example.com/hook?instaplyKey=2&instaplySince=1&instaplyUntil=2',
	])('is not in %s', (url) => {
		expect(ticketFromUrl(url)).toBeUndefined();
	});
});

describe('An expired webhook', () => {
	const TEN_MINUTES = 10 * 60_000;

	it('is one whose wait ended longer ago than clocks may differ', () => {
		expect(isExpired(urlOf(TICKET), TICKET.until + TEN_MINUTES)).toBe(false);
		expect(isExpired(urlOf(TICKET), TICKET.until + TEN_MINUTES + 1)).toBe(true);
	});

	it.each(['https://example.com/hook', undefined])('is never that of others: %s', (url) => {
		expect(isExpired(url, Number.MAX_SAFE_INTEGER)).toBe(false);
	});
});

describe('The stored count of replies', () => {
	it.each([
		[undefined, 0],
		['2', 2],
		['1, 2', 2],
		['many', 0],
		['-1', 0],
	])('with the header %j, is %d', (header, expected) => {
		expect(storedReplyCount({ 'x-n8n-reply-tries': header })).toBe(expected);
	});
});
