import axios from 'axios';

import type { Lab } from '../../lab/lab';
import { instaplyTrigger, NEXT } from '../../lab/nodes';
import { THREADS } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import type { StoredWorkflow } from '../../tools/n8n/types';
import { ended } from '../support/e2e/examples';
import { openSharedLab } from '../support/e2e/lab';

jest.setTimeout(60_000);

const MEGABYTE = 1024 * 1024;
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What comes to the URL of an active workflow, as n8n itself and the trigger answer it. */
describe('A hostile delivery', () => {
	let lab: Lab;
	let workflow: StoredWorkflow;
	let genuine: string;

	beforeAll(async () => {
		lab = await openSharedLab();
		workflow = await lab.publish({ nodes: [instaplyTrigger('hostile'), NEXT] });
		const { deliveries } = await lab.sandbox.customerWrites(THREADS.webchat, 'Genuine');
		genuine = JSON.stringify(deliveries[0]?.payload);
		await lab.rest.waitForExecution({ workflowId: workflow.id });
	});
	afterAll(async () => await lab.close());

	const post = async (body: string | Buffer, headers: Record<string, string> = {}) => {
		const [webhook] = lab.sandbox.webhooks();
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
		expect(await lab.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
	});

	it('larger than n8n takes starts nothing', async () => {
		// n8n 2.41 itself answers 500, before the trigger gets to see it.
		const status = await post(withMore(`"${'x'.repeat(17 * MEGABYTE)}"`));
		expect(status).toBeGreaterThanOrEqual(400);
		expect(await lab.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
	});

	it('without the secret is refused, whatever else it is', async () => {
		const bodies = [
			genuine,
			'[]',
			withMore(nested(200_000)),
			withMore(`"${'x'.repeat(MEGABYTE)}"`),
		];
		for (const body of bodies) expect(await post(body, { 'x-n8n-trigger-secret': 'x' })).toBe(401);
		expect(await lab.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
	});

	it('does not keep n8n from taking genuine ones', async () => {
		expect(await post(genuine)).toBe(200);
		await lab.sandbox.customerWrites(THREADS.webchat, 'Still there?');
		expect(await ended(lab, workflow, 2)).toHaveLength(2);
	});

	it('does not keep n8n from handing on exactly what it has rounded', async () => {
		const { messageBody, messageId } = JSON.parse(genuine).data;
		const long = { messageId: '9007199254740993', otherId: '9007199254740995' };
		const body = genuine
			.replace(`:${messageId}`, `:${long.messageId}`)
			.replace('"data":{', `"data":{"otherId":${long.otherId},`);
		expect(await post(body)).toBe(200);
		const [execution] = await ended(lab, workflow, 3);
		const items = execution === undefined ? [] : itemsOf(execution, 'Instaply Trigger');
		expect(items.map(({ json }) => json)).toMatchObject([{ ...long, messageBody }]);
	});
});
