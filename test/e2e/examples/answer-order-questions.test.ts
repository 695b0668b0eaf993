import { readExample } from '../../../lab/examples';
import { THREADS } from '../../../sandbox/server';
import type { StoredWorkflow } from '../../../tools/n8n/types';
import { ended, publish, written } from '../../support/e2e/examples';
import { openWorld, type World } from '../../support/e2e/world';

jest.setTimeout(60_000);

describe('The example that answers questions about orders', () => {
	let world: World;
	let workflow: StoredWorkflow;
	beforeEach(async () => {
		world = await openWorld();
		workflow = await publish(world, await readExample('answer-order-questions', world.credential));
	});
	afterEach(async () => await world.close());

	const ANSWER =
		'workflow: Hello Alan, your order 4711 left our warehouse today and arrives tomorrow.';

	it('answers with the name of the customer, resolves the thread, and does not answer itself', async () => {
		const question = 'Where is my order no. 4711?';
		await world.sandbox.customerWrites(THREADS.webchat, question);
		await ended(world, workflow, 1);
		await world.sandbox.settled();

		expect(written(world.sandbox, THREADS.webchat)).toEqual([`customer: ${question}`, ANSWER]);
		expect(world.sandbox.thread(THREADS.webchat).status).toBe('resolved');
		expect(await ended(world, workflow, 1)).toMatchObject([{ status: 'success' }]);
	});

	it.each<[string, Parameters<World['sandbox']['customerWrites']>[1]]>([
		['another question', 'Do you sell gift cards?'],
		[
			'a file without a text',
			{ attachment: { name: 'a.jpg', contentType: 'image/jpeg', contentLength: 1 } },
		],
	])('hands %s over to an employee, and tells the customer nothing', async (_, draft) => {
		await world.sandbox.customerWrites(THREADS.webchat, draft);
		const [execution] = await ended(world, workflow, 1);

		expect(execution?.status).toBe('success');
		expect(written(world.sandbox, THREADS.webchat).slice(1)).toEqual([
			'note: This is not about an order: please answer the customer.',
		]);
		expect(world.sandbox.thread(THREADS.webchat).status).toBe('waiting');
	});

	it('keeps out when employees write', async () => {
		await world.sandbox.employeeWrites(THREADS.webchat, 'Your order 4711 is here.');
		await world.sandbox.settled();
		expect(await world.rest.executions({ workflowId: workflow.id })).toEqual([]);
	});

	it('answers once when Instaply delivers a message again', async () => {
		const { deliveries } = await world.sandbox.customerWrites(THREADS.webchat, 'order 4711?');
		await ended(world, workflow, 1);
		for (const delivery of deliveries) await world.sandbox.redeliver(delivery);
		await world.sandbox.settled();
		expect(await world.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
		expect(written(world.sandbox, THREADS.webchat)).toEqual(['customer: order 4711?', ANSWER]);
	});
});
