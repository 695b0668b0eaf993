import type { IDataObject } from 'n8n-workflow';

import * as unknownOutcome from '../../nodes/Instaply/api/unknownOutcome';
import {
	BUSINESSES,
	startSandbox,
	THREADS,
	type FaultEffect,
	type Message,
	type Sandbox,
} from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';
import { TestCredentials } from '../support/engine/credentials';
import { runInstaply, startInstaply, type RunOptions } from '../support/engine/run';
import { everythingIn, explanation } from '../support/engine/words';

const SEND = 'POST /api/send-message-to-customer-thread';
const DETAILS = 'GET /api/get-customer-thread-details';

/** Enough for requests to overlap wherever they may. */
const LATENCY_MS = 10;

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ latencyMs: LATENCY_MS });
});
afterEach(async () => await sandbox.close());

/** Sends each item's `text` to its `thread`. */
const sending = (input: IDataObject[], more: Partial<RunOptions> = {}): RunOptions => ({
	input,
	...more,
	parameters: {
		resource: 'message',
		operation: 'send',
		customerThreadId: '={{ $json.thread }}',
		text: '={{ $json.text }}',
		...more.parameters,
	},
});
const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const textsOf = (messages: Message[]) => messages.map(({ body }) => body);
const failFor = (text: string) => (request: { body: unknown }) =>
	JSON.stringify(request.body).includes(text);

/** How many requests were under way at a moment. */
const underWayAt = (moment: number) =>
	sandbox.requests().filter(({ startedAt, endedAt }) => {
		return startedAt <= moment && (endedAt === null || endedAt >= moment);
	}).length;

/** Items over the threads in turn: 1a 1b 1c 2a 2b 2c ... */
function interleaved(threads: number, messagesEach: number) {
	const ids = Array.from({ length: threads }, () => sandbox.addThread().id);
	return Array.from({ length: messagesEach }, (_, turn) =>
		ids.map((thread) => ({ thread, text: `message ${turn}` })),
	).flat();
}

describe('Order', () => {
	it('is kept within each thread while several threads go side by side', async () => {
		const input = interleaved(8, 6);
		const { items, error } = await runInstaply(sandbox, sending(input));
		expect(error).toBeUndefined();
		for (const { thread } of input) {
			expect(textsOf(sandbox.conversation(thread))).toEqual(
				input.filter((item) => item.thread === thread).map(({ text }) => text),
			);
		}
		expect(sandbox.maxInFlight()).toBe(8);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(input.map((_, item) => ({ item })));
		expect(items.map(({ json }) => json.customerThreadId)).toEqual(
			input.map(({ thread }) => String(thread)),
		);
	});

	it('never has more threads at a time than the user allows', async () => {
		const parameters = { options: { threadsAtATime: 3 } };
		await runInstaply(sandbox, sending(interleaved(8, 2), { parameters }));
		expect(sandbox.maxInFlight()).toBe(3);
	});

	it('begins with 16 threads at a time and takes more while Instaply is quick', async () => {
		const slow = sandbox.faults.add({ route: SEND, kind: 'delay', ms: 250, times: Infinity });
		const input = interleaved(40, 4);
		const { error } = await runInstaply(sandbox, sending(input));
		slow.remove();
		expect(error).toBeUndefined();
		const inFlightAt = sandbox.requests().map(({ startedAt }) => underWayAt(startedAt));
		expect(Math.max(...inFlightAt.slice(0, 16))).toBe(16);
		expect(sandbox.maxInFlight()).toBeGreaterThan(20);
		for (const { thread } of input) {
			expect(textsOf(sandbox.conversation(thread))).toEqual(
				input.filter((item) => item.thread === thread).map(({ text }) => text),
			);
		}
	});

	it('is that of the input, across threads too, with one thread at a time', async () => {
		const input = interleaved(3, 3);
		await runInstaply(sandbox, sending(input, { parameters: { options: { threadsAtATime: 1 } } }));
		expect(sandbox.maxInFlight()).toBe(1);
		expect(sandbox.requests().map(({ body }) => body)).toEqual(
			input.map(({ thread, text }) => ({ customerThreadId: String(thread), text })),
		);
	});

	it('does not hold back reads, which go side by side up to the same limit', async () => {
		const parameters = {
			resource: 'thread',
			operation: 'get',
			customerThreadId: THREADS.webchat,
			options: { threadsAtATime: 4 },
		};
		await runInstaply(sandbox, { parameters, input: Array.from({ length: 8 }, () => ({})) });
		expect(sandbox.maxInFlight()).toBe(4);
	});
});

