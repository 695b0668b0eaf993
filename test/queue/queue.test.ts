import axios from 'axios';

import { messageBody, sendAll, targetOf } from '../../lab/deliveries';
import { THREADS } from '../../sandbox/server';
import type { QueueMode } from '../../tools/n8n/queue';
import { hasEnded } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/process/wait';
import {
	INSTAPLY,
	INSTAPLY_TRIGGER,
	openWorld,
	type NodeSketch,
	type World,
} from '../support/e2e/world';
import { startInstallation } from '../support/queue/installation';

jest.setTimeout(300_000);

const SEND = 'POST /api/send-message-to-customer-thread';
/** How many executions a worker runs at a time, unless it is told otherwise. */
const CONCURRENCY = 10;

const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
const trigger = (webhookId: string): NodeSketch => ({
	name: 'Instaply Trigger',
	type: INSTAPLY_TRIGGER,
	typeVersion: 1.1,
	webhookId,
	parameters: {},
});

describe('n8n in queue mode: a main process, a webhook process and two workers', () => {
	let queue: QueueMode;
	let world: World;

	beforeAll(async () => {
		queue = await startInstallation();
	});
	afterAll(async () => await queue?.stop());
	beforeEach(async () => {
		world = await openWorld(queue.main.url);
	});
	afterEach(async () => await world.close());

	const notesIn = (thread: string) => world.sandbox.conversation(thread).map(({ body }) => body);

	it('registers one webhook, at the public URL, takes deliveries there, and removes it', async () => {
		const workflow = await world.publish(
			[trigger('activation'), { name: 'Next', type: 'n8n-nodes-base.noOp', parameters: {} }],
			{ 'Instaply Trigger': to('Next') },
		);
		expect(world.sandbox.webhooks()).toMatchObject([
			{ url: `${queue.webhook.url}/webhook/activation/webhook`, enabled: true },
		]);
		const { deliveries } = await world.sandbox.customerWrites(THREADS.webchat, 'Hello');
		expect(deliveries).toMatchObject([{ status: 200 }]);
		const { status } = await world.rest.waitForExecution({ workflowId: workflow.id });
		expect(status).toBe('success');
		await world.unpublish(workflow);
		expect(world.sandbox.webhooks()).toEqual([]);
	});

	it('goes on with a reply after all workers were replaced meanwhile', async () => {
		const workflow = await world.publish(
			[
				{
					name: 'Webhook',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: 'question',
					parameters: { httpMethod: 'POST', path: 'question', options: {} },
				},
				{
					name: 'Ask',
					type: INSTAPLY,
					parameters: {
						resource: 'message',
						operation: 'sendAndWait',
						customerThreadId: '={{ $json.body.thread }}',
						text: 'Will you come?',
					},
				},
				{
					name: 'Thank',
					type: INSTAPLY,
					parameters: {
						resource: 'message',
						operation: 'send',
						customerThreadId: '={{ $json.body.thread }}',
						text: '=You said: {{ $json.reply.text }}',
					},
				},
			],
			{ Webhook: to('Ask'), Ask: to('Thank') },
		);
		const thread = THREADS.webchat;
		await axios.post(`${queue.webhook.url}/webhook/question`, { thread }, { proxy: false });
		const isWaiting = async () =>
			(await world.rest.executions({ workflowId: workflow.id, status: ['waiting'] })).length > 0;
		await waitUntil(isWaiting, { what: 'the execution to wait' });
		for (const worker of queue.workers) {
			await worker.kill();
			await worker.restart();
		}
		const { deliveries } = await world.sandbox.customerWrites(thread, 'Yes');
		expect(deliveries).toMatchObject([
			{ status: 200, url: expect.stringContaining(`${queue.webhook.url}/webhook-waiting/`) },
		]);
		const { status } = await world.rest.waitForExecution({ workflowId: workflow.id });
		expect(status).toBe('success');
		expect(notesIn(thread)).toEqual(['Will you come?', 'Yes', 'You said: Yes']);
		await waitUntil(() => world.sandbox.webhooks().length === 0, {
			what: 'the webhook of the question to be removed',
		});
	});

	it('sends in order within each thread, once each, from executions side by side', async () => {
		const workflow = await world.publish(
			[
				{
					name: 'Webhook',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: 'order',
					parameters: { httpMethod: 'POST', path: 'order', options: {} },
				},
				{
					name: 'Split Out',
					type: 'n8n-nodes-base.splitOut',
					parameters: { fieldToSplitOut: 'body', options: {} },
				},
				{
					name: 'Send',
					type: INSTAPLY,
					parameters: {
						resource: 'message',
						operation: 'send',
						customerThreadId: '={{ $json.thread }}',
						text: '={{ $json.text }}',
					},
				},
			],
			{ Webhook: to('Split Out'), 'Split Out': to('Send') },
		);
		const texts = Array.from({ length: 25 }, (_, index) => `message ${index}`);
		const jobs = Array.from({ length: 4 }, () => {
			const threads = Array.from({ length: 5 }, () => String(world.sandbox.addThread().id));
			return texts.flatMap((text) => threads.map((thread) => ({ thread, text })));
		});
		await Promise.all(
			jobs.map(async (job) => {
				await axios.post(`${queue.webhook.url}/webhook/order`, job, { proxy: false });
			}),
		);
		const executions = await waitUntil(
			async () => {
				const all = await world.rest.executions({ workflowId: workflow.id });
				return all.length === jobs.length && all.every(hasEnded) && all;
			},
			{ what: 'all executions to end' },
		);
		expect(executions.map(({ status }) => status)).toEqual(jobs.map(() => 'success'));
		const threads = new Set(jobs.flat().map(({ thread }) => thread));
		expect(threads.size).toBe(20);
		for (const thread of threads) expect(notesIn(thread)).toEqual(texts);
	});

	it('loses none of 2,000 messages when a worker is killed: what it had begun can be retried', async () => {
		const messages = Array.from({ length: 2000 }, (_, index) => index + 1);
		const workflow = await world.publish(
			[
				trigger('killed'),
				{
					name: 'Note',
					type: INSTAPLY,
					parameters: {
						resource: 'message',
						operation: 'send',
						customerThreadId: '={{ $json.customerThreadId }}',
						text: '={{ $json.messageId }}',
						options: { internal: true },
					},
				},
			],
			{ 'Instaply Trigger': to('Note') },
		);
		const noted = () => notesIn(THREADS.webchat).length;
		/** How many executions have each status. */
		const statuses = async () => {
			const rows = await queue.postgres.query(
				`SELECT status, count(*) FROM execution_entity WHERE "workflowId" = '${workflow.id}' GROUP BY status`,
			);
			return Object.fromEntries(rows.map(([status, count]) => [status, Number(count)]));
		};
		const [killed] = queue.workers;
		const begun = CONCURRENCY;

		const target = targetOf(world.sandbox);
		const sending = sendAll(
			messages.map((id) => ({ ...target, body: messageBody(id) })),
			20,
		);
		await waitUntil(() => noted() >= messages.length / 2, {
			what: 'half of the messages',
			timeout: 120_000,
		});
		// Both workers have their hands full.
		const slow = world.sandbox.faults.add({
			route: SEND,
			kind: 'delay',
			ms: 10_000,
			times: queue.workers.length * CONCURRENCY,
		});
		await waitUntil(() => slow.strikes === queue.workers.length * CONCURRENCY, {
			what: 'both workers to be busy',
		});
		await killed?.kill();

		const { statuses: answers } = await sending;
		expect(answers.filter((status) => status !== 200)).toEqual([]);
		const rest = messages.length - begun;
		await waitUntil(async () => (await statuses()).success === rest, {
			what: 'the other worker to run the rest',
			timeout: 120_000,
		});
		expect(await statuses()).toEqual({ success: rest, running: begun });

		await killed?.restart();
		await waitUntil(async () => (await statuses()).crashed === begun, {
			what: 'the worker to find what it had begun',
		});
		const crashed = await world.rest.executions({ workflowId: workflow.id, status: ['crashed'] });
		for (const execution of crashed) {
			const { status } = await world.rest.execution(await world.rest.retry(execution));
			expect(status).toBe('success');
		}

		const notes = notesIn(THREADS.webchat);
		expect(new Set(notes).size).toBe(messages.length);
		// Instaply had got the requests of the killed worker already, and got them again.
		expect(notes).toHaveLength(messages.length + begun);
		expect(await statuses()).toEqual({ success: messages.length, crashed: begun });
	});
});
