import {
	isSameTicket,
	isTicket,
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

	it('is parsed once, however often its URL is listed', () => {
		const parse = jest.spyOn(URL, 'canParse');
		const url = urlOf({ ...TICKET, fingerprint: 'listed often' });
		expect([ticketFromUrl(url), ticketFromUrl(url)]).toEqual([
			{ ...TICKET, fingerprint: 'listed often' },
			{ ...TICKET, fingerprint: 'listed often' },
		]);
		expect(parse).toHaveBeenCalledTimes(1);
		parse.mockRestore();
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

describe('A stored ticket', () => {
	it('is one in the shape in which executions that wait have it', () => {
		expect(isTicket(TICKET)).toBe(true);
	});

	it.each([
		undefined,
		null,
		[],
		{},
		{ ...TICKET, customerThreadId: 123456 },
		{ ...TICKET, fingerprint: null },
		{ ...TICKET, since: '1000' },
		{ ...TICKET, until: Number.NaN },
	])('is not %j', (stored) => {
		expect(isTicket(stored)).toBe(false);
	});

	it('is the one of a URL only if all of it is the same', () => {
		expect(isSameTicket(TICKET, { ...TICKET })).toBe(true);
		const changes = { customerThreadId: '123457', fingerprint: 'abd', since: 999, until: 2001 };
		for (const [name, value] of Object.entries(changes)) {
			expect(isSameTicket(TICKET, { ...TICKET, [name]: value })).toBe(false);
		}
	});
});