describe('Retry On Fail', () => {
	const threeMessages = [1, 2, 3].map((n) => ({ thread: THREADS.webchat, text: `number ${n}` }));

	it('sends only what was not accepted before', async () => {
		sandbox.faults.add({ route: SEND, kind: 'status', status: 400, match: failFor('number 2') });
		const { items, error } = await runInstaply(sandbox, sending(threeMessages, retrying));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3);
		expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual([
			'number 1',
			'number 2',
			'number 3',
		]);
		expect(sandbox.requests()).toHaveLength(4);
	});

	it('does not send again what Instaply may have accepted', async () => {
		sandbox.faults.add({ route: SEND, kind: 'answerLost', match: failFor('number 2') });
		const run = await runInstaply(sandbox, sending(threeMessages, retrying));
		expect(explanation(run).message).toBe('It is not known whether the customer got this message');
		expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual(['number 1', 'number 2']);
	});

	it('does not send again when the first of several items left through the error output', async () => {
		sandbox.faults.add({
			route: SEND,
			kind: 'status',
			status: 400,
			times: Infinity,
			match: failFor('number 1'),
		});
		const { failed, succeeded } = await runInstaply(
			sandbox,
			sending(threeMessages, { ...retrying, onError: 'continueErrorOutput' }),
		);
		expect([failed.length, succeeded.length]).toEqual([1, 2]);
		expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual(['number 2', 'number 3']);
	});

	describe.each(['continueErrorOutput', 'continueRegularOutput'] as const)('with %s', (onError) => {
		const refuse = (text: string) =>
			sandbox.faults.add({ route: SEND, kind: 'status', status: 400, match: failFor(text) });

		it('sends nothing that a later message of its thread has overtaken', async () => {
			refuse('number 1');
			const run = await runInstaply(sandbox, sending(threeMessages, { ...retrying, onError }));
			expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual(['number 2', 'number 3']);
			const refusals = onError === 'continueErrorOutput' ? run.failed : run.succeeded.slice(0, 1);
			expect(refusals).toMatchObject([
				{ error: 'Injected fault: 400', details: { httpCode: '400' } },
			]);
			expect(sandbox.requests()).toHaveLength(3);
		});

		it('treats each thread by itself', async () => {
			const other = sandbox.addThread().id;
			refuse('number 1');
			refuse('number 3');
			const input = [...threeMessages, { thread: other, text: 'number 4' }];
			const [first, ...others] = input;
			if (first === undefined) throw new Error('There is no first item');
			await runInstaply(
				sandbox,
				sending([{ ...first, thread: other }, ...others], { ...retrying, onError }),
			);
			// The first was overtaken by number 4; after number 3 nothing had been sent.
			expect(textsOf(sandbox.conversation(other))).toEqual(['number 4']);
			expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual(['number 2', 'number 3']);
		});
	});

	it('holds back what stopped before its call, once a later message of its thread has gone out', async () => {
		const away = jest
			.spyOn(TestCredentials.prototype, 'getDecrypted')
			.mockRejectedValueOnce(new Error('The database is away'));
		const run = await runInstaply(
			sandbox,
			sending(threeMessages, { ...retrying, onError: 'continueErrorOutput' }),
		);
		away.mockRestore();
		expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual(['number 2', 'number 3']);
		expect(run.failed).toMatchObject([
			{
				error: 'This item was held back, because a later one went out before it',
				details: { description: expect.stringContaining('Look in Instaply') },
			},
		]);
		expect(run.succeeded).toHaveLength(2);
	});

	it('does not send again what the node could not make sense of, and shows no foreign words', async () => {
		const reading = jest.spyOn(unknownOutcome, 'assertDone').mockImplementation(() => {
			throw new TypeError(`Cannot read ${sandbox.token}`);
		});
		const run = await runInstaply(sandbox, sending(threeMessages, retrying));
		reading.mockRestore();
		expect(explanation(run)).toEqual({
			message: 'It is not known whether this item was done',
			description: expect.stringContaining('(TypeError). Look in Instaply'),
		});
		expect(everythingIn(run.kept)).not.toContain(sandbox.token);
		expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual(['number 1']);
	});

	it('leaves nothing in the stored execution once everything was sent', async () => {
		const { kept } = await runInstaply(sandbox, sending(threeMessages));
		expect(kept.data.executionData?.contextData['node:Instaply']).toEqual({});
	});
});

