/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';

import { CUSTOMERS, THREADS } from '../../sandbox/server';
import { get, start } from '../support/sandbox/server';

const SEND = '/send-message-to-customer-thread';
const path = `/threads/${THREADS.whatsappClosed}/activities`;
const customerThreadId = THREADS.whatsappClosed;

/** A sandbox, and what it says was done in the thread, without IDs and times. */
async function startAndList() {
	const { control, ...rest } = await start();
	const list = async (where = path): Promise<object[]> => {
		const { data } = await control.get<object[]>(where);
		for (const activity of data) {
			for (const name of ['id', 'timestamp']) Reflect.deleteProperty(activity, name);
		}
		return data;
	};
	return { ...rest, control, list };
}

describe('What was done in a thread beside writing', () => {
	it('is listed in order, for this thread and its customer alone', async () => {
		const { api, list } = await startAndList();
		await get(api, `/customers/${CUSTOMERS.whatsappClosed}/profile`);
		await api.post(`/customers/${CUSTOMERS.whatsappClosed}/profile/update`, { firstName: 'Hu' });
		await get(api, `/get-customer-thread-details?customerThreadId=${customerThreadId}`);
		await api.post('/update-thread-status', { customerThreadId, status: 'resolved' });
		await get(api, `/customers/${CUSTOMERS.sms}/profile`);
		await api.post('/update-thread-status', { customerThreadId: THREADS.sms, status: 'waiting' });
		expect(await list()).toEqual([
			{ kind: 'profile read' },
			{ kind: 'profile changed' },
			{ kind: 'window closed' },
			{ kind: 'status', status: 'resolved' },
		]);
	});

	it('says what was refused, and why', async () => {
		const { api, sandbox, list } = await startAndList();
		await api.post(SEND, { customerThreadId, text: 'Hello' });
		await api.post(SEND, { customerThreadId, contentSid: 'HX0' });
		await api.post(SEND, { customerThreadId, contentSid: 'HX0', internal: true });
		const route = 'POST /api/update-thread-status';
		sandbox.faults.add({ route, kind: 'status', status: 503, body: 'busy' });
		await api.post('/update-thread-status', { customerThreadId, status: 'resolved' });
		const closed = 'The messaging window is closed: only templates may be sent';
		expect(await list()).toMatchObject([
			{ kind: 'refused', tried: 'send', text: 'Hello', reason: closed },
			{ kind: 'refused', tried: 'send template', text: null },
			{ kind: 'refused', tried: 'send template', text: null },
			{ kind: 'refused', tried: 'set status', text: 'resolved', reason: 'the response was 503' },
		]);
		const other = THREADS.otherUsers;
		await get(api, `/get-customer-thread-details?customerThreadId=${other}`);
		await api.post(SEND, { customerThreadId: other, text: 'A note', internal: true });
		expect(await list(`/threads/${other}/activities`)).toMatchObject([
			{ kind: 'refused', tried: 'look' },
			{ kind: 'refused', tried: 'send note', text: 'A note' },
		]);
	});

	it('says when a question begins and ends to wait, but nothing of other webhooks', async () => {
		const { api, list } = await startAndList();
		const until = Date.now() + 60_000;
		const query = `instaplyThread=${customerThreadId}&instaplyUntil=${until}`;
		const urls = [`http://127.0.0.1:1/webhook-waiting/1?${query}`, 'http://127.0.0.1:1/webhook/a'];
		for (const url of urls) {
			const { data } = await api.post('/webhooks/', { url, subscribedEvents: ['messages'] });
			await api.post(`/webhooks/${data.id}/delete`, {});
		}
		expect(await list()).toEqual([{ kind: 'asks', until }, { kind: 'waits no longer' }]);
	});

	it('is told to whoever follows, also when nothing else has changed', async () => {
		const { api, sandbox, control } = await startAndList();
		const { data: stream } = await control.get('/events', { responseType: 'stream' });
		const told = once(stream, 'data');
		await api.post(SEND, { customerThreadId, text: 'Hello' });
		expect(String(await told)).toContain('data: change');
		expect(sandbox.conversation(customerThreadId)).toEqual([]);
		stream.destroy();
	});
});
