import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import { get, sentence, start } from '../support/sandbox/server';

const SEND = '/send-message-to-customer-thread';

async function details(api: Parameters<typeof get>[0], threadId: string) {
	return (await get(api, `/get-customer-thread-details?customerThreadId=${threadId}`)).data;
}

describe('The conversations of the sandbox', () => {
	describe('sending', () => {
		it('adds the message and makes the thread replied', async () => {
			const { api, sandbox } = await start();
			const response = await api.post(SEND, { customerThreadId: THREADS.webchat, text: 'Hello' });
			expect(response.status).toBe(200);
			expect(sandbox.conversation(THREADS.webchat)).toEqual([
				expect.objectContaining({ from: 'api', body: 'Hello', invisible: false }),
			]);
			expect((await details(api, THREADS.webchat)).status).toBe('replied');
		});

		it('keeps the status when the message is internal', async () => {
			const { api, sandbox } = await start();
			const note = { customerThreadId: THREADS.webchat, text: 'VIP', internal: true };
			expect((await api.post(SEND, note)).status).toBe(200);
			expect(sandbox.conversation(THREADS.webchat)[0]).toMatchObject({ invisible: true });
			expect((await details(api, THREADS.webchat)).status).toBe('waiting');
		});

		it('refuses a text once the window is closed', async () => {
			const { api, sandbox } = await start();
			const text = { customerThreadId: THREADS.whatsappClosed, text: 'Hello' };
			const { status, data } = await api.post(SEND, text);
			expect(status).toBe(400);
			expect(sentence(data)).toContain('window is closed');
			expect(sandbox.conversation(THREADS.whatsappClosed)).toEqual([]);
		});

		it('lets an internal message and a template through a closed window', async () => {
			const { api, sandbox } = await start();
			const customerThreadId = THREADS.whatsappClosed;
			await api.post(SEND, { customerThreadId, text: 'Call her', internal: true });
			await api.post(SEND, { customerThreadId, contentSid: TEMPLATES.issueBack });
			expect(sandbox.conversation(customerThreadId)).toEqual([
				expect.objectContaining({ body: 'Call her', contentSid: null }),
				expect.objectContaining({
					body: expect.stringContaining('Bonjour'),
					contentSid: TEMPLATES.issueBack,
				}),
			]);
		});

		it('refuses a template that the thread does not have, and one as an internal message', async () => {
			const { api } = await start();
			const contentSid = TEMPLATES.issueBack;
			const responses = [
				await api.post(SEND, { customerThreadId: THREADS.webchat, contentSid }),
				await api.post(SEND, { customerThreadId: THREADS.whatsappOpen, contentSid: 'HX0' }),
				await api.post(SEND, {
					customerThreadId: THREADS.whatsappOpen,
					contentSid,
					internal: true,
				}),
			];
			expect(responses.map(({ status }) => status)).toEqual([400, 400, 400]);
		});
	});

	describe('threads', () => {
		it('tells channel, status and window, and nothing else', async () => {
			const { api } = await start();
			expect(await details(api, THREADS.whatsappClosed)).toEqual({
				customerChannel: 'WHATSAPP',
				status: 'replied',
				isMessagingWindowOpen: false,
			});
		});

		it('updates the status', async () => {
			const { api } = await start();
			const customerThreadId = THREADS.webchat;
			for (const status of ['resolved', 'replied', 'waiting']) {
				await api.post('/update-thread-status', { customerThreadId, status });
				expect((await details(api, customerThreadId)).status).toBe(status);
			}
		});

		it('opens the window of a WhatsApp thread when the customer writes', async () => {
			const { api, sandbox } = await start();
			await sandbox.customerWrites(THREADS.whatsappClosed, 'Oui');
			expect(await details(api, THREADS.whatsappClosed)).toEqual({
				customerChannel: 'WHATSAPP',
				status: 'waiting',
				isMessagingWindowOpen: true,
			});
		});

		it('leaves the window of other channels as it was set', async () => {
			const { api, sandbox } = await start();
			sandbox.setWindow(THREADS.sms, false);
			await sandbox.customerWrites(THREADS.sms, 'Hello');
			expect((await details(api, THREADS.sms)).isMessagingWindowOpen).toBe(false);
		});

		it('lists templates in the documented form, and none off WhatsApp', async () => {
			const { api } = await start();
			const path = '/get-whatsapp-templates?customerThreadId=';
			const { data } = await get(api, path + THREADS.whatsappOpen);
			expect(Object.keys(data)).toEqual(['templates']);
			expect(data.templates).toHaveLength(4);
			for (const template of data.templates) {
				expect(template).toEqual({
					title: expect.any(String),
					text: expect.any(String),
					contentSid: expect.stringMatching(/^HX[0-9a-f]{30}$/),
				});
			}
			expect((await get(api, path + THREADS.webchat)).data).toEqual({ templates: [] });
		});

		it('can be added, each with its own conversation', async () => {
			const { api, sandbox } = await start();
			const [one, other] = [sandbox.addThread(), sandbox.addThread({ channel: 'SMS' })];
			await api.post(SEND, { customerThreadId: String(other.id), text: 'Hello' });
			expect(sandbox.conversation(one.id)).toHaveLength(0);
			expect(sandbox.conversation(other.id)).toHaveLength(1);
		});
	});

	describe('customers', () => {
		it('have a profile in the documented form', async () => {
			const { api } = await start();
			const { data } = await get(api, `/customers/${CUSTOMERS.webchat}/profile`);
			expect(data).toEqual({
				id: 'cust_001',
				type: 'prospect',
				editable: true,
				pictureHref: expect.stringMatching(/^https:/),
				displayName: 'Alan Johnson',
				emailAddress: 'aj@example.com',
				phoneNumber: '+15551234567',
				firstName: 'Alan',
				lastName: 'Johnson',
				company: 'JLB Credit',
				channel: 'WEBCHAT',
				customerData: expect.arrayContaining([{ name: 'COMPANY', value: 'Acme' }]),
				lastSurveys: {
					nps: { createdAt: expect.any(Number), text: '8' },
					preferredChannel: { createdAt: expect.any(Number), text: 'MESSAGE' },
				},
			});
		});

		it('change only what an update gives', async () => {
			const { api } = await start();
			const path = `/customers/${CUSTOMERS.webchat}/profile`;
			expect((await api.post(`${path}/update`, { company: 'Acme Corp' })).status).toBe(200);
			expect((await get(api, path)).data).toMatchObject({
				firstName: 'Alan',
				lastName: 'Johnson',
				company: 'Acme Corp',
			});
		});

		it('refuse an update when they are not editable', async () => {
			const { api } = await start();
			const { status } = await api.post(`/customers/${CUSTOMERS.readOnly}/profile/update`, {});
			expect(status).toBe(403);
		});
	});

	describe('starting a conversation', () => {
		const START = '/widget/send-message-to-business';
		const user = { email: 'customer@example.com', phoneNumber: '+15551234567', locale: 'en' };

		it('posts the message as the customer, into a thread that the API knows', async () => {
			const { api, sandbox } = await start();
			const body = { businessId: BUSINESSES.support, message: 'Hello', user };
			const { status, data } = await api.post(START, body);
			expect(status).toBe(200);
			expect(data).toEqual({ result: 'ok', customerThreadId: expect.any(String) });
			expect(sandbox.conversation(data.customerThreadId)).toEqual([
				expect.objectContaining({ from: 'customer', body: 'Hello' }),
			]);
			expect(await details(api, data.customerThreadId)).toMatchObject({ status: 'waiting' });
		});

		it('continues the thread of the same user and business', async () => {
			const { api } = await start();
			const body = { businessId: BUSINESSES.support, message: 'Hello', user };
			const first = await api.post(START, body);
			const second = await api.post(START, body);
			const elsewhere = await api.post(START, { ...body, businessId: BUSINESSES.store });
			expect(second.data).toEqual(first.data);
			expect(elsewhere.data).not.toEqual(first.data);
		});

		it.each([BUSINESSES.foreign, '424242'])(
			'refuses business %s, which is not of this organization',
			async (businessId) => {
				const { api } = await start();
				const { status, data } = await api.post(START, { businessId, message: 'Hello', user });
				expect(status).toBe(403);
				expect(data).toEqual({
					developerMessage: 'Business does not belong to this organization',
				});
			},
		);
	});

	it('keeps what one sandbox does out of another', async () => {
		const [one, other] = [await start(), await start()];
		await one.sandbox.customerWrites(THREADS.webchat, 'Hello');
		await one.api.post(`/customers/${CUSTOMERS.webchat}/profile/update`, { company: 'Changed' });
		expect(other.sandbox.conversation(THREADS.webchat)).toEqual([]);
		const { data } = await get(other.api, `/customers/${CUSTOMERS.webchat}/profile`);
		expect(data.company).toBe('JLB Credit');
	});
});
