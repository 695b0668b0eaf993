import type { INodeParameters } from 'n8n-workflow';

import { CUSTOMERS, THREADS, type ApiRoute } from '../../sandbox/server';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { TriggerOnN8n } from '../support/engine/triggerOnN8n';
import { withoutQuestions } from '../support/engine/triggers';
import { WaitingExecution } from '../support/engine/waitingExecution';
import { explanation } from '../support/engine/words';

/**
 * Protects that a change whose response is lost is looked up: people are told that it is not known only
 * when it cannot be known.
 */

const sandbox = useSandbox();

const CREATE = 'POST /api/webhooks/';
const url = 'https://example.com/lost';

const changes: Array<[string, ApiRoute, () => Promise<INodeParameters> | INodeParameters]> = [
	[
		'Thread > Update Status',
		'POST /api/update-thread-status',
		() => ({
			resource: 'thread',
			operation: 'updateStatus',
			customerThreadId: THREADS.sms,
			status: 'resolved',
		}),
	],
	[
		'Customer > Update Profile',
		'POST /api/customers/:customerId/profile/update',
		() => ({
			resource: 'customer',
			operation: 'updateProfile',
			customerId: CUSTOMERS.sms,
			updateFields: { company: 'Lost & Found' },
		}),
	],
	[
		'Webhook > Create',
		CREATE,
		() => ({ resource: 'webhook', operation: 'create', url, events: ['transfers'] }),
	],
	[
		'Webhook > Update',
		'POST /api/webhooks/:webHookId/update',
		async () => ({
			resource: 'webhook',
			operation: 'update',
			webhookId: await newWebhook(),
			updateFields: { events: ['transfers'], enabled: false },
		}),
	],
	[
		'Webhook > Delete',
		'POST /api/webhooks/:webHookId/delete',
		async () => ({ resource: 'webhook', operation: 'delete', webhookId: await newWebhook() }),
	],
];

let created = 0;

async function newWebhook(): Promise<string> {
	const { items } = await runInstaply(sandbox.current, {
		parameters: {
			resource: 'webhook',
			operation: 'create',
			url: `${url}/${(created += 1)}`,
			events: ['messages'],
		},
	});
	return String(items[0]?.json.webhookId);
}

describe.each(changes)('%s', (_, route, parametersOf) => {
	it('is in doubt when its response is lost and it was not made', async () => {
		const parameters = await parametersOf();
		sandbox.current.faults.add({ route, kind: 'drop' });
		const run = await runInstaply(sandbox.current, { parameters });
		expect(explanation(run).message).toBe('It is not known whether Instaply made this change');
		expect(sandbox.current.requests({ route })).toHaveLength(1);
	});

	it('has succeeded when its response is lost and it was made', async () => {
		const parameters = await parametersOf();
		sandbox.current.faults.add({ route, kind: 'answerLost' });
		const { items, error } = await runInstaply(sandbox.current, { parameters });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});
});

describe('Webhook > Create', () => {
	it('has the ID of the webhook that it found', async () => {
		sandbox.current.faults.add({ route: CREATE, kind: 'answerLost' });
		const address = `${url}/found`;
		const { items } = await runInstaply(sandbox.current, {
			parameters: { resource: 'webhook', operation: 'create', url: address, events: ['messages'] },
		});
		const [webhook] = sandbox.current.webhooks().filter((each) => each.url === address);
		expect(items[0]?.json).toMatchObject({ webhookId: String(webhook?.id), url: address });
		expect(sandbox.current.requests({ route: 'GET /api/webhooks/' })).toHaveLength(1);
	});

	it('does not take an older webhook at the same URL for the new one', async () => {
		const address = `${url}/older`;
		const parameters = { resource: 'webhook', operation: 'create', url: address };
		await runInstaply(sandbox.current, { parameters: { ...parameters, events: ['messages'] } });
		sandbox.current.faults.add({ route: CREATE, kind: 'drop' });
		const run = await runInstaply(sandbox.current, {
			parameters: { ...parameters, events: ['transfers'] },
		});
		expect(explanation(run).message).toBe('It is not known whether Instaply made this change');
	});
});

describe('A trigger', () => {
	it('is published when its webhook is there, although the response was lost', async () => {
		const trigger = await TriggerOnN8n.start(sandbox.current);
		sandbox.current.faults.add({ route: CREATE, kind: 'answerLost' });
		await trigger.activate();
		expect(
			sandbox.current.webhooks().filter((each) => withoutQuestions(each.url) === trigger.url),
		).toHaveLength(1);
		await trigger.close();
	});
});

describe('A question', () => {
	it('goes out when its webhook is there, although the response was lost', async () => {
		sandbox.current.faults.add({ route: CREATE, kind: 'answerLost' });
		const execution = await WaitingExecution.ask(sandbox.current);
		await sandbox.current.customerWrites(THREADS.webchat, 'Yes');
		expect(execution.resumed).toMatchObject([{ reply: { text: 'Yes' } }]);
		await execution.close();
	});
});
