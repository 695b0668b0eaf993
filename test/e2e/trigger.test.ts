import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import { BUSINESSES, THREADS } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/process/wait';
import { INSTAPLY_TRIGGER, openWorld, type NodeSketch, type World } from '../support/e2e/world';

const FOREIGN = 'https://example.com/foreign';

describe('The trigger', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
		await axios.post(
			`${world.sandbox.url}/api/webhooks/`,
			{ url: FOREIGN, subscribedEvents: ['messages'], enabled: false },
			{ headers: { token: world.sandbox.token } },
		);
	});
	afterEach(async () => await world.close());

	const trigger = (webhookId: string, parameters: INodeParameters = {}): NodeSketch[] => [
		{ name: 'Instaply Trigger', type: INSTAPLY_TRIGGER, typeVersion: 1.1, webhookId, parameters },
		{ name: 'Next', type: 'n8n-nodes-base.noOp', parameters: {} },
	];
	const connections = {
		'Instaply Trigger': { main: [[{ node: 'Next', type: 'main' as const, index: 0 }]] },
	};
	const ours = () => world.sandbox.webhooks().filter(({ url }) => url !== FOREIGN);

	it('registers exactly one webhook when it is activated and none stays when it is not', async () => {
		const workflow = await world.publish(
			trigger('hook-lifecycle', { events: ['messages', 'transfers'] }),
			connections,
		);
		expect(ours()).toEqual([
			expect.objectContaining({
				url: `${world.n8nUrl}/webhook/hook-lifecycle/webhook`,
				enabled: true,
				subscribedEvents: ['messages', 'transfers'],
				extraHeaders: [
					{ name: 'x-n8n-trigger-secret', value: expect.stringMatching(/^[0-9a-f]{64}$/) },
				],
			}),
		]);

		await world.rest.deactivate(workflow);
		await waitUntil(() => ours().length === 0, { what: 'the webhook to be deleted' });
		expect(world.sandbox.webhooks()).toHaveLength(1);
	});

	it('starts the workflow with a message and with a transfer', async () => {
		const { id } = await world.publish(
			trigger('hook-events', { events: ['messages', 'transfers'] }),
			connections,
		);
		await world.sandbox.customerWrites(THREADS.webchat, 'Hello');
		const first = await world.rest.waitForExecution({ workflowId: id });
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

		await world.sandbox.transfer(THREADS.webchat, { businessId: BUSINESSES.support });
		const second = await world.rest.waitForExecution(
			{ workflowId: id, status: ['success'] },
			(execution) => execution.id !== first.id,
		);
		expect(itemsOf(second, 'Next')[0]?.json).toMatchObject({
			eventType: 'transfer',
			customerThreadId: THREADS.webchat,
			newBusinessId: BUSINESSES.support,
		});
		const statuses = world.sandbox.deliveries({ delivered: true }).map(({ status }) => status);
		expect(statuses).toEqual([200, 200]);
	});

	it('refuses a delivery without the secret and starts nothing', async () => {
		const { id } = await world.publish(trigger('hook-forged'), connections);
		const [webhook] = ours();
		const { payload } = (await world.sandbox.customerWrites(THREADS.webchat, 'Real'))
			.deliveries[0]!;
		await world.rest.waitForExecution({ workflowId: id });

		const forged = await axios.post(webhook?.url ?? '', payload, { validateStatus: () => true });
		expect(forged.status).toBe(401);
		expect(await world.rest.executions({ workflowId: id })).toHaveLength(1);
	});

	it('listens for a test event while the production webhook stays', async () => {
		const workflow = await world.publish(trigger('hook-test'), connections);
		const [production] = ours();

		await world.rest.listenForTestEvent(workflow, { trigger: 'Instaply Trigger' });
		expect(ours().map(({ url }) => url)).toEqual([
			production?.url,
			`${world.n8nUrl}/webhook-test/hook-test/webhook`,
		]);

		await world.sandbox.customerWrites(THREADS.webchat, 'For both');
		const all = await waitUntil(
			async () => {
				const ended = await world.rest.executions({ workflowId: workflow.id, status: ['success'] });
				return ended.length === 2 && ended;
			},
			{ what: 'a test execution and a production execution' },
		);
		expect(all.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
		await waitUntil(() => ours().length === 1, { what: 'the test webhook to be deleted' });
		expect(ours()).toEqual([production]);
	});
});
