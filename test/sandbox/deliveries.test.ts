import { legacyMessage, message, transfer } from '../../lab/events';
import type { CreateWebhookBody } from '../../sandbox/api-requests';
import { BUSINESSES, TEMPLATES, THREADS } from '../../sandbox/server';
import { deferred, later, start, startReceiver, until } from '../support/sandbox/server';

const SEND = '/send-message-to-customer-thread';

/** The samples of the API document. */
const MESSAGE = message();
const TRANSFER = transfer();
const LEGACY = legacyMessage({ fromCustomer: false });

/** The same keys, each with the type of its value; `null` is a type of its own. */
function shape(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
	return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shape(part)]));
}

async function startSubscribed(
	given: Partial<CreateWebhookBody> = {},
	options: Parameters<typeof start>[0] = {},
) {
	const [running, receiver] = [await start(options), await startReceiver()];
	const webhook = { url: `${receiver.url}/hook`, subscribedEvents: ['messages', 'transfers'] };
	await running.api.post('/webhooks/', { ...webhook, ...given });
	return { ...running, receiver };
}

describe('The deliveries of the sandbox', () => {
	describe('payloads', () => {
		it("are a customer's message, exactly as documented", async () => {
			const { sandbox, receiver } = await startSubscribed();
			await sandbox.customerWrites(THREADS.webchat, 'Hello');
			const [delivery] = receiver.received;
			expect(shape(delivery?.body)).toEqual(shape(MESSAGE));
			expect(delivery?.headers['content-type']).toBe('application/json');
			const { fromCustomer, customerThreadId, channel, messageBody, businessId } = MESSAGE.data;
			expect(delivery?.body).toMatchObject({
				data: { fromCustomer, customerThreadId, channel, messageBody, businessId },
			});
		});

		it('are a transfer, exactly as documented', async () => {
			const { sandbox, receiver } = await startSubscribed();
			await sandbox.transfer(THREADS.webchat, {
				businessId: BUSINESSES.support,
				employeeUserId: 7890,
			});
			expect(shape(receiver.received[0]?.body)).toEqual(shape(TRANSFER));
			const { data } = TRANSFER;
			expect(receiver.received[0]?.body).toMatchObject({
				eventType: 'transfer',
				data: { ...data, businessParticipationId: expect.any(Number), customerChannel: 'WEBCHAT' },
			});
			expect(sandbox.thread(THREADS.webchat).businessId).toBe(2002);
		});

		it('are flat on a legacy URL, exactly as documented, and messages only', async () => {
			const [{ api, sandbox }, receiver] = [await start(), await startReceiver()];
			sandbox.legacyUrls.push(`${receiver.url}/legacy`);
			await sandbox.transfer(THREADS.webchat, { businessId: BUSINESSES.support });
			await api.post(SEND, { customerThreadId: THREADS.webchat, text: 'Hello' });
			await sandbox.customerWrites(THREADS.webchat, 'Hello');
			expect(receiver.received).toHaveLength(2);
			expect(shape(receiver.received[0]?.body)).toEqual(shape(LEGACY));
			expect(receiver.received[1]?.body).toMatchObject({
				fromCustomer: true,
				employeeUserId: null,
			});
		});

		it('carry the four attachment fields', async () => {
			const { sandbox, receiver } = await startSubscribed();
			const attachment = { name: 'a.pdf', contentType: 'application/pdf', contentLength: 1234 };
			await sandbox.customerWrites(THREADS.webchat, { attachment });
			expect(receiver.received[0]?.body).toMatchObject({
				data: {
					messageBody: null,
					messageAttachmentUUID: expect.stringMatching(/^[0-9a-f-]{36}$/),
					messageAttachmentContentType: 'application/pdf',
					messageAttachmentName: 'a.pdf',
					messageAttachmentContentLength: 1234,
				},
			});
		});

		it('tell who wrote and whether the customer can see it', async () => {
			const { api, sandbox, receiver } = await startSubscribed();
			const customerThreadId = THREADS.whatsappOpen;
			await sandbox.customerWrites(customerThreadId, 'by the customer');
			await sandbox.employeeWrites(customerThreadId, 'by an employee');
			await sandbox.employeeWrites(customerThreadId, { text: 'a note', internal: true });
			await api.post(SEND, { customerThreadId, text: 'by the API' });
			await api.post(SEND, { customerThreadId, text: 'a note by the API', internal: true });
			await api.post(SEND, { customerThreadId, contentSid: TEMPLATES.orderShipped });
			await sandbox.settled();
			const expected = [
				[true, false],
				[false, false],
				[false, true],
				[false, false],
				[false, true],
				[false, false],
			].map(([fromCustomer, invisible]) => ({ data: { fromCustomer, invisible } }));
			expect(receiver.received.map(({ body }) => body)).toMatchObject(expected);
		});

		it('tell of a conversation that was started through the API', async () => {
			const { api, sandbox, receiver } = await startSubscribed();
			const user = { phoneNumber: '+15551234567' };
			const body = { businessId: BUSINESSES.store, message: 'Hello', user };
			const { data } = await api.post('/widget/send-message-to-business', body);
			await sandbox.settled();
			expect(receiver.received[0]?.body).toMatchObject({
				data: { fromCustomer: true, customerThreadId: Number(data.customerThreadId) },
			});
		});
	});

	describe('who gets a delivery', () => {
		it.each([
			['messages', 'message'],
			['transfers', 'transfer'],
		] as const)('a webhook subscribed to %s gets only those', async (event, eventType) => {
			const { sandbox, receiver } = await startSubscribed({ subscribedEvents: [event] });
			await sandbox.customerWrites(THREADS.webchat, 'Hello');
			await sandbox.transfer(THREADS.webchat, { businessId: BUSINESSES.support });
			expect(receiver.received.map(({ body }) => body)).toMatchObject([{ eventType }]);
		});

		it('a disabled or deleted webhook gets none', async () => {
			const { api, sandbox, receiver } = await startSubscribed({ enabled: false });
			await sandbox.customerWrites(THREADS.webchat, 'while disabled');
			await api.post('/webhooks/301/update', { enabled: true });
			await sandbox.customerWrites(THREADS.webchat, 'while enabled');
			await api.post('/webhooks/301/delete', '');
			await sandbox.customerWrites(THREADS.webchat, 'after deletion');
			expect(receiver.received.map(({ body }) => body)).toMatchObject([
				{ data: { messageBody: 'while enabled' } },
			]);
		});

		it('gets the extra headers with it', async () => {
			const extraHeaders = [
				{ name: 'Authorization', value: 'Bearer your-secret' },
				{ name: 'X-Route', value: 'shop' },
			];
			const { sandbox, receiver } = await startSubscribed({ extraHeaders });
			await sandbox.customerWrites(THREADS.webchat, 'Hello');
			expect(receiver.received[0]?.headers).toMatchObject({
				authorization: 'Bearer your-secret',
				'x-route': 'shop',
			});
		});
	});

	describe('the way of a delivery', () => {
		it('is in order and one at a time for one URL', async () => {
			const { sandbox, receiver } = await startSubscribed();
			// Long enough for deliveries made side by side to meet in the receiver.
			receiver.status = async () => await later(200);
			const texts = Array.from({ length: 8 }, (_, index) => `message ${index}`);
			await Promise.all(texts.map((text) => sandbox.customerWrites(THREADS.webchat, text)));
			expect(receiver.received.map(({ body }) => body)).toMatchObject(
				texts.map((messageBody) => ({ data: { messageBody } })),
			);
			expect(receiver.mostAtOnce).toBe(1);
		});

		it('is independent of a receiver that does not respond', async () => {
			const { api, sandbox, receiver: stuck } = await startSubscribed();
			const other = await startReceiver();
			await api.post('/webhooks/', { url: other.url, subscribedEvents: ['messages'] });
			const { promise, resolve } = deferred<number>();
			stuck.status = async () => await promise;
			const written = sandbox.customerWrites(THREADS.webchat, 'Hello');
			await until(() => sandbox.deliveries({ delivered: true }).length === 1);
			expect(sandbox.deliveries({ delivered: true })).toMatchObject([{ url: other.url }]);
			resolve(200);
			expect((await written).deliveries.map(({ delivered }) => delivered)).toEqual([true, true]);
		});

		it('does not hold up the response of the API', async () => {
			const { api, sandbox, receiver } = await startSubscribed();
			const { promise, resolve } = deferred<number>();
			receiver.status = async () => await promise;
			const text = { customerThreadId: THREADS.webchat, text: 'Hello' };
			expect((await api.post(SEND, text)).status).toBe(200);
			expect(sandbox.deliveries({ delivered: true })).toEqual([]);
			resolve(200);
			await sandbox.settled();
			expect(sandbox.deliveries({ delivered: true })).toHaveLength(1);
		});

		it('is recorded with its payload and the response, without the extra headers', async () => {
			const extraHeaders = [{ name: 'Authorization', value: 'Bearer your-secret' }];
			const { sandbox, receiver } = await startSubscribed({ extraHeaders });
			receiver.status = () => 503;
			receiver.body = { status: 'Not ready', log: 'x'.repeat(2000) };
			const { deliveries } = await sandbox.customerWrites(THREADS.webchat, 'Hello');
			expect(deliveries).toEqual([
				{
					id: 1,
					webhookId: 301,
					writer: 'customer',
					receiver: { kind: 'other' },
					url: `${receiver.url}/hook`,
					payload: receiver.received[0]?.body,
					attempts: 1,
					status: 503,
					answer: JSON.stringify(receiver.body).slice(0, 1000),
					failure: null,
					delivered: false,
					endedAt: expect.any(Number),
				},
			]);
			expect(sandbox.deliveries()).toEqual(deliveries);
		});

		it('does not follow a redirect', async () => {
			const { sandbox, receiver } = await startSubscribed();
			receiver.status = () => 302;
			const { deliveries } = await sandbox.customerWrites(THREADS.webchat, 'Hello');
			expect(deliveries).toMatchObject([{ status: 302, delivered: false }]);
		});

		it('ends with a reason when nobody responds', async () => {
			const [{ api, sandbox }, gone] = [await start(), await start()];
			await api.post('/webhooks/', { url: gone.sandbox.url, subscribedEvents: ['messages'] });
			await gone.sandbox.close();
			const { deliveries } = await sandbox.customerWrites(THREADS.webchat, 'Hello');
			expect(deliveries).toMatchObject([{ status: null, failure: 'ECONNREFUSED' }]);
		});

		it('is given up after the time limit', async () => {
			const { sandbox, receiver } = await startSubscribed({}, { deliveryTimeoutMs: 50 });
			receiver.status = async () => await new Promise<number>(() => {});
			const { deliveries } = await sandbox.customerWrites(THREADS.webchat, 'Hello');
			expect(deliveries).toMatchObject([{ status: null, failure: 'timeout', delivered: false }]);
		});

		it('is tried again as often as set, and no longer once delivered', async () => {
			const { sandbox, receiver } = await startSubscribed({}, { deliveryRetries: 2 });
			receiver.status = () => (receiver.received.length < 2 ? 500 : 200);
			const { deliveries } = await sandbox.customerWrites(THREADS.webchat, 'Hello');
			expect(deliveries).toMatchObject([{ attempts: 2, status: 200, delivered: true }]);
		});

		it('can be repeated, with the same payload and headers', async () => {
			const extraHeaders = [{ name: 'Authorization', value: 'Bearer your-secret' }];
			const { sandbox, receiver } = await startSubscribed({ extraHeaders });
			receiver.status = () => 500;
			await sandbox.customerWrites(THREADS.webchat, 'Hello');
			receiver.status = () => 200;
			const [lost] = sandbox.deliveries({ delivered: false });
			const again = await sandbox.redeliver({ id: lost?.id ?? 0 });
			expect(again).toMatchObject({ id: 2, delivered: true });
			const [first, second] = receiver.received;
			expect(second?.body).toEqual(first?.body);
			expect(second?.headers.authorization).toBe('Bearer your-secret');
		});

		it('is given up when the sandbox closes', async () => {
			const { sandbox, receiver } = await startSubscribed();
			receiver.status = async () => await new Promise<number>(() => {});
			const written = Promise.all([
				sandbox.customerWrites(THREADS.webchat, 'under way'),
				sandbox.customerWrites(THREADS.webchat, 'waiting'),
			]);
			await until(() => receiver.received.length === 1);
			await sandbox.close();
			const failures = (await written).map(({ deliveries }) => deliveries[0]?.failure);
			expect(failures).toEqual(['closed', 'closed']);
		});
	});
});
