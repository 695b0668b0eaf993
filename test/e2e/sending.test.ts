import type { Lab } from '../../lab/lab';
import { CREDENTIAL_NAME, INSTAPLY, LOOP, START } from '../../lab/nodes';
import { asItems, to } from '../../lab/workflow';
import { startSandbox, THREADS, type Sandbox } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import { openSharedLab } from '../support/e2e/lab';
import { runOperation } from '../support/e2e/operation';

const SEND = 'POST /api/send-message-to-customer-thread';
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
const SENDING = {
	resource: 'message',
	operation: 'send',
	customerThreadId: '={{ $json.thread }}',
	text: '={{ $json.text }}',
};

describe('Sending from a real n8n', () => {
	let lab: Lab;
	beforeEach(async () => {
		lab = await openSharedLab();
	});
	afterEach(async () => await lab.close());

	const textsIn = (thread: string) => lab.sandbox.conversation(thread).map(({ body }) => body);
	const refuseOnce = (text: string) =>
		lab.sandbox.faults.add({
			route: SEND,
			kind: 'status',
			status: 400,
			match: ({ body }) => JSON.stringify(body).includes(text),
		});

	it('keeps the order within each thread', async () => {
		const threads = [THREADS.webchat, THREADS.sms, THREADS.email];
		const input = Array.from({ length: 30 }, (_, index) => ({
			thread: threads[index % 3],
			text: `message ${index}`,
		}));
		const { items } = await runOperation(lab, SENDING, { input });
		expect(items).toMatchObject(input.map(({ thread }) => ({ customerThreadId: thread })));
		for (const thread of threads) {
			expect(textsIn(thread)).toEqual(
				input.filter((item) => item.thread === thread).map(({ text }) => text),
			);
		}
	});

	it('sends each item once although Retry On Fail runs the node again', async () => {
		const input = [1, 2, 3].map((n) => ({ thread: THREADS.webchat, text: `number ${n}` }));
		refuseOnce('number 2');
		const { execution } = await runOperation(lab, SENDING, { input, settings: RETRY });
		expect(execution.status).toBe('success');
		expect(textsIn(THREADS.webchat)).toEqual(['number 1', 'number 2', 'number 3']);
	});

	it('never sends an item again of which it is not known whether it arrived', async () => {
		const input = [1, 2].map((n) => ({ thread: THREADS.webchat, text: `number ${n}` }));
		lab.sandbox.faults.add({ route: SEND, kind: 'answerLost' });
		const { execution } = await runOperation(lab, SENDING, { input, settings: RETRY });
		expect(execution.data.resultData.error?.message).toBe(
			'It is not known whether the customer got this message',
		);
		expect(textsIn(THREADS.webchat)).toEqual(['number 1']);
	});

	it('puts items that go wrong, and no others, on the error output, with what to do', async () => {
		const input = [THREADS.webchat, '1/2', '999'].map((thread) => ({ thread, text: 'Hello' }));
		const { execution } = await runOperation(lab, SENDING, {
			input,
			settings: { onError: 'continueErrorOutput' },
		});
		const out = [0, 1].map((output) => itemsOf(execution, 'Instaply', output));
		expect(out).toMatchObject([
			[{ json: { customerThreadId: THREADS.webchat, sent: true } }],
			[
				{
					json: {
						...input[1],
						error: "'Thread ID' cannot be used as it is",
						details: { description: expect.stringContaining('1/2'), httpCode: null },
					},
				},
				{
					json: {
						...input[2],
						error: "Thread 999 does not exist, or the token's user cannot see it",
						details: { description: expect.stringContaining('999'), httpCode: '404' },
					},
				},
			],
		]);
		expect(textsIn(THREADS.webchat)).toEqual(['Hello']);
	});

	it('sends in each pass of a loop, and in each of two nodes, once', async () => {
		const texts = ['number 1', 'number 2', 'number 2'];
		const workflow = await lab.save({
			nodes: [
				START,
				LOOP,
				{ name: 'First', type: INSTAPLY, parameters: SENDING, ...RETRY },
				{
					name: 'Second',
					type: INSTAPLY,
					parameters: { ...SENDING, customerThreadId: THREADS.sms, text: '={{ $runIndex }}' },
					...RETRY,
				},
			],
			connections: {
				Start: to('Loop'),
				Loop: to([], 'First'),
				First: to('Second'),
				Second: to('Loop'),
			},
			pinData: { Start: asItems(texts.map((text) => ({ thread: THREADS.webchat, text }))) },
		});
		refuseOnce('number 2');
		const id = await lab.rest.runManually(workflow, { trigger: 'Start' });
		expect(await lab.rest.waitForEnd(id)).toMatchObject({ status: 'success' });
		expect(textsIn(THREADS.webchat)).toEqual(texts);
		expect(textsIn(THREADS.sms)).toEqual(['0', '1', '2']);
	});

	it('does not send into a closed window', async () => {
		const input = [THREADS.whatsappOpen, THREADS.whatsappClosed].map((thread) => ({
			thread,
			text: 'Hello',
		}));
		const { items } = await runOperation(lab, { ...SENDING, whenWindowClosed: 'skip' }, { input });
		expect(items).toMatchObject([
			{ sent: true, via: 'text', windowOpen: true },
			{ sent: false, via: 'none', windowOpen: false },
		]);
		expect(textsIn(THREADS.whatsappClosed)).toEqual([]);
	});

	it('sends each item from the account that its credential gives', async () => {
		const other = await startSandbox();
		const { id, name } = await lab.rest.createCredential(CREDENTIAL_NAME, {
			token: '={{ $json.token }}',
			baseUrl: '={{ $json.baseUrl }}',
		});
		const itemOf = ({ token, url }: Sandbox, text: string) => ({
			token,
			baseUrl: url,
			thread: THREADS.webchat,
			text,
		});
		const input = [itemOf(lab.sandbox, 'A'), itemOf(other, 'B'), itemOf(lab.sandbox, 'C')];
		const settings = { credentials: { [CREDENTIAL_NAME]: { id, name } } };
		const { items } = await runOperation(lab, SENDING, { input, settings });
		expect(items).toHaveLength(3);
		expect(textsIn(THREADS.webchat)).toEqual(['A', 'C']);
		expect(other.conversation(THREADS.webchat).map(({ body }) => body)).toEqual(['B']);
		await other.close();
	});
});
