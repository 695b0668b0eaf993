import { storedReplyCount } from '../../../nodes/Instaply/replies/replyWebhook';

describe('The stored count of replies', () => {
	it.each([
		[undefined, 0],
		['2', 2],
		['1, 2', 2],
		['many', 0],
		['-1', 0],
	])('with the header %j, is %d', (header, expected) => {
		expect(
			storedReplyCount({ 'x-n8n-reply-tries': header, 'x-n8n-reply-unanswered': header }),
		).toEqual({ replies: expected, unanswered: expected });
	});
});
