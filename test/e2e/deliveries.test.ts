import axios from 'axios';

import { THREADS } from '../../sandbox/server';
import type { StoredWorkflow } from '../../tools/n8n/types';
import { ended } from '../support/e2e/examples';
import { INSTAPLY_TRIGGER, openWorld, type World } from '../support/e2e/world';

jest.setTimeout(60_000);

const MEGABYTE = 1024 * 1024;
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What comes to the URL of an active workflow, as n8n itself and the trigger answer it. */
describe('A hostile delivery', () => {
	let world: World;
	let workflow: StoredWorkflow;
	let genuine: string;

	beforeAll(async () => {
		world = await openWorld();
		workflow = await world.publish(
			[
				{
					name: 'Instaply Trigger',
					type: INSTAPLY_TRIGGER,
					typeVersion: 1.1,
					webhookId: 'hostile',
					parameters: {},
				},
				{ name: 'Next', type: 'n8n-nodes-base.noOp', parameters: {} },
			],
			{ 'Instaply Trigger': { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		);
		const { deliveries } = await world.sandbox.customerWrites(THREADS.webchat, 'Genuine');
		genuine = JSON.stringify(deliveries[0]?.payload);
		await world.rest.waitForExecution({ workflowId: workflow.id });
	});
	afterAll(async () => await world.close());

	const post = async (body: string | Buffer, headers: Record<string, string> = {}) => {
		const [webhook] = world.sandbox.webhooks();
		const [secret] = webhook?.extraHeaders ?? [];
		const { status } = await axios.post(webhook?.url ?? '', body, {
			headers: {
				'Content-Type': 'application/json',
				[secret?.name ?? '']: secret?.value ?? '',
				...headers,
			},
			maxBodyLength: Infinity,
			proxy: false,
			// Else axios makes JSON of what is not.
			transformRequest: [(text: unknown) => text],
			validateStatus: () => true,
		});
		return status;
	};
	const withMore = (json: string) => genuine.replace('"data":{', `"data":{"more":${json},`);

	it.each<[string, () => string, number]>([
		['not JSON', () => 'Hello', 422],
		['half a body', () => genuine.slice(0, 50), 422],
		['nothing', () => '', 400],
		['null', () => 'null', 400],
		['a number', () => '17', 400],
		['a list', () => `[${genuine}]`, 400],
		['more than a megabyte', () => withMore(`"${'x'.repeat(MEGABYTE)}"`), 413],
		['15 megabytes', () => withMore(`"${'x'.repeat(15 * MEGABYTE)}"`), 413],
		['deep nesting', () => withMore(nested(200_000)), 400],
		['deep nesting of megabytes', () => nested(5 * MEGABYTE), 413],
		['a prototype', () => withMore('{"__proto__":{"admin":true}}'), 400],
		['a constructor', () => withMore('{"constructor":{"prototype":{"admin":true}}}'), 400],
	])('(%s) is refused and starts nothing', async (_, body, status) => {
		expect(await post(body())).toBe(status);
		expect(await world.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
	});

	it('larger than n8n takes starts nothing', async () => {
		// n8n 2.41 itself answers 500, before the trigger gets to see it.
		const status = await post(withMore(`"${'x'.repeat(17 * MEGABYTE)}"`));
		expect(status).toBeGreaterThanOrEqual(400);
		expect(await world.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
	});

	it('without the secret is refused, whatever else it is', async () => {
		const bodies = [
			genuine,
			'[]',
			withMore(nested(200_000)),
			withMore(`"${'x'.repeat(MEGABYTE)}"`),
		];
		for (const body of bodies) expect(await post(body, { 'x-n8n-trigger-secret': 'x' })).toBe(401);
		expect(await world.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
	});

	it('does not keep n8n from taking genuine ones', async () => {
		expect(await post(genuine)).toBe(200);
		await world.sandbox.customerWrites(THREADS.webchat, 'Still there?');
		expect(await ended(world, workflow, 2)).toHaveLength(2);
	});
});
