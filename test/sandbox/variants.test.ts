import { THREADS } from '../../sandbox/server';
import { get, start } from '../support/sandbox/server';

const request = { url: 'https://example.com/webhook', subscribedEvents: ['messages'] };
const stored = { ...request, enabled: true, extraHeaders: [] };
const id = expect.any(Number);

describe('The variants of the sandbox', () => {
	describe("what create returns, and the id's name afterwards", () => {
		it.each([
			['id', { id, ...stored }, { id, ...stored }],
			['webHookId', { webHookId: id, ...stored }, { webHookId: id, ...stored }],
			['webhookId', { webhookId: id, ...stored }, { webhookId: id, ...stored }],
			['nested', { webhook: { id, ...stored } }, { id, ...stored }],
			['empty', '', { id, ...stored }],
		] as const)('%s', async (webhookAnswer, created, listed) => {
			const { api } = await start({ variants: { webhookAnswer } });
			expect((await api.post('/webhooks/', request)).data).toEqual(created);
			const { data: list } = await get(api, '/webhooks/');
			expect(list).toEqual([listed]);
			const webhookId = list[0].id ?? list[0].webHookId ?? list[0].webhookId;
			expect((await get(api, `/webhooks/${webhookId}`)).data).toEqual(listed);
		});
	});

	it('wraps the list when so set, while running too', async () => {
		const { api, sandbox } = await start();
		await api.post('/webhooks/', request);
		const { data: array } = await get(api, '/webhooks/');
		sandbox.variants.listAnswer = 'wrapped';
		expect((await get(api, '/webhooks/')).data).toEqual({ webhooks: array });
	});

	it.each([
		['empty', '', undefined],
		['json', { result: 'ok' }, 'application/json; charset=utf-8'],
		['text', 'OK', 'text/plain; charset=utf-8'],
	] as const)('responds to writes with %s', async (writeAnswer, body, contentType) => {
		const { api } = await start({ variants: { writeAnswer } });
		const customerThreadId = THREADS.webchat;
		await api.post('/webhooks/', request);
		const responses = [
			await api.post('/send-message-to-customer-thread', { customerThreadId, text: 'Hello' }),
			await api.post('/update-thread-status', { customerThreadId, status: 'resolved' }),
			await api.post('/customers/cust_001/profile/update', { company: 'Acme' }),
			await api.post('/webhooks/301/update', { enabled: false }),
			await api.post('/webhooks/301/delete', {}),
		];
		for (const { status, data, headers } of responses) {
			expect(status).toBe(200);
			expect(data).toEqual(body);
			expect(headers['content-type']).toBe(contentType);
		}
	});

	const SENTENCE = 'There is no webhook <b>';
	it.each([
		['developerMessage', { developerMessage: SENTENCE }],
		['message', { message: SENTENCE }],
		['error', { error: SENTENCE }],
		['errors', { errors: [{ message: SENTENCE }] }],
		['text', SENTENCE],
		['html', expect.stringMatching(/^<!DOCTYPE html>.*There is no webhook &lt;b&gt;/)],
		['empty', ''],
	] as const)('puts the sentence of an error in %s', async (errorBody, body) => {
		const { api } = await start({ variants: { errorBody } });
		const { status, data } = await get(api, '/webhooks/%3Cb%3E');
		expect(status).toBe(404);
		expect(data).toEqual(body);
	});
});
