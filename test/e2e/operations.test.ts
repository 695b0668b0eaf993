import type { Lab } from '../../lab/lab';
import { CREDENTIAL_NAME, INSTAPLY } from '../../lab/nodes';
import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import { openSharedLab } from '../support/e2e/lab';
import { runOperation } from '../support/e2e/operation';

describe('Each operation, once', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = await openSharedLab();
	});
	afterAll(async () => await lab.close());

	const run = async (resource: string, operation: string, parameters = {}) => {
		const { execution, items } = await runOperation(lab, { resource, operation, ...parameters });
		expect(execution.data.resultData.error).toBeUndefined();
		return items;
	};

	it('sends a message', async () => {
		const parameters = { customerThreadId: THREADS.webchat, text: 'Hello' };
		expect(await run('message', 'send', parameters)).toMatchObject([{ sent: true, via: 'text' }]);
		expect(lab.sandbox.conversation(THREADS.webchat)).toMatchObject([{ body: 'Hello' }]);
	});

	it('sends an internal note', async () => {
		const parameters = {
			customerThreadId: THREADS.sms,
			text: 'Calls back',
			options: { internal: true },
		};
		expect(await run('message', 'send', parameters)).toMatchObject([{ via: 'internalNote' }]);
		expect(lab.sandbox.conversation(THREADS.sms)).toMatchObject([{ invisible: true }]);
	});

	it('sends a template chosen by its title', async () => {
		const parameters = {
			customerThreadId: THREADS.whatsappClosed,
			template: { __rl: true, mode: 'name', value: 'issue_back' },
		};
		expect(await run('message', 'sendTemplate', parameters)).toMatchObject([
			{ sent: true, via: 'template', contentSid: TEMPLATES.issueBack },
		]);
	});

	it('updates the status of a thread and reads it', async () => {
		const thread = { customerThreadId: THREADS.webchat };
		expect(await run('thread', 'updateStatus', { ...thread, status: 'resolved' })).toMatchObject([
			{ ...thread, status: 'resolved' },
		]);
		expect(await run('thread', 'get', thread)).toEqual([
			{
				...thread,
				customerChannel: 'WEBCHAT',
				status: 'resolved',
				isMessagingWindowOpen: true,
			},
		]);
	});

	it('gets templates', async () => {
		const parameters = { customerThreadId: THREADS.whatsappOpen, limit: 2 };
		expect(await run('template', 'getAll', parameters)).toHaveLength(2);
	});

	it('gets a customer profile', async () => {
		const parameters = { customerId: CUSTOMERS.webchat };
		expect(await run('customer', 'getProfile', parameters)).toMatchObject([
			{ id: CUSTOMERS.webchat },
		]);
	});

	it('updates a customer profile', async () => {
		const customer = { customerId: CUSTOMERS.email };
		const parameters = { ...customer, updateFields: { company: 'Acme' } };
		expect(await run('customer', 'updateProfile', parameters)).toMatchObject([
			{ ...customer, company: 'Acme' },
		]);
		expect(await run('customer', 'getProfile', customer)).toMatchObject([{ company: 'Acme' }]);
	});

	it('starts a thread as the customer', async () => {
		const items = await run('thread', 'start', {
			businessId: BUSINESSES.store,
			text: 'Please call me back',
			additionalFields: { phoneNumber: '+1 555-123-4567' },
		});
		const [{ customerThreadId }] = items as [{ customerThreadId: string }];
		expect(lab.sandbox.conversation(customerThreadId)).toMatchObject([
			{ from: 'customer', body: 'Please call me back' },
		]);
	});

	it('creates, gets, lists, updates and deletes a webhook', async () => {
		const url = 'https://example.com/hook';
		const [created] = await run('webhook', 'create', { url, events: ['transfers'] });
		expect(created).toMatchObject({ url, subscribedEvents: ['transfers'] });
		const [{ webhookId }] = (await run('webhook', 'getAll')) as [{ webhookId: string }];
		const which = { webhookId: { __rl: true, mode: 'id', value: webhookId } };

		await run('webhook', 'update', { ...which, updateFields: { enabled: false } });
		expect(await run('webhook', 'get', which)).toMatchObject([{ webhookId, url, enabled: false }]);
		expect(await run('webhook', 'delete', which)).toEqual([{ deleted: true, webhookId }]);
		expect(lab.sandbox.webhooks()).toEqual([]);
	});

	it('offers the templates of the thread in the dropdown', async () => {
		const { results } = await lab.rest.searchList({
			nodeType: INSTAPLY,
			typeVersion: 1,
			method: 'searchTemplates',
			parameter: 'template',
			parameters: { customerThreadId: THREADS.whatsappOpen },
			credentials: { [CREDENTIAL_NAME]: { id: lab.credential.id, name: lab.credential.name } },
			filter: 'order',
		});
		expect(results).toMatchObject([{ value: TEMPLATES.orderShipped }]);
	});
});
