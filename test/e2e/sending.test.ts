import { THREADS } from '../../sandbox/server';
import { INSTAPLY, openWorld, type World } from '../support/e2e/world';

const SEND = 'POST /api/send-message-to-customer-thread';
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
const SENDING = {
	resource: 'message',
	operation: 'send',
	customerThreadId: '={{ $json.thread }}',
	text: '={{ $json.text }}',
};

describe('Sending from a real n8n', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
	});
	afterEach(async () => await world.close());

	const textsIn = (thread: string) => world.sandbox.conversation(thread).map(({ body }) => body);
	const refuseOnce = (text: string) =>
		world.sandbox.faults.add({
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
		const { items } = await world.runOperation(SENDING, { input });
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
		const { execution } = await world.runOperation(SENDING, { input, settings: RETRY });
		expect(execution.status).toBe('success');
		expect(textsIn(THREADS.webchat)).toEqual(['number 1', 'number 2', 'number 3']);
	});

	it('never sends an item again of which it is not known whether it arrived', async () => {
		const input = [1, 2].map((n) => ({ thread: THREADS.webchat, text: `number ${n}` }));
		world.sandbox.faults.add({ route: SEND, kind: 'answerLost' });
		const { execution } = await world.runOperation(SENDING, { input, settings: RETRY });
		expect(execution.data.resultData.error?.message).toBe(
			'It is not known whether the customer got this message',
		);
		expect(textsIn(THREADS.webchat)).toEqual(['number 1']);
	});

	it('sends in each pass of a loop, and in each of two nodes, once', async () => {
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const texts = ['number 1', 'number 2', 'number 2'];
		const workflow = await world.save(
			[
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'Loop',
					type: 'n8n-nodes-base.splitInBatches',
					typeVersion: 3,
					parameters: { batchSize: 1 },
				},
				{ name: 'First', type: INSTAPLY, parameters: SENDING, ...RETRY },
				{
					name: 'Second',
					type: INSTAPLY,
					parameters: { ...SENDING, customerThreadId: THREADS.sms, text: '={{ $runIndex }}' },
					...RETRY,
				},
			],
			{
				Start: { main: [to('Loop')] },
				Loop: { main: [[], to('First')] },
				First: { main: [to('Second')] },
				Second: { main: [to('Loop')] },
			},
			{ Start: texts.map((text) => ({ thread: THREADS.webchat, text })) },
		);
		refuseOnce('number 2');
		const id = await world.rest.runManually(workflow, { trigger: 'Start' });
		expect(await world.rest.waitForEnd(id)).toMatchObject({ status: 'success' });
		expect(textsIn(THREADS.webchat)).toEqual(texts);
		expect(textsIn(THREADS.sms)).toEqual(['0', '1', '2']);
	});

	it('does not send into a closed window', async () => {
		const input = [THREADS.whatsappOpen, THREADS.whatsappClosed].map((thread) => ({
			thread,
			text: 'Hello',
		}));
		const { items } = await world.runOperation({ ...SENDING, whenWindowClosed: 'skip' }, { input });
		expect(items).toMatchObject([
			{ sent: true, via: 'text', windowOpen: true },
			{ sent: false, via: 'none', windowOpen: false },
		]);
		expect(textsIn(THREADS.whatsappClosed)).toEqual([]);
	});
});
