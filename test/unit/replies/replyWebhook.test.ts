import { isExpired, storedReplyCount } from '../../../nodes/Instaply/replies/replyWebhook';
import { ticketToQuery } from '../../../nodes/Instaply/replies/resumeTicket';

const UNTIL = 2000;
const URL_OF_WAIT = `https://n8n.example.com/webhook-waiting/7/node?${new URLSearchParams(
	ticketToQuery({ customerThreadId: '123456', fingerprint: 'abc', since: 1000, until: UNTIL }),
)}&signature=x`;

describe('An expired webhook', () => {
	const TEN_MINUTES = 10 * 60_000;

	it('is one whose wait ended longer ago than clocks may differ', () => {
		expect(isExpired(URL_OF_WAIT, UNTIL + TEN_MINUTES)).toBe(false);
		expect(isExpired(URL_OF_WAIT, UNTIL + TEN_MINUTES + 1)).toBe(true);
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
