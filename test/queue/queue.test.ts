import axios from 'axios';

import { messageBody, sendAll, targetOf } from '../../lab/deliveries';
import { openLab, type Lab } from '../../lab/lab';
import { askPosted, INSTAPLY, instaplyTrigger, NEXT, webhook } from '../../lab/nodes';
import type { NodeDraft } from '../../lab/workflow';
import { THREADS } from '../../sandbox/server';
import type { QueueMode } from '../../tools/n8n/queue';
import { hasEnded } from '../../tools/n8n/rest';
import type { StoredWorkflow } from '../../tools/n8n/types';
import { waitUntil } from '../../tools/process/wait';
import { startInstallation } from '../support/queue/installation';

jest.setTimeout(300_000);

const SEND = 'POST /api/send-message-to-customer-thread';
/** A delivery whose message a trigger has forwarded to a question. */
const FORWARDED = { status: 200, answer: '{"status":"awaited elsewhere"}' };
/** How many executions a worker runs at a time by default. */
const CONCURRENCY = 10;

/** Asks the customer of the thread that is posted to it, and repeats the reply. */
const asksAndThanks = (path: string): NodeDraft[] => [
	webhook(path),
	askPosted(),
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
];

describe('n8n in queue mode: a main process, a webhook process and two workers', () => {
	let queue: QueueMode;
	let lab: Lab;

	beforeAll(async () => {
		queue = await startInstallation();
	});
	afterAll(async () => await queue?.stop());
	beforeEach(async () => {
		lab = await openLab(queue.main.url);
	});
	afterEach(async () => await lab.close());

	/** How many executions of a workflow wait. */
	const waits = async ({ id }: StoredWorkflow, count: number) => {
		const areWaiting = async () =>
			(await lab.rest.executions({ workflowId: id, status: ['waiting'] })).length === count;
		await waitUntil(areWaiting, { what: `${count} executions to wait` });
	};
	const notesIn = (thread: string) => lab.sandbox.conversation(thread).map(({ body }) => body);

	it('goes on when the time is up, and asks again when a stopped question is retried', async () => {
		const asking = (path: string, minutes: number) => ({
			// The main process must not take a question for the end of an execution that is not to be kept.
			settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' } as const,
			nodes: [
				webhook(path),
				askPosted({
					limitWaitTime: {
						values: {
							limitType: 'afterTimeInterval',
							resumeAmount: minutes,
							resumeUnit: 'minutes',
						},
					},
				}),
				{
					name: 'Say',
					type: INSTAPLY,
					parameters: {
						resource: 'message',
						operation: 'send',
						customerThreadId: '={{ $json.body.thread }}',
						text: '=Timed out: {{ $json.timedOut }}',
					},
				},
			],
		});
		const silent = String(lab.sandbox.addThread().id);
		const stoppedThread = String(lab.sandbox.addThread().id);
		const [brief, stopped] = [
			await lab.publish(asking('brief', 0.1)),
			await lab.publish(asking('stopped', 60)),
		];
		const ask = async (path: string, thread: string) => {
			await axios.post(`${queue.webhook.url}/webhook/${path}`, { thread }, { proxy: false });
		};
		const waiting = async ({ id }: { id: string }) =>
			await waitUntil(
				async () => (await lab.rest.executions({ workflowId: id, status: ['waiting'] }))[0],
				{ what: 'the execution to wait' },
			);
		await ask('brief', silent);
		await ask('stopped', stoppedThread);
		await waiting(brief);
		const { id } = await waiting(stopped);
		await lab.rest.stop(id);
		await lab.rest.retry({ id });
		await waiting(stopped);
		expect(notesIn(stoppedThread)).toEqual(Array(2).fill('Will you come?'));
		await lab.sandbox.customerWrites(stoppedThread, 'Yes');
		const ends = async (thread: string, words: string) =>
			await waitUntil(() => notesIn(thread).at(-1) === words, { what: words, timeout: 120_000 });
		await ends(stoppedThread, 'Timed out: false');
		await ends(silent, 'Timed out: true');
		expect(notesIn(silent)).toEqual(['Will you come?', 'Timed out: true']);
		await waitUntil(() => lab.sandbox.webhooks().length === 0, {
			what: 'the webhooks of the questions to be removed',
		});
	});

	it('registers one webhook, at the public URL, takes deliveries there, and removes it', async () => {
		const workflow = await lab.publish({ nodes: [instaplyTrigger('activation'), NEXT] });
		expect(lab.sandbox.webhooks()).toMatchObject([
			{
				url: expect.stringContaining(`${queue.webhook.url}/webhook/activation/webhook?`),
				enabled: true,
			},
		]);
		const { deliveries } = await lab.sandbox.customerWrites(THREADS.webchat, 'Hello');
		expect(deliveries).toMatchObject([{ status: 200 }]);
		const { status } = await lab.rest.waitForExecution({ workflowId: workflow.id });
		expect(status).toBe('success');
		await lab.unpublish(workflow);
		expect(lab.sandbox.webhooks()).toEqual([]);
	});

	it('goes on with a reply after all workers were replaced meanwhile', async () => {
		const workflow = await lab.publish({ nodes: asksAndThanks('question') });
		const thread = THREADS.webchat;
		await axios.post(`${queue.webhook.url}/webhook/question`, { thread }, { proxy: false });
		await waits(workflow, 1);
		for (const worker of queue.workers) {
			await worker.kill();
			await worker.restart();
		}
		const { deliveries } = await lab.sandbox.customerWrites(thread, 'Yes');
		expect(deliveries).toMatchObject([
			{ status: 200, url: expect.stringContaining(`${queue.webhook.url}/webhook-waiting/`) },
		]);
		const { status } = await lab.rest.waitForExecution({ workflowId: workflow.id });
		expect(status).toBe('success');
		expect(notesIn(thread)).toEqual(['Will you come?', 'Yes', 'You said: Yes']);
		await waitUntil(() => lab.sandbox.webhooks().length === 0, {
			what: 'the webhook of the question to be removed',
		});
	});

	it('forwards replies from a published trigger, whichever process is killed meanwhile', async () => {
		const trigger = await lab.publish({ nodes: [instaplyTrigger('reception'), NEXT] });
		const questions = await lab.publish({ nodes: asksAndThanks('questions') });
		const threads = Array.from({ length: 5 }, () => String(lab.sandbox.addThread().id));
		const [first = '', second = '', third = '', fourth = '', last = ''] = threads;
		const ask = async (thread: string) =>
			await axios.post(`${queue.webhook.url}/webhook/questions`, { thread }, { proxy: false });
		for (const thread of [first, third, fourth, last]) await ask(thread);
		await waits(questions, 4);
		const areEnabled = (way: boolean) =>
			lab.sandbox
				.webhooks()
				.filter(({ url }) => url.includes('/webhook-waiting/'))
				.every(({ enabled }) => enabled === way);
		expect(areEnabled(false)).toBe(true);
		const isForwarded = async (thread: string, text: string) => {
			const { deliveries } = await lab.sandbox.customerWrites(thread, text);
			expect(deliveries).toMatchObject([FORWARDED]);
		};
		const isTaken = async (thread: string, text: string) => {
			const isThanked = () => notesIn(thread).includes(`You said: ${text}`);
			await waitUntil(isThanked, { what: `the reply ${text} to be taken` });
		};

		await isForwarded(first, 'One');
		await isTaken(first, 'One');

		// The webhook process knows the questions by now, and not that a worker asks another one.
		await ask(second);
		await waits(questions, 4);
		const [killed] = queue.workers;
		await isForwarded(second, 'Two');
		await isTaken(second, 'Two');

		await killed?.kill();
		await isForwarded(third, 'Three');
		await isTaken(third, 'Three');

		await queue.webhook.kill();
		const { deliveries } = await lab.sandbox.customerWrites(fourth, 'Four');
		expect(deliveries).toMatchObject([{ delivered: false }]);
		const [delivery] = deliveries;
		if (delivery === undefined) throw new Error('Nothing was delivered');
		await Promise.all([queue.webhook.restart(), killed?.restart()]);
		expect(await lab.sandbox.redeliver(delivery)).toMatchObject(FORWARDED);
		expect(await lab.sandbox.redeliver(delivery)).toMatchObject({
			status: 200,
			answer: '{"status":"duplicate"}',
		});
		await isTaken(fourth, 'Four');

		// The main process unpublishes, and knows nothing of the questions but what Instaply lists.
		await lab.unpublish(trigger);
		await waitUntil(() => areEnabled(true), { what: 'Instaply to deliver by itself' });
		await lab.sandbox.customerWrites(last, 'Five');
		await isTaken(last, 'Five');

		await lab.idle();
		for (const [index, thread] of threads.entries()) {
			const text = ['One', 'Two', 'Three', 'Four', 'Five'][index];
			expect(notesIn(thread)).toEqual(['Will you come?', text, `You said: ${text}`]);
		}
		expect(await lab.rest.executions({ workflowId: trigger.id })).toEqual([]);
		await waitUntil(() => lab.sandbox.webhooks().length === 0, { what: 'no webhook to be left' });
	});

	it('sends in order within each thread, once each, from executions side by side', async () => {
		const workflow = await lab.publish({
			nodes: [
				webhook('order'),
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
		});
		const texts = Array.from({ length: 25 }, (_, index) => `message ${index}`);
		const jobs = Array.from({ length: 4 }, () => {
			const threads = Array.from({ length: 5 }, () => String(lab.sandbox.addThread().id));
			return texts.flatMap((text) => threads.map((thread) => ({ thread, text })));
		});
		await Promise.all(
			jobs.map(async (job) => {
				await axios.post(`${queue.webhook.url}/webhook/order`, job, { proxy: false });
			}),
		);
		const executions = await waitUntil(
			async () => {
				const all = await lab.rest.executions({ workflowId: workflow.id });
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
		const workflow = await lab.publish({
			nodes: [
				instaplyTrigger('killed'),
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
		});
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

		const target = targetOf(lab.sandbox);
		const sending = sendAll(
			messages.map((id) => ({ ...target, body: messageBody(id) })),
			20,
		);
		await waitUntil(() => noted() >= messages.length / 2, {
			what: 'half of the messages',
			timeout: 120_000,
		});
		// Both workers have their hands full.
		const slow = lab.sandbox.faults.add({
			route: SEND,
			kind: 'delay',
			ms: 10_000,
			times: queue.workers.length * CONCURRENCY,
		});
		await waitUntil(() => slow.strikes === queue.workers.length * CONCURRENCY, {
			what: 'both workers to be busy',
		});
		await killed?.kill();

		const { statuses: responseStatuses } = await sending;
		expect(responseStatuses.filter((status) => status !== 200)).toEqual([]);
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
		const crashed = await lab.rest.executions({ workflowId: workflow.id, status: ['crashed'] });
		for (const execution of crashed) {
			const { status } = await lab.rest.execution(await lab.rest.retry(execution));
			expect(status).toBe('success');
		}

		const notes = notesIn(THREADS.webchat);
		expect(new Set(notes).size).toBe(messages.length);
		// Instaply had got the requests of the killed worker already, and got them again.
		expect(notes).toHaveLength(messages.length + begun);
		expect(await statuses()).toEqual({ success: messages.length, crashed: begun });
	});
});
