import { THREADS, type FaultEffect } from '../../sandbox/server';
import { start, until } from '../support/sandbox/server';

const SEND = '/send-message-to-customer-thread';
const ROUTE = 'POST /api/send-message-to-customer-thread';
const message = { customerThreadId: THREADS.webchat, text: 'Hello' };

async function startWith(fault: FaultEffect) {
	const running = await start();
	const injected = running.sandbox.faults.add({ route: ROUTE, ...fault });
	const sent = () => running.sandbox.conversation(THREADS.webchat).length;
	return { ...running, injected, sent };
}

describe('The faults of the sandbox', () => {
	describe('a fault', () => {
		it('strikes once, then the route works again', async () => {
			const { api, injected, sent } = await startWith({ kind: 'status', status: 503 });
			expect((await api.post(SEND, message)).status).toBe(503);
			expect(sent()).toBe(0);
			expect((await api.post(SEND, message)).status).toBe(200);
			expect(sent()).toBe(1);
			expect(injected.strikes).toBe(1);
		});

		it('strikes as often as set', async () => {
			const { api, sandbox } = await start();
			sandbox.faults.add({ route: ROUTE, times: 2, kind: 'status', status: 500 });
			const statuses = [];
			for (let i = 0; i < 3; i += 1) statuses.push((await api.post(SEND, message)).status);
			expect(statuses).toEqual([500, 500, 200]);
		});

		it('strikes until removed when it is to last', async () => {
			const { api, sandbox } = await start();
			const fault = { route: ROUTE, kind: 'status', status: 500 } as const;
			const injected = sandbox.faults.add({ ...fault, times: Infinity });
			expect((await api.post(SEND, message)).status).toBe(500);
			expect((await api.post(SEND, message)).status).toBe(500);
			injected.remove();
			expect((await api.post(SEND, message)).status).toBe(200);
			sandbox.faults.add(fault);
			sandbox.faults.clear();
			expect((await api.post(SEND, message)).status).toBe(200);
		});

		it('strikes only its route and the requests that match', async () => {
			const { api, sandbox } = await start();
			sandbox.faults.add({
				route: ROUTE,
				match: ({ body }) => JSON.stringify(body).includes('unlucky'),
				kind: 'status',
				status: 500,
			});
			const status = { customerThreadId: THREADS.webchat, status: 'waiting' };
			expect((await api.post('/update-thread-status', status)).status).toBe(200);
			expect((await api.post(SEND, message)).status).toBe(200);
			expect((await api.post(SEND, { ...message, text: 'unlucky' })).status).toBe(500);
		});

		it('meets requests in the order in which the faults were added', async () => {
			const { api, sandbox } = await start();
			for (const status of [500, 429]) sandbox.faults.add({ route: ROUTE, kind: 'status', status });
			expect((await api.post(SEND, message)).status).toBe(500);
			expect((await api.post(SEND, message)).status).toBe(429);
		});

		it('leaves requests alone that are refused anyway', async () => {
			const { api, injected } = await startWith({ kind: 'status', status: 503 });
			expect((await api.post(SEND, {})).status).toBe(400);
			expect((await api.post(SEND, message, { headers: { token: 'wrong' } })).status).toBe(401);
			expect(injected.strikes).toBe(0);
		});
	});

	describe('kind', () => {
		it('status: returns headers and body as given', async () => {
			const { api } = await startWith({
				kind: 'status',
				status: 429,
				body: { message: 'Slow down' },
				headers: { 'Retry-After': '2' },
			});
			const { status, data, headers } = await api.post(SEND, message);
			expect([status, data, headers['retry-after']]).toEqual([429, { message: 'Slow down' }, '2']);
		});

		it('status: returns a text as it is, and an error sentence without a body', async () => {
			const { api, sandbox } = await startWith({
				kind: 'status',
				status: 502,
				body: 'Bad gateway',
			});
			expect((await api.post(SEND, message)).data).toBe('Bad gateway');
			sandbox.faults.add({ route: ROUTE, kind: 'status', status: 500 });
			expect((await api.post(SEND, message)).data).toEqual({
				developerMessage: 'Injected fault: 500',
			});
		});

		it('notJson: returns a web page with status 200 and does nothing', async () => {
			const { api, sent } = await startWith({ kind: 'notJson' });
			const { status, data, headers } = await api.post(SEND, message);
			expect(status).toBe(200);
			expect(data).toContain('<!DOCTYPE html>');
			expect(headers['content-type']).toContain('text/html');
			expect(sent()).toBe(0);
		});

		it('delay: does the work and responds, but not before the delay is over', async () => {
			const { api, sandbox, sent } = await startWith({ kind: 'delay', ms: 60 });
			expect((await api.post(SEND, message)).status).toBe(200);
			expect(sent()).toBe(1);
			const [record] = sandbox.requests();
			expect((record?.endedAt ?? 0) - (record?.startedAt ?? 0)).toBeGreaterThanOrEqual(59);
		});

		it('answerDelayed: does the work at once, and responds when the delay is over', async () => {
			const { api, sent } = await startWith({ kind: 'answerDelayed', ms: 300 });
			const response = api.post(SEND, message);
			await until(() => sent() === 1);
			const first = await Promise.race([response, 'no response yet']);
			expect(first).toBe('no response yet');
			expect((await response).status).toBe(200);
		});

		it('drop: closes the connection and does nothing', async () => {
			const { api, sandbox, sent } = await startWith({ kind: 'drop' });
			await expect(api.post(SEND, message)).rejects.toMatchObject({ code: 'ECONNRESET' });
			expect(sent()).toBe(0);
			expect(sandbox.requests()).toMatchObject([{ status: null, endTick: expect.any(Number) }]);
			expect((await api.post(SEND, message)).status).toBe(200);
		});

		it('hang: does not respond until the sandbox closes, and does nothing', async () => {
			const { api, sandbox, injected, sent } = await startWith({ kind: 'hang' });
			const hanging = api.post(SEND, message);
			const ended = expect(hanging).rejects.toMatchObject({ code: 'ECONNRESET' });
			await until(() => injected.strikes === 1);
			expect((await api.post(SEND, { ...message, text: 'another' })).status).toBe(200);
			expect(sandbox.requests()).toMatchObject([{ endTick: null }, { status: 200 }]);
			await sandbox.close();
			await ended;
			expect(sent()).toBe(1);
		});

		it('answerLost: does the work, then closes the connection', async () => {
			const { api, sandbox, sent } = await startWith({ kind: 'answerLost' });
			await expect(api.post(SEND, message)).rejects.toMatchObject({ code: 'ECONNRESET' });
			expect(sent()).toBe(1);
			expect(sandbox.requests()).toMatchObject([{ status: null, body: message }]);
		});

		it.each([
			[{ error: 'a field of this name' }, 'application/json'],
			['not JSON', 'text/plain'],
		])('answerReplaced: does the work, then returns %j', async (body, contentType) => {
			const { api, sent } = await startWith({ kind: 'answerReplaced', status: 202, body });
			const { status, data, headers } = await api.post(SEND, message);
			expect([status, data]).toEqual([202, body]);
			expect(headers['content-type']).toContain(contentType);
			expect(sent()).toBe(1);
		});
	});
});
