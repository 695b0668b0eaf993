import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import { get, start, startReceiver } from '../support/sandbox/server';

const path = `/threads/${THREADS.webchat}`;

describe('The control endpoints of the sandbox', () => {
	it('lets a customer and an employee write, and tells what was delivered', async () => {
		const [{ sandbox, control }, receiver] = [await start(), await startReceiver()];
		sandbox.legacyUrls.push(receiver.url);
		const { data } = await control.post(`${path}/messages`, { text: 'Hello' });
		expect(data).toMatchObject({
			message: { from: 'customer', body: 'Hello' },
			deliveries: [{ delivered: true, status: 200 }],
		});
		await control.post(`${path}/messages`, { from: 'employee', text: 'a note', internal: true });
		const attachment = { name: 'a.png', contentType: 'image/png', contentLength: 10 };
		await control.post(`${path}/messages`, { attachment });
		expect(sandbox.conversation(THREADS.webchat)).toMatchObject([
			{ from: 'customer', invisible: false },
			{ from: 'employee', invisible: true },
			{ from: 'customer', body: null, attachment },
		]);
	});

	it('transfers, and opens and closes windows', async () => {
		const { sandbox, control } = await start();
		const { data } = await control.post(`${path}/transfer`, { businessId: BUSINESSES.support });
		expect(data).toMatchObject({ transfer: { newBusinessName: 'Support Team' }, deliveries: [] });
		await control.post(`${path}/window`, { open: false });
		expect(sandbox.thread(THREADS.webchat)).toMatchObject({ businessId: 2002, windowOpen: false });
	});

	it('lists and adds threads, and shows a conversation', async () => {
		const { control } = await start();
		const { data: added } = await control.post('/threads', { channel: 'SMS' });
		await control.post(`/threads/${added.id}/messages`, { text: 'Hello' });
		const { data: threads } = await control.get('/threads');
		expect(threads).toHaveLength(Object.keys(THREADS).length + 1);
		expect(threads.at(-1)).toMatchObject({
			id: added.id,
			available: true,
			channel: 'SMS',
			customerName: 'Alan Johnson',
			businessName: 'City Centre Store',
			messages: 1,
			lastMessage: { body: 'Hello' },
		});
		const { data: thread } = await control.get(`/threads/${added.id}`);
		expect(thread.messages).toMatchObject([{ body: 'Hello' }]);
	});

	it('gives a new WhatsApp thread the templates that a bot may need', async () => {
		const { control } = await start();
		const { data } = await control.post('/threads', { channel: 'WHATSAPP' });
		expect(data.templates).toContainEqual(
			expect.objectContaining({ contentSid: TEMPLATES.orderShipped }),
		);
	});

	it('lists what the page offers to choose from, and the token to enter in n8n', async () => {
		const { sandbox, control } = await start();
		const { data: businesses } = await control.get('/businesses');
		expect(businesses.map(({ id }: { id: number }) => id)).toEqual([1001, 2002, 3003]);
		expect((await control.get('/customers')).data).toHaveLength(Object.keys(CUSTOMERS).length);
		expect((await control.get('/credential')).data).toEqual({
			token: sandbox.token,
			addresses: { own: sandbox.url, docker: null, network: [] },
		});
	});

	it('lists who listens, without the secrets in the headers', async () => {
		const { api, control } = await start();
		const webhook = { url: 'https://example.com/hook', subscribedEvents: ['transfers'] };
		const extraHeaders = [{ name: 'Authorization', value: 'Bearer your-secret' }];
		await api.post('/webhooks/', { ...webhook, enabled: false, extraHeaders });
		await control.post('/legacy-urls', { url: 'https://example.com/legacy' });
		expect((await control.get('/listeners')).data).toEqual([
			{ webhookId: 301, ...webhook, enabled: false, receiver: { kind: 'other' } },
			{
				webhookId: null,
				url: 'https://example.com/legacy',
				enabled: true,
				subscribedEvents: ['messages'],
				receiver: { kind: 'other' },
			},
		]);
	});

	it('lists deliveries and repeats one', async () => {
		const [{ sandbox, control }, receiver] = [await start(), await startReceiver()];
		await control.post('/legacy-urls', { url: receiver.url });
		await sandbox.customerWrites(THREADS.webchat, 'Hello');
		expect((await control.post('/deliveries/1/redeliver', {})).data).toMatchObject({
			delivered: true,
		});
		expect((await control.post('/deliveries/9/redeliver', {})).status).toBe(404);
		expect((await control.get('/deliveries')).data).toHaveLength(2);
		expect((await control.get('/deliveries?last=1')).data).toMatchObject([{ id: 2 }]);
		expect(receiver.received).toHaveLength(2);
	});

	it('lists the requests to the API, not those to itself', async () => {
		const { api, control } = await start();
		await control.get('/threads');
		await get(api, '/webhooks/');
		const { data } = await control.get('/requests');
		expect(data).toMatchObject([{ route: 'GET /api/webhooks/', status: 200 }]);
	});

	it('adds and clears faults, and changes variants', async () => {
		const { api, control } = await start();
		const fault = { route: 'GET /api/webhooks/', kind: 'status', status: 503 };
		expect((await control.post('/faults', fault)).status).toBe(201);
		await control.post('/variants', { listAnswer: 'wrapped' });
		expect((await get(api, '/webhooks/')).status).toBe(503);
		await control.post('/faults', fault);
		expect((await control.delete('/faults')).status).toBe(204);
		expect((await get(api, '/webhooks/')).data).toEqual({ webhooks: [] });
		expect((await control.get('/variants')).data).toMatchObject({ listAnswer: 'wrapped' });
	});

	it.each([
		['/faults', { route: 'GET /api/nothing', kind: 'drop' }],
		['/faults', { route: 'GET /api/webhooks/', kind: 'status' }],
		['/faults', { route: 'GET /api/webhooks/', kind: 'delay' }],
		['/variants', { listAnswer: 'other' }],
		[`${path}/messages`, {}],
		[`${path}/messages`, { text: 'Hello', internal: true }],
		[`${path}/transfer`, {}],
		[`${path}/window`, { open: 'yes' }],
	])('refuses %s %j', async (where, body) => {
		const { control } = await start();
		const { status, data } = await control.post(where, body);
		expect(status).toBe(400);
		expect(data).toEqual({ message: expect.any(String) });
	});

	it.each(['/threads/999', '/nothing'])('returns 404 on %s', async (where) => {
		const { control } = await start();
		expect((await control.get(where)).status).toBe(404);
	});

	describe('who may drive it', () => {
		it.each(['evil.example', 'evil.example:3100', '127.0.0.1.evil.example'])(
			'not somebody who calls this machine "%s"',
			async (host) => {
				const { control } = await start();
				expect((await control.get('/threads', { headers: { Host: host } })).status).toBe(403);
			},
		);

		it.each(['localhost', 'localhost:3100', '127.0.0.1', '[::1]:3100'])(
			'somebody who calls it %s',
			async (host) => {
				const { control } = await start();
				expect((await control.get('/threads', { headers: { Host: host } })).status).toBe(200);
			},
		);

		it.each(['https://evil.example', 'http://127.0.0.1:1', 'null'])(
			'not a web page of the origin %s',
			async (origin) => {
				const { control, sandbox } = await start();
				const headers = { Origin: origin };
				const write = await control.post(`${path}/messages`, { text: 'x' }, { headers });
				expect(write.status).toBe(403);
				expect((await control.get('/events', { headers })).status).toBe(403);
				expect(sandbox.conversation(THREADS.webchat)).toEqual([]);
			},
		);

		it('its own page', async () => {
			const { control, sandbox } = await start();
			const headers = { Origin: sandbox.url };
			expect((await control.post(`${path}/messages`, { text: 'x' }, { headers })).status).toBe(200);
		});

		it('not a form, which a web page of any origin can send', async () => {
			const { control, sandbox } = await start();
			const form = { headers: { 'Content-Type': 'text/plain' } };
			expect((await control.post(`${path}/messages`, '{"text":"x"}', form)).status).toBe(415);
			expect(sandbox.conversation(THREADS.webchat)).toEqual([]);
		});
	});
});
