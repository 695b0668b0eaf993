import { readExample, withChanged } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { BUSINESSES, THREADS } from '../../../sandbox/server';
import type { StoredWorkflow } from '../../../tools/n8n/types';
import { ended, written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';
import { startStubServer, type StubServer } from '../../support/e2e/stubServer';

jest.setTimeout(60_000);

const NOTED = 'note: In the CRM, this conversation is case 4711.';

describe('The example that tells the CRM about transfers', () => {
	let lab: Lab;
	let crm: StubServer;
	let workflow: StoredWorkflow;
	beforeEach(async () => {
		lab = await openSharedLab();
	});
	afterEach(async () => {
		await lab.close();
		await crm.close();
	});

	const start = async (answer: (count: number) => number | object) => {
		crm = await startStubServer(() => answer(crm.requests.length));
		const key = { name: 'Authorization', value: 'Bearer crm-key' };
		const credential = await lab.rest.createCredential('httpHeaderAuth', key);
		const example = await readExample('sync-transfers-to-crm', lab.credential, credential);
		workflow = await lab.publish(
			withChanged(example, (node) =>
				node.name === 'Tell the CRM'
					? { ...node, parameters: { ...node.parameters, url: crm.url } }
					: node,
			),
		);
	};
	const transfer = async () => {
		const to = { businessId: BUSINESSES.support };
		return await lab.sandbox.transfer(THREADS.whatsappClosed, to);
	};
	const keys = () => crm.requests.map(({ headers }) => headers['idempotency-key']);

	it('opens a case, and notes it for the employees', async () => {
		await start(() => ({ id: 4711 }));
		await transfer();
		expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
		await lab.sandbox.settled();

		expect(crm.requests).toMatchObject([
			{
				method: 'POST',
				headers: { authorization: 'Bearer crm-key' },
				body: {
					conversation: THREADS.whatsappClosed,
					channel: 'WHATSAPP',
					status: 'replied',
					fromBusiness: BUSINESSES.store,
					toBusiness: BUSINESSES.support,
					toBusinessName: 'Support Team',
					transferredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
				},
			},
		]);
		expect(written(lab.sandbox, THREADS.whatsappClosed)).toEqual([NOTED]);
		expect(await ended(lab, workflow, 1)).toHaveLength(1);
	});

	it('opens one case when Instaply delivers a transfer again', async () => {
		await start(() => ({ id: 4711 }));
		const { deliveries } = await transfer();
		await ended(lab, workflow, 1);
		for (const delivery of deliveries) await lab.sandbox.redeliver(delivery);
		await ended(lab, workflow, 2);
		expect(crm.requests).toHaveLength(1);
		expect(written(lab.sandbox, THREADS.whatsappClosed)).toEqual([NOTED]);
	});

	it('tries again when the CRM stumbles, with the key by which the CRM knows it', async () => {
		await start((count) => (count === 1 ? 503 : { id: 4711 }));
		await transfer();
		await ended(lab, workflow, 1);
		expect(keys()).toHaveLength(2);
		expect(new Set(keys()).size).toBe(1);
		expect(written(lab.sandbox, THREADS.whatsappClosed)).toEqual([NOTED]);
	});

	it('tells the employees when the CRM does not answer', async () => {
		await start(() => 503);
		await transfer();
		expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
		expect(keys()).toHaveLength(3);
		expect(written(lab.sandbox, THREADS.whatsappClosed)).toEqual([
			'note: The CRM does not know that this conversation is now with Support Team: please enter it by hand.',
		]);
	});

	it('is not started by messages', async () => {
		await start(() => ({ id: 4711 }));
		await lab.sandbox.customerWrites(THREADS.whatsappClosed, 'Hello');
		await lab.sandbox.settled();
		expect(await lab.rest.executions({ workflowId: workflow.id })).toEqual([]);
	});
});
