import { THREADS } from '../../sandbox/server';
import { get, start, until } from '../support/sandbox/server';

const SEND = '/send-message-to-customer-thread';
const ROUTE = 'POST /api/send-message-to-customer-thread';
const message = { customerThreadId: THREADS.webchat, text: 'Hello' };

describe('The journal of the sandbox', () => {
	it('records each request, but never the token', async () => {
		const { api, sandbox } = await start();
		await api.post(SEND, message);
		await get(api, `/get-customer-thread-details?customerThreadId=${THREADS.sms}`);
		expect(sandbox.requests()).toEqual([
			{
				sequence: 1,
				method: 'POST',
				path: '/api/send-message-to-customer-thread',
				route: ROUTE,
				query: {},
				body: message,
				headerNames: expect.arrayContaining(['token', 'content-type']),
				token: 'valid',
				status: 200,
				startedAt: expect.any(Number),
				endedAt: expect.any(Number),
				startTick: 1,
				endTick: 2,
			},
			expect.objectContaining({
				sequence: 2,
				path: '/api/get-customer-thread-details',
				query: { customerThreadId: THREADS.sms },
				body: undefined,
			}),
		]);
		expect(JSON.stringify(sandbox.requests())).not.toContain(sandbox.token);
	});

	it('records refused requests too, with what was wrong about the token', async () => {
		const { api, sandbox } = await start();
		await api.post(SEND, message, { headers: { token: 'wrong' } });
		await api.post(SEND, message, { headers: { token: null } });
		await api.post('/nowhere', {});
		expect(sandbox.requests()).toMatchObject([
			{ token: 'wrong', status: 401 },
			{ token: 'missing', status: 401 },
			{ token: 'valid', status: 404, route: null },
		]);
	});

	it('returns the requests that pass every filter given', async () => {
		const { api, sandbox } = await start();
		await api.post(SEND, message);
		await api.post(SEND, { ...message, customerThreadId: THREADS.sms });
		await get(api, `/get-whatsapp-templates?customerThreadId=${THREADS.sms}`);
		await get(api, '/webhooks/1');
		const count = (filter: Parameters<typeof sandbox.requests>[0]) =>
			sandbox.requests(filter).length;
		expect(count({ route: ROUTE })).toBe(2);
		expect(count({ customerThreadId: THREADS.sms })).toBe(2);
		expect(count({ route: ROUTE, customerThreadId: THREADS.sms })).toBe(1);
		expect(count({ method: 'GET' })).toBe(2);
		expect(count({ status: 404 })).toBe(1);
		expect(count({ path: '/api/webhooks/1' })).toBe(1);
		expect(count({ token: 'wrong' })).toBe(0);
		expect(count({ where: ({ sequence }) => sequence > 3 })).toBe(1);
	});

	it('knows how many requests were in flight at once', async () => {
		const { api, sandbox } = await start();
		for (let i = 0; i < 3; i += 1) await api.post(SEND, message);
		expect(sandbox.maxInFlight()).toBe(1);

		sandbox.faults.add({ route: ROUTE, times: 4, kind: 'hang' });
		const hanging = Promise.allSettled(Array.from({ length: 4 }, () => api.post(SEND, message)));
		await until(() => sandbox.requests({ route: ROUTE }).length === 7);
		await get(api, '/webhooks/');
		expect(sandbox.maxInFlight()).toBe(5);
		expect(sandbox.maxInFlight({ route: ROUTE })).toBe(4);
		expect(sandbox.maxInFlight({ route: 'GET /api/webhooks/' })).toBe(1);
		await sandbox.close();
		await hanging;
	});

	it('starts anew when cleared', async () => {
		const { api, sandbox } = await start();
		await Promise.all([api.post(SEND, message), api.post(SEND, message)]);
		sandbox.clearRecords();
		expect(sandbox.requests()).toEqual([]);
		await api.post(SEND, message);
		expect(sandbox.maxInFlight()).toBe(1);
	});

	it.each([
		[0, []],
		[2, [4, 5]],
	])('remembers the last %i requests when so set', async (journalLimit, sequences) => {
		const { api, sandbox } = await start({ journalLimit });
		for (let i = 0; i < 5; i += 1) await api.post(SEND, message);
		expect(sandbox.requests().map(({ sequence }) => sequence)).toEqual(sequences);
		expect(sandbox.maxInFlight()).toBe(1);
	});

	it('tells an observer what happens', async () => {
		const seen: string[] = [];
		const { api, sandbox } = await start({
			legacyUrls: ['http://127.0.0.1:1/'],
			observer: {
				onRequest: ({ status }) => seen.push(`request ${status}`),
				onMessage: ({ body }, { channel }) => seen.push(`message ${body} ${channel}`),
				onTransfer: ({ newBusinessName }) => seen.push(`transfer ${newBusinessName}`),
				onDelivery: ({ delivered }) => seen.push(`delivery ${delivered}`),
			},
		});
		await api.post(SEND, message);
		await sandbox.transfer(THREADS.webchat, { businessId: 2002 });
		await until(() => seen.length === 4);
		expect(seen.sort()).toEqual([
			'delivery false',
			'message Hello WEBCHAT',
			'request 200',
			'transfer Support Team',
		]);
	});

	it('refuses what comes beyond the limit of a second, and says when to come again', async () => {
		const { api } = await start({ requestsPerSecond: 2 });
		const responses = await Promise.all([1, 2, 3].map(async () => await api.get('/webhooks/')));
		expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
		const refused = responses.find(({ status }) => status === 429);
		expect(refused?.headers['retry-after']).toBe('1');
	});

	it('delays every response of the API by at least the latency', async () => {
		const { api, sandbox } = await start({ latencyMs: 30 });
		await Promise.all([api.post(SEND, message), get(api, '/webhooks/')]);
		for (const { startedAt, endedAt } of sandbox.requests()) {
			expect((endedAt ?? 0) - startedAt).toBeGreaterThanOrEqual(29);
		}
	});

	it('delays each response by a latency of its own where that differs', async () => {
		const latencies = [30, 60];
		const { api, sandbox } = await start({ latencyMs: () => latencies.shift() ?? 0 });
		for (let count = 0; count < 2; count += 1) await get(api, '/webhooks/');
		const [, second] = sandbox.requests();
		expect((second?.endedAt ?? 0) - (second?.startedAt ?? 0)).toBeGreaterThanOrEqual(59);
		expect(latencies).toEqual([]);
	});
});
