import { readExample } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { callAsShop, createShopKey } from '../../../lab/shop';
import { TEMPLATES, THREADS } from '../../../sandbox/server';
import type { StoredWorkflow } from '../../../tools/n8n/types';
import { ended, written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';

jest.setTimeout(60_000);

describe('The example that tells customers that their order was shipped', () => {
	let lab: Lab;
	let workflow: StoredWorkflow;
	beforeEach(async () => {
		lab = await openSharedLab();
		workflow = await lab.publish(
			await readExample('tell-order-shipped', lab.credential, await createShopKey(lab.rest)),
		);
	});
	afterEach(async () => await lab.close());

	const ship = async (customerThreadId: string | number) => {
		await callAsShop(lab.n8nUrl, workflow, { customerThreadId, order: 4712 });
		return await ended(lab, workflow, 1);
	};

	it('sends a text while the window is open', async () => {
		await ship(Number(THREADS.whatsappOpen));
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([
			'workflow: Good news: your order 4712 is on its way.',
		]);
	});

	it('sends the template when the window is closed', async () => {
		await ship(THREADS.whatsappClosed);
		expect(written(lab.sandbox, THREADS.whatsappClosed)).toEqual([
			`workflow: ${TEMPLATES.orderShipped}`,
		]);
	});

	it.each([
		['without the key of the shop', {}],
		['with another key', { 'X-Shop-Key': 'guess' }],
	])('tells nobody when it is called %s', async (_, headers) => {
		const news = { customerThreadId: THREADS.whatsappOpen, order: 4712 };
		await expect(callAsShop(lab.n8nUrl, workflow, news, headers)).rejects.toMatchObject({
			response: { status: 403 },
		});
		expect(await lab.rest.executions({ workflowId: workflow.id })).toEqual([]);
	});

	it('says what is wrong with a thread that is not there', async () => {
		const [execution] = await ship('1');
		expect(execution?.status).toBe('error');
		expect(execution?.data.resultData.error?.message).toContain('Thread 1 does not exist');
	});
});
