import { BUSINESSES, THREADS } from '../../sandbox/server';
import { get, sentence, start } from '../support/sandbox/server';

const SEND = '/send-message-to-customer-thread';
const STATUS = '/update-thread-status';
const CREATE = '/webhooks/';
const START = '/widget/send-message-to-business';

const message = { customerThreadId: THREADS.webchat, text: 'Hello' };
const webhook = { url: 'http://127.0.0.1:9/hook', subscribedEvents: ['messages'] };
const opening = {
	businessId: BUSINESSES.store,
	message: 'Hello',
	user: { email: 'customer@example.com' },
};

const REFUSED: Array<[why: string, path: string, body: unknown, words: string]> = [
	['neither text nor contentSid', SEND, { customerThreadId: '1' }, 'Exactly one'],
	['both text and contentSid', SEND, { ...message, contentSid: 'HX1' }, 'Exactly one'],
	['an unknown field', SEND, { ...message, to: 'me' }, 'to'],
	['a thread id that is a number', SEND, { ...message, customerThreadId: 123456 }, 'string'],
	['no thread id', SEND, { text: 'Hello' }, 'customerThreadId'],
	['an empty text', SEND, { ...message, text: '' }, 'text'],
	['a text that is a number', SEND, { ...message, text: 5 }, 'text'],
	['a word where a boolean belongs', SEND, { ...message, internal: 'true' }, 'internal'],
	['a list instead of an object', SEND, [message], 'object'],
	['an unknown status', STATUS, { customerThreadId: '1', status: 'closed' }, 'status'],
	['a status in upper case', STATUS, { customerThreadId: '1', status: 'WAITING' }, 'status'],
	['no status', STATUS, { customerThreadId: '1' }, 'status'],
	['an unknown field', STATUS, { customerThreadId: '1', status: 'waiting', note: '' }, 'note'],
	['a thread id that is a number', STATUS, { customerThreadId: 1, status: 'waiting' }, 'string'],
	['no URL', CREATE, { subscribedEvents: ['messages'] }, 'url'],
	['something that is no URL', CREATE, { ...webhook, url: 'example' }, 'url'],
	['a URL that is not http', CREATE, { ...webhook, url: 'ftp://example.com/' }, 'url'],
	['no events', CREATE, { url: webhook.url }, 'subscribedEvents'],
	['an unknown event', CREATE, { ...webhook, subscribedEvents: ['message'] }, 'subscribedEvents'],
	['an event that is no list', CREATE, { ...webhook, subscribedEvents: 'messages' }, 'array'],
	['headers that are an object', CREATE, { ...webhook, extraHeaders: { a: 'b' } }, 'array'],
	['a header without value', CREATE, { ...webhook, extraHeaders: [{ name: 'a' }] }, 'value'],
	[
		'a header name with a space',
		CREATE,
		{ ...webhook, extraHeaders: [{ name: 'a b', value: '' }] },
		'name',
	],
	['an unknown field', CREATE, { ...webhook, events: [] }, 'events'],
	['a word where a boolean belongs', CREATE, { ...webhook, enabled: 'yes' }, 'enabled'],
	['an unknown field', '/webhooks/1/update', { active: true }, 'active'],
	['no body', '/webhooks/1/update', '', 'object'],
	['any field', '/webhooks/1/delete', { force: true }, 'force'],
	['a field that cannot be changed', '/customers/cust_001/profile/update', { type: 'x' }, 'type'],
	['a null', '/customers/cust_001/profile/update', { company: null }, 'company'],
	['no user', START, { businessId: '1', message: 'Hello' }, 'user'],
	['a user without address', START, { ...opening, user: { locale: 'en' } }, 'At least one'],
	['a wrong e-mail address', START, { ...opening, user: { email: 'customer' } }, 'email'],
	[
		'a local phone number',
		START,
		{ ...opening, user: { phoneNumber: '0612345678' } },
		'phoneNumber',
	],
	['a business id that is a number', START, { ...opening, businessId: 1001 }, 'businessId'],
	['an empty message', START, { ...opening, message: '' }, 'message'],
];

describe('The validation of the sandbox', () => {
	it.each(REFUSED)('refuses %s: %s %j', async (_why, path, body, words) => {
		const { api, sandbox } = await start();
		const { status, data } = await api.post(path, body);
		expect(status).toBe(400);
		expect(sentence(data)).toContain(words);
		expect(sandbox.conversation(THREADS.webchat)).toEqual([]);
		expect(sandbox.webhooks()).toEqual([]);
	});

	it('refuses what is not JSON', async () => {
		const { api } = await start();
		expect((await api.post(SEND, '{"text":')).status).toBe(400);
	});

	it.each([
		[
			'an unknown query field',
			`/get-customer-thread-details?customerThreadId=${THREADS.sms}&full=1`,
		],
		['a query without thread id', '/get-customer-thread-details'],
		['a thread id given twice', '/get-whatsapp-templates?customerThreadId=1&customerThreadId=2'],
		['an empty thread id', '/get-whatsapp-templates?customerThreadId='],
		['a query field where none is known', '/webhooks/?limit=5'],
	])('refuses %s', async (_why, path) => {
		const { api } = await start();
		const { status, data } = await get(api, path);
		expect(status).toBe(400);
		sentence(data);
	});

	it('refuses a query on a POST', async () => {
		const { api } = await start();
		expect((await api.post(`${SEND}?dryRun=true`, message)).status).toBe(400);
	});

	describe('unknown or foreign things', () => {
		const ids = { unknown: '999', foreign: THREADS.otherUsers };
		it.each([
			['unknown', 404],
			['foreign', 403],
		] as const)('returns, for an %s thread, %i', async (kind, expected) => {
			const { api } = await start();
			const customerThreadId = ids[kind];
			const responses = [
				await api.post(SEND, { ...message, customerThreadId }),
				await api.post(STATUS, { customerThreadId, status: 'waiting' }),
				await get(api, `/get-customer-thread-details?customerThreadId=${customerThreadId}`),
				await get(api, `/get-whatsapp-templates?customerThreadId=${customerThreadId}`),
			];
			expect(responses.map(({ status }) => status)).toEqual(Array(4).fill(expected));
			responses.forEach(({ data }) => sentence(data));
		});

		it('returns 404 for an unknown customer and an unknown webhook', async () => {
			const { api } = await start();
			const responses = [
				await get(api, '/customers/nobody/profile'),
				await api.post('/customers/nobody/profile/update', {}),
				await get(api, '/webhooks/999'),
				await api.post('/webhooks/999/update', {}),
				await api.post('/webhooks/999/delete', ''),
			];
			expect(responses.map(({ status }) => status)).toEqual(Array(5).fill(404));
		});
	});
});