describe('Starting threads', () => {
	const START = 'POST /api/widget/send-message-to-business';
	/** Starts a thread for each item's `email`, with its `text`. */
	const starting = (input: IDataObject[], more: Partial<RunOptions> = {}): RunOptions => ({
		input,
		...more,
		parameters: {
			resource: 'thread',
			operation: 'start',
			businessId: BUSINESSES.store,
			text: '={{ $json.text }}',
			additionalFields: { email: '={{ $json.email }}' },
		},
	});
	const texts = (run: { items: Array<{ json: IDataObject }> }) => {
		const ids = [...new Set(run.items.map(({ json }) => String(json.customerThreadId)))];
		return ids.map((id) => textsOf(sandbox.conversation(id)));
	};

	it('keeps the order within each customer while several go side by side', async () => {
		const emails = ['a@example.com', 'b@example.com', 'c@example.com'];
		const input = [1, 2, 3].flatMap((n) => emails.map((email) => ({ email, text: `number ${n}` })));
		const run = await runInstaply(sandbox, starting(input));
		expect(texts(run)).toEqual(emails.map(() => ['number 1', 'number 2', 'number 3']));
		expect(sandbox.maxInFlight()).toBe(3);
	});

	it('is never done twice by Retry On Fail', async () => {
		const input = [1, 2, 3].map((n) => ({ email: 'a@example.com', text: `number ${n}` }));
		sandbox.faults.add({ route: START, kind: 'status', status: 400, match: failFor('number 2') });
		const run = await runInstaply(sandbox, starting(input, retrying));
		expect(texts(run)).toEqual([['number 1', 'number 2', 'number 3']]);
		expect(sandbox.requests()).toHaveLength(4);
	});

	it.each<[string, FaultEffect]>([
		['the answer is lost', { kind: 'answerLost' }],
		['Instaply says that it broke', { kind: 'status', status: 500 }],
		['the answer names no thread', { kind: 'answerReplaced', body: { result: 'ok' } }],
		['the answer is a web page', { kind: 'notJson' }],
	])('is never done twice when %s', async (_, effect) => {
		sandbox.faults.add({ route: START, ...effect });
		const input = [{ email: 'a@example.com', text: 'Hello' }];
		const run = await runInstaply(sandbox, starting(input, retrying));
		expect(explanation(run)).toEqual({
			message: 'It is not known whether this conversation was started',
			description: expect.stringMatching(/Look for it in Instaply before you start it again\.$/),
		});
		expect(sandbox.requests()).toHaveLength(1);
	});
});

describe('Options that cannot be used', () => {
	it.each([{ threadsAtATime: 0 }, { timeout: 'soon' }])(
		'never let an item pass as sent: %j',
		async (options) => {
			const input = [1, 2].map((n) => ({ thread: THREADS.webchat, text: `number ${n}` }));
			const { failed, succeeded } = await runInstaply(
				sandbox,
				sending(input, { onError: 'continueErrorOutput', parameters: { options } }),
			);
			expect([failed.length, succeeded.length]).toEqual([2, 0]);
			expect(sandbox.requests()).toEqual([]);
		},
	);
});

describe('A further pass', () => {
	it('of the same node in one execution is new work', async () => {
		const input = [{ thread: THREADS.webchat, text: 'reminder' }];
		await runInstaply(sandbox, sending(input, { passes: 2 }));
		expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual(['reminder', 'reminder']);
	});
});

