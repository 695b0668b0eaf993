import { readExample } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { THREADS } from '../../../sandbox/server';
import type { StoredWorkflow } from '../../../tools/n8n/types';
import { ended, written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';

jest.setTimeout(60_000);

describe('The example that answers questions about orders', () => {
	let lab: Lab;
	let workflow: StoredWorkflow;
	beforeEach(async () => {
		lab = await openSharedLab();
		workflow = await lab.publish(await readExample('answer-order-questions', lab.credential));
	});
	afterEach(async () => await lab.close());

	const ANSWER =
		'workflow: Hello Alan, your order 4711 left our warehouse today and arrives tomorrow.';

	it('answers with the name of the customer, resolves the thread, and does not answer itself', async () => {
		const question = 'Where is my order no. 4711?';
		await lab.sandbox.customerWrites(THREADS.webchat, question);
		await ended(lab, workflow, 1);
		await lab.sandbox.settled();

		expect(written(lab.sandbox, THREADS.webchat)).toEqual([`customer: ${question}`, ANSWER]);
		expect(lab.sandbox.thread(THREADS.webchat).status).toBe('resolved');
		expect(await ended(lab, workflow, 1)).toMatchObject([{ status: 'success' }]);
	});

	it.each<[string, Parameters<Lab['sandbox']['customerWrites']>[1]]>([
		['another question', 'Do you sell gift cards?'],
		[
			'a file without a text',
			{ attachment: { name: 'a.jpg', contentType: 'image/jpeg', contentLength: 1 } },
		],
	])('hands %s over to an employee, and tells the customer nothing', async (_, draft) => {
		await lab.sandbox.customerWrites(THREADS.webchat, draft);
		const [execution] = await ended(lab, workflow, 1);

		expect(execution?.status).toBe('success');
		expect(written(lab.sandbox, THREADS.webchat).slice(1)).toEqual([
			'note: This is not about an order: please answer the customer.',
		]);
		expect(lab.sandbox.thread(THREADS.webchat).status).toBe('waiting');
	});

	it('keeps out when employees write', async () => {
		await lab.sandbox.employeeWrites(THREADS.webchat, 'Your order 4711 is here.');
		await lab.sandbox.settled();
		expect(await lab.rest.executions({ workflowId: workflow.id })).toEqual([]);
	});

	it('answers once when Instaply delivers a message again', async () => {
		const { deliveries } = await lab.sandbox.customerWrites(THREADS.webchat, 'order 4711?');
		await ended(lab, workflow, 1);
		for (const delivery of deliveries) await lab.sandbox.redeliver(delivery);
		await lab.sandbox.settled();
		expect(await lab.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
		expect(written(lab.sandbox, THREADS.webchat)).toEqual(['customer: order 4711?', ANSWER]);
	});
});
