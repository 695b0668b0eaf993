/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';

import { messageBody, sendAll, targetOf } from '../../lab/deliveries';
import { openLab, type Lab } from '../../lab/lab';
import { ask, instaplyTrigger, NEXT, START } from '../../lab/nodes';
import { asItems } from '../../lab/workflow';
import type { QueueMode } from '../../tools/n8n/queue';
import { itemsOf } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/process/wait';
import { startInstallation } from '../support/queue/installation';

jest.setTimeout(120_000);

/*
 * n8n 3 runs on workers what is executed by hand, too. 2.41 does so when it is told to.
 */
describe('In queue mode, what is executed by hand on a worker', () => {
	let queue: QueueMode;
	let lab: Lab;

	beforeAll(async () => {
		queue = await startInstallation({ OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true' });
	}, 300_000);
	afterAll(async () => await queue?.stop());
	beforeEach(async () => {
		lab = await openLab(queue.main.url);
	});
	afterEach(async () => await lab.close());

	const ranOnWorker = async (id: string) => {
		const logs = queue.workers.map(async ({ logFile }) => await readFile(logFile, 'utf8'));
		return (await Promise.all(logs)).join('\n').includes(`started execution ${id} `);
	};

	it('asks a customer, waits, and goes on with the reply', async () => {
		const thread = String(lab.sandbox.addThread().id);
		const workflow = await lab.save({
			nodes: [START, ask(thread), NEXT],
			pinData: { [START.name]: asItems([{}]) },
		});
		const id = await lab.rest.runManually(workflow, { trigger: START.name });
		const isWaiting = async () => (await lab.rest.execution(id)).status === 'waiting';
		await waitUntil(isWaiting, { what: 'the execution to wait' });
		expect(await ranOnWorker(id)).toBe(true);

		await lab.sandbox.customerWrites(thread, 'Yes');
		const execution = await lab.rest.waitForEnd(id);
		expect(itemsOf(execution, NEXT.name)).toMatchObject([{ json: { reply: { text: 'Yes' } } }]);
		await waitUntil(() => lab.sandbox.webhooks().length === 0, { what: 'its webhook to go' });
	});

	it('starts with the test event of a trigger', async () => {
		const workflow = await lab.save({ nodes: [instaplyTrigger('by-hand'), NEXT] });
		await lab.rest.listenForTestEvent(workflow, { trigger: 'Instaply Trigger' });
		const { url, headers } = targetOf(lab.sandbox);
		// A load balancer leads to the main process what is for a test.
		const atMain = `${queue.main.url}${new URL(url).pathname}`;
		const { statuses } = await sendAll([{ url: atMain, headers, body: messageBody(1) }], 1);
		expect(statuses).toEqual([200]);
		const execution = await lab.rest.waitForExecution({ workflowId: workflow.id });
		expect(execution).toMatchObject({ status: 'success', mode: 'manual' });
		expect(itemsOf(execution, NEXT.name)).toMatchObject([{ json: { messageBody: 'Message 1' } }]);
		expect(await ranOnWorker(execution.id)).toBe(true);
		await waitUntil(() => lab.sandbox.webhooks().length === 0, { what: 'its webhook to go' });
	});
});
