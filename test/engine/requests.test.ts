import type { INodeParameters } from 'n8n-workflow';

import { CUSTOMERS, THREADS } from '../../sandbox/server';
import { runInstaply } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';

const sandbox = useSandbox();

const { webchat } = THREADS;
const text = 'Hello, your order is on its way.';

describe('A request', () => {
	it.each([
		['reading', { resource: 'thread', operation: 'get' }, []],
		[
			'writing',
			{ resource: 'thread', operation: 'updateStatus', status: 'waiting' },
			['content-length'],
		],
	])('has the two headers that Instaply asks for and no other of its own (%s)', async (...args) => {
		const [, parameters, more] = args;
		await runInstaply(sandbox.current, {
			parameters: { ...parameters, customerThreadId: webchat },
		});
		const transport = ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'];
		const [request] = sandbox.current.requests();
		expect([...(request?.headerNames ?? [])].sort()).toEqual(
			[...transport, ...more, 'content-type', 'token'].sort(),
		);
	});

	it('carries the token to the address of the credential, with or without a slash', async () => {
		const { url } = sandbox.current;
		for (const baseUrl of [url, `${url}/`, ` ${url}// `]) {
			const { items } = await runInstaply(sandbox.current, {
				parameters: { resource: 'thread', operation: 'get', customerThreadId: webchat },
				baseUrl,
			});
			expect(items).toHaveLength(1);
		}
		expect(sent(sandbox.current)).toHaveLength(3);
	});
});

describe('The response to a write', () => {
	const writes: Array<[string, INodeParameters]> = [
		['Send', { resource: 'message', operation: 'send', text }],
		['Update Status', { resource: 'thread', operation: 'updateStatus', status: 'waiting' }],
		[
			'Update Profile',
			{
				resource: 'customer',
				operation: 'updateProfile',
				customerId: CUSTOMERS.sms,
				updateFields: { company: 'Acme' },
			},
		],
	];
	const responses = [
		['json', { result: 'ok' }],
		['empty', null],
		['text', 'OK'],
	] as const;

	describe.each(writes)('%s', (_, parameters) => {
		it.each(responses)('is passed on when it is %s', async (writeAnswer, response) => {
			sandbox.current.variants.writeAnswer = writeAnswer;
			const { items } = await runInstaply(sandbox.current, {
				parameters: { ...parameters, customerThreadId: webchat },
			});
			expect(items).toEqual([
				{ json: expect.objectContaining({ response }), pairedItem: { item: 0 } },
			]);
		});
	});

	const inData = { error: null, data: { error: 'but it worked' } };
	it.each([
		['null', 'null', null],
		['a list', '[1,2]', [1, 2]],
		['JSON with an error deeper inside', JSON.stringify(inData), inData],
		['text that compares', '17 < 18', '17 < 18'],
		// As JSON it would be more than n8n can store.
		[
			'JSON of 100,000 levels, as text',
			`${'['.repeat(100_000)}${']'.repeat(100_000)}`,
			`${'['.repeat(10_000)}…`,
		],
	])('is passed on when it is %s, and not taken for a failure', async (_, body, response) => {
		const route = 'POST /api/send-message-to-customer-thread';
		sandbox.current.faults.add({ route, kind: 'answerReplaced', body });
		const { succeeded, failed } = await runInstaply(sandbox.current, {
			parameters: { resource: 'message', operation: 'send', customerThreadId: webchat, text },
			onError: 'continueErrorOutput',
		});
		expect(succeeded).toEqual([{ customerThreadId: webchat, sent: true, via: 'text', response }]);
		expect(failed).toEqual([]);
	});
});
