import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import type { Lab } from '../../lab/lab';
import { instaplyTrigger, NEXT } from '../../lab/nodes';
import type { WorkflowDraft } from '../../lab/workflow';
import { BUSINESSES, THREADS } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/process/wait';
import { openSharedLab } from '../support/e2e/lab';

const FOREIGN = 'https://example.com/foreign';

describe('The trigger', () => {
	let lab: Lab;
	beforeEach(async () => {
		lab = await openSharedLab();
		await axios.post(
			`${lab.sandbox.url}/api/webhooks/`,
			{ url: FOREIGN, subscribedEvents: ['messages'], enabled: false },
			{ headers: { token: lab.sandbox.token } },
		);
	});
	afterEach(async () => await lab.close());

	const triggered = (path: string, parameters?: INodeParameters): WorkflowDraft => ({
		nodes: [instaplyTrigger(path, parameters), NEXT],
	});
	const ours = () => lab.sandbox.webhooks().filter(({ url }) => url !== FOREIGN);

	it('registers exactly one webhook when it is activated and none stays when it is not', async () => {
		const workflow = await lab.publish(
			triggered('hook-lifecycle', { events: ['messages', 'transfers'] }),
		);
		expect(ours()).toEqual([
			expect.objectContaining({
				url: expect.stringMatching(
					new RegExp(
						`^${lab.n8nUrl}/webhook/hook-lifecycle/webhook\\?instaplyQuestions=[0-9a-f]{16}$`,
					),
				),
				enabled: true,
				subscribedEvents: ['messages', 'transfers'],
				extraHeaders: [
					{ name: 'x-n8n-trigger-secret', value: expect.stringMatching(/^[0-9a-f]{64}$/) },
				],
			}),
		]);

		await lab.rest.deactivate(workflow);
		await waitUntil(() => ours().length === 0, { what: 'the webhook to be deleted' });
		expect(lab.sandbox.webhooks()).toHaveLength(1);
	});

	it('starts the workflow with a message and with a transfer', async () => {
		const { id } = await lab.publish(
			triggered('hook-events', { events: ['messages', 'transfers'] }),
		);
		await lab.sandbox.customerWrites(THREADS.webchat, 'Hello');
		const first = await lab.rest.waitForExecution({ workflowId: id });
		expect(itemsOf(first, 'Next')).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					eventType: 'message',
					customerThreadId: THREADS.webchat,
					messageBody: 'Hello',
					fromCustomer: true,
					attachment: null,
				}),
			}),
		]);

		await lab.sandbox.transfer(THREADS.webchat, { businessId: BUSINESSES.support });
		const second = await lab.rest.waitForExecution(
			{ workflowId: id, status: ['success'] },
			(execution) => execution.id !== first.id,
		);
		expect(itemsOf(second, 'Next')[0]?.json).toMatchObject({
			eventType: 'transfer',
			customerThreadId: THREADS.webchat,
			newBusinessId: BUSINESSES.support,
		});
		const statuses = lab.sandbox.deliveries({ delivered: true }).map(({ status }) => status);
		expect(statuses).toEqual([200, 200]);
	});

	it('refuses a delivery without the secret and starts nothing', async () => {
		const { id } = await lab.publish(triggered('hook-forged'));
		const [webhook] = ours();
		const { payload } = (await lab.sandbox.customerWrites(THREADS.webchat, 'Real')).deliveries[0]!;
		await lab.rest.waitForExecution({ workflowId: id });

		const forged = await axios.post(webhook?.url ?? '', payload, { validateStatus: () => true });
		expect(forged.status).toBe(401);
		expect(await lab.rest.executions({ workflowId: id })).toHaveLength(1);
	});

	it('listens for a test event while the production webhook stays', async () => {
		const workflow = await lab.publish(triggered('hook-test'));
		const [production] = ours();

		await lab.rest.listenForTestEvent(workflow, { trigger: 'Instaply Trigger' });
		expect(ours().map(({ url }) => url)).toEqual([
			production?.url,
			`${lab.n8nUrl}/webhook-test/hook-test/webhook`,
		]);

		await lab.sandbox.customerWrites(THREADS.webchat, 'For both');
		const all = await waitUntil(
			async () => {
				const ended = await lab.rest.executions({ workflowId: workflow.id, status: ['success'] });
				return ended.length === 2 && ended;
			},
			{ what: 'a test execution and a production execution' },
		);
		expect(all.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
		await waitUntil(() => ours().length === 1, { what: 'the test webhook to be deleted' });
		expect(ours()).toEqual([production]);
	});
});
