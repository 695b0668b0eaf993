import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { THREADS } from '../../sandbox/server';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';

/*
 * What a node of this package hands on, the next one takes.
 */

const sandbox = useSandbox();
const { activated } = useTriggers(sandbox);

/** Runs an operation for one item. @returns what comes out, once nothing went wrong */
async function runNode(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	input: IDataObject = {},
): Promise<IDataObject[]> {
	const { error, succeeded } = await runInstaply(sandbox.current, {
		parameters: { resource, operation, ...parameters },
		input: [input],
	});
	expect(error).toBeUndefined();
	return succeeded;
}

/** The item with which a customer's message starts a workflow. */
async function itemOfMessage(threadId: string | number): Promise<IDataObject> {
	const trigger = await activated();
	await sandbox.current.customerWrites(threadId, 'Hello');
	const [item] = trigger.started;
	if (item === undefined) throw new Error('Nothing was started');
	return item;
}

describe('From the trigger', () => {
	it.each(['a+b@c.d', 'auth0|12', 'x=y', 'é', 'a b', '%2F', '.1', '名前', '#?&;'])(
		'a customer whose ID is %s is read and updated',
		async (customerId) => {
			const { id } = sandbox.current.addThread({ customerId });
			const item = await itemOfMessage(id);
			expect(item.customerId).toBe(customerId);
			const parameters = { customerId: '={{ $json.customerId }}' };
			const changes = { updateFields: { firstName: 'Ada' } };
			await runNode('customer', 'updateProfile', { ...parameters, ...changes }, item);
			expect(await runNode('customer', 'getProfile', parameters, item)).toMatchObject([
				{ id: customerId, firstName: 'Ada' },
			]);
		},
	);

	it('a thread is answered, and another one started at its business', async () => {
		const item = await itemOfMessage(THREADS.webchat);
		const parameters = { customerThreadId: '={{ $json.customerThreadId }}', text: 'Hi' };
		await runNode('message', 'send', parameters, item);
		expect(sandbox.current.conversation(THREADS.webchat).at(-1)).toMatchObject({ body: 'Hi' });
		const start = { businessId: '={{ $json.businessId }}', text: 'Hi' };
		const additionalFields = { email: 'ada@example.com' };
		expect(await runNode('thread', 'start', { ...start, additionalFields }, item)).toHaveLength(1);
	});
});

describe('From one operation to another', () => {
	it('a profile starts a thread', async () => {
		const customers = [...new Set(Object.values(THREADS).map((id) => sandbox.current.thread(id)))];
		for (const { customerId, businessId } of customers) {
			const [profile] = await runNode('customer', 'getProfile', { customerId });
			const additionalFields = {
				email: '={{ $json.emailAddress }}',
				phoneNumber: '={{ $json.phoneNumber }}',
			};
			const start = { businessId, text: 'Hi', additionalFields };
			expect(await runNode('thread', 'start', start, profile)).toHaveLength(1);
		}
	});

	it('the status of a thread is set again', async () => {
		const customerThreadId = THREADS.email;
		const [thread] = await runNode('thread', 'get', { customerThreadId });
		const parameters = {
			customerThreadId: '={{ $json.customerThreadId }}',
			status: '={{ $json.status }}',
		};
		expect(await runNode('thread', 'updateStatus', parameters, thread)).toHaveLength(1);
	});

	it('a template that was listed is sent, by its content SID and by its title', async () => {
		const customerThreadId = THREADS.whatsappClosed;
		const [template] = await runNode('template', 'getAll', { customerThreadId });
		const locators = [
			{ __rl: true, mode: 'id', value: '={{ $json.contentSid }}' },
			{ __rl: true, mode: 'name', value: '={{ $json.title }}' },
		];
		for (const locator of locators) {
			const parameters = { customerThreadId, template: locator };
			expect(await runNode('message', 'sendTemplate', parameters, template)).toMatchObject([
				{ sent: true, contentSid: template?.contentSid },
			]);
		}
	});

	it('a webhook that was created or listed is read, changed and deleted', async () => {
		const url = 'https://example.com/handed-on';
		const [created] = await runNode('webhook', 'create', { url, events: ['messages'] });
		const webhookId = { __rl: true, mode: 'id', value: '={{ $json.webhookId }}' };
		await runNode('webhook', 'get', { webhookId }, created);
		const all = await runNode('webhook', 'getAll', { returnAll: true });
		const listed = all.find((webhook) => webhook.url === url);
		const updateFields = { enabled: false, events: '={{ $json.subscribedEvents }}' };
		await runNode('webhook', 'update', { webhookId, updateFields }, listed);
		await runNode('webhook', 'delete', { webhookId }, listed);
		expect(sandbox.current.webhooks().filter((webhook) => webhook.url === url)).toEqual([]);
	});
});