describe('Trying again within the node', () => {
	const oneMessage = [{ thread: THREADS.webchat, text: 'Hello' }];

	it('sends again when Instaply says, after it asked to slow down', async () => {
		// Longer than the node would wait by itself before its second attempt.
		sandbox.faults.add({
			route: SEND,
			kind: 'status',
			status: 429,
			headers: { 'Retry-After': '0.4' },
		});
		const { error } = await runInstaply(sandbox, sending(oneMessage));
		expect(error).toBeUndefined();
		const [refused, accepted] = sandbox.requests();
		expect((accepted?.startedAt ?? 0) - (refused?.endedAt ?? 0)).toBeGreaterThanOrEqual(390);
		expect(textsOf(sandbox.conversation(THREADS.webchat))).toEqual(['Hello']);
	});

	it('sends one at a time where it does not say when, and one more with each that gets through, losing nothing', async () => {
		sandbox.faults.add({
			route: SEND,
			kind: 'status',
			status: 429,
			times: 12,
		});
		const input = interleaved(12, 4);
		const parameters = { options: { threadsAtATime: 12 } };
		const { error } = await runInstaply(sandbox, sending(input, { parameters }));
		expect(error).toBeUndefined();
		for (const { thread } of input) {
			expect(textsOf(sandbox.conversation(thread))).toEqual([
				'message 0',
				'message 1',
				'message 2',
				'message 3',
			]);
		}
		const inFlightAt = sandbox.requests().map(({ startedAt }) => underWayAt(startedAt));
		expect(inFlightAt[11]).toBe(12);
		expect(inFlightAt[12]).toBe(1);
		expect(Math.max(...inFlightAt.slice(13))).toBe(12);
	});

	it.each([{ kind: 'status', status: 503 }, { kind: 'drop' }] as const)(
		'reads again after %j',
		async (fault) => {
			sandbox.faults.add({ route: DETAILS, ...fault });
			const { items } = await runInstaply(sandbox, {
				parameters: { resource: 'thread', operation: 'get', customerThreadId: THREADS.webchat },
			});
			expect(items).toHaveLength(1);
			expect(sandbox.requests()).toHaveLength(2);
		},
	);

	it.each([{ kind: 'status', status: 503 }, { kind: 'drop' }, { kind: 'answerLost' }] as const)(
		'never sends again after %j',
		async (fault) => {
			sandbox.faults.add({ route: SEND, ...fault });
			const run = await runInstaply(sandbox, sending(oneMessage));
			expect(explanation(run).message).toBe(
				'It is not known whether the customer got this message',
			);
			expect(sandbox.requests()).toHaveLength(1);
		},
	);

	it('gives up a request that hangs when its time is up', async () => {
		sandbox.faults.add({ route: SEND, kind: 'hang' });
		const parameters = { options: { timeout: 1 } };
		const run = await runInstaply(sandbox, sending(oneMessage, { parameters }));
		expect(explanation(run).message).toBe('It is not known whether the customer got this message');
	});

	it('stops waiting, and sends nothing more, when the user stops the execution', async () => {
		sandbox.faults.add({
			route: SEND,
			kind: 'status',
			status: 429,
			headers: { 'Retry-After': '60' },
		});
		const input = [...oneMessage, ...oneMessage];
		const { done, stop } = startInstaply(sandbox, sending(input));
		await waitUntil(() => sandbox.requests()[0]?.endedAt, { what: 'the first request' });
		stop();
		await done;
		expect(sandbox.requests()).toHaveLength(1);
	});
});

describe('The messaging window', () => {
	const fiveMessages = [1, 2, 3, 4, 5].map((n) => ({
		thread: THREADS.whatsappClosed,
		text: `number ${n}`,
	}));
	const count = (route: typeof DETAILS | 'GET /api/get-whatsapp-templates') =>
		sandbox.requests({ route }).length;

	it('is looked up once for all items of a thread, and so are its templates', async () => {
		const { items } = await runInstaply(
			sandbox,
			sending(fiveMessages, {
				parameters: {
					whenWindowClosed: 'sendTemplate',
					template: { __rl: true, mode: 'name', value: 'issue_back' },
				},
			}),
		);
		expect(items.map(({ json }) => json.via)).toEqual(Array(5).fill('template'));
		expect([count(DETAILS), count('GET /api/get-whatsapp-templates')]).toEqual([1, 1]);
	});

	it('tells the user how many messages took the other way', async () => {
		const open = { thread: THREADS.whatsappOpen, text: 'Hello' };
		const { kept } = await runInstaply(
			sandbox,
			sending([...fiveMessages, open], { parameters: { whenWindowClosed: 'skip' } }),
		);
		expect(kept.data.resultData.runData.Instaply?.[0]?.hints).toEqual([
			expect.objectContaining({
				message:
					'The messaging window was closed for 5 of 6 messages: 0 went out as a template, 5 were skipped.',
			}),
		]);
	});

	it('is not looked up for internal notes', async () => {
		const parameters = { whenWindowClosed: 'stop', options: { internal: true } };
		await runInstaply(sandbox, sending(fiveMessages, { parameters }));
		expect(count(DETAILS)).toBe(0);
		expect(sandbox.conversation(THREADS.whatsappClosed)).toHaveLength(5);
	});
});
