import { THREADS } from '../../sandbox/server';
import { deferred, start, startReceiver, until } from '../support/sandbox/server';

const path = `/threads/${THREADS.whatsappOpen}`;
const webhook = { url: 'http://127.0.0.1:1/', subscribedEvents: ['messages'] };

/** A sandbox, and the number of changes its event stream has told of. */
async function watch() {
	const running = await start();
	const { data, headers } = await running.control.get('/events', { responseType: 'stream' });
	expect(headers['content-type']).toBe('text/event-stream');
	const watched = { ...running, changes: 0 };
	data.setEncoding('utf8');
	data.on('data', (text: string) => (watched.changes += text.split('data: change\n\n').length - 1));
	// The sandbox ends the stream when it closes, in the middle.
	data.on('error', () => {});
	return watched;
}

type Watched = Awaited<ReturnType<typeof watch>>;

describe('The events of the sandbox', () => {
	it.each<[string, (watched: Watched) => unknown]>([
		['a message of a customer', ({ control }) => control.post(`${path}/messages`, { text: 'Hi' })],
		['a message from code', ({ sandbox }) => sandbox.employeeWrites(THREADS.sms, 'Hi')],
		['a window', ({ control }) => control.post(`${path}/window`, { open: false })],
		['a transfer', ({ control }) => control.post(`${path}/transfer`, { businessId: '2002' })],
		['a new thread', ({ sandbox }) => sandbox.addThread()],
		['a legacy webhook', ({ control }) => control.post('/legacy-urls', { url: webhook.url })],
		['a webhook', ({ api }) => api.post('/webhooks/', webhook)],
		[
			'a status',
			({ api }) =>
				api.post('/update-thread-status', { customerThreadId: THREADS.sms, status: 'resolved' }),
		],
		['a profile', ({ api }) => api.post('/customers/cust_001/profile/update', { firstName: 'Al' })],
		['forgotten deliveries', ({ sandbox }) => sandbox.clearRecords()],
	])('tells of %s', async (_what, happen) => {
		const watched = await watch();
		await happen(watched);
		await until(() => watched.changes > 0);
	});

	it('tells when a delivery is queued, and when it is over', async () => {
		const receiver = await startReceiver();
		const watched = await watch();
		watched.sandbox.legacyUrls.push(receiver.url);
		const { promise, resolve } = deferred<number>();
		receiver.status = async () => await promise;
		const written = watched.sandbox.customerWrites(THREADS.sms, 'Hello');
		// The message, and its delivery.
		await until(() => watched.changes === 2 && receiver.received.length === 1);
		expect(watched.sandbox.deliveries()).toMatchObject([{ endedAt: null }]);
		resolve(200);
		await written;
		await until(() => watched.changes === 3);
		expect(watched.sandbox.deliveries()).toMatchObject([{ endedAt: expect.any(Number) }]);
	});
});
