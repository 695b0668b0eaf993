import type { INodeParameters } from 'n8n-workflow';

import { byId } from '../../support/engine/locators';
import { runInstaply } from '../../support/engine/run';
import { sent, useSandbox, type Sent } from '../../support/engine/sandbox';
import { explanation } from '../../support/engine/words';
import { testExamples } from './cases';

testExamples('webhook');

const sandbox = useSandbox();

const WEBHOOKS = '/api/webhooks/';
const url = 'https://example.com/webhook';
const headers = [
	{ name: 'Authorization', value: 'Bearer very-secret-1' },
	{ name: 'X-Key', value: 'very-secret-2' },
];
const namesOnly = [{ name: 'Authorization' }, { name: 'X-Key' }];

const runNode = async (operation: string, parameters: INodeParameters = {}) =>
	await runInstaply(sandbox.current, {
		parameters: { resource: 'webhook', operation, ...parameters },
	});
/** What comes out, which never holds the value of a header. */
const items = async (operation: string, parameters?: INodeParameters) => {
	const run = await runNode(operation, parameters);
	expect(run.error).toBeUndefined();
	expect(JSON.stringify(run.items)).not.toContain('very-secret');
	return run.items.map(({ json }) => json);
};
/** @returns the ID of a webhook that is there already */
const register = async () => {
	const additionalFields = { extraHeaders: { header: headers } };
	await runNode('create', { url, events: ['messages'], additionalFields });
	sandbox.current.clearRecords();
	return String(sandbox.current.webhooks().at(-1)?.id);
};

beforeEach(async () => {
	for (const { id } of sandbox.current.webhooks()) {
		await runNode('delete', { webhookId: byId(String(id)) });
	}
	sandbox.current.clearRecords();
});

describe.each(['id', 'webHookId', 'webhookId', 'nested', 'empty'] as const)(
	'When Instaply answers create with %s, a webhook',
	(webhookAnswer) => {
		beforeEach(() => {
			sandbox.current.variants.webhookAnswer = webhookAnswer;
		});

		it('is created, and its ID is known', async () => {
			const additionalFields = { enabled: false, extraHeaders: { header: headers } };
			const out = await items('create', { url, events: ['transfers'], additionalFields });
			const lookUp: Sent[] = webhookAnswer === 'empty' ? [[`GET ${WEBHOOKS}`]] : [];
			const wanted = { url, subscribedEvents: ['transfers'], enabled: false };
			expect(sent(sandbox.current)).toEqual([
				[`POST ${WEBHOOKS}`, { ...wanted, extraHeaders: headers }],
				...lookUp,
			]);
			const [{ id } = { id: 0 }] = sandbox.current.webhooks();
			expect(out).toEqual([{ ...wanted, webhookId: String(id), extraHeaders: namesOnly }]);
		});

		it('is found and read back by its ID', async () => {
			const webhookId = await register();
			expect(await items('get', { webhookId: byId(webhookId) })).toEqual([
				{
					webhookId,
					url,
					enabled: true,
					subscribedEvents: ['messages'],
					extraHeaders: namesOnly,
				},
			]);
			expect(sent(sandbox.current)).toEqual([[`GET ${WEBHOOKS}${webhookId}`]]);
		});
	},
);

describe('Create', () => {
	it('makes one webhook even when its ID cannot be told', async () => {
		await register();
		sandbox.current.variants.webhookAnswer = 'empty';
		expect(await items('create', { url, events: ['messages'] })).toEqual([
			{ webhookId: null, url, subscribedEvents: ['messages'] },
		]);
		expect(sandbox.current.webhooks()).toHaveLength(2);
	});

	it('makes one webhook even when the request for its ID fails', async () => {
		sandbox.current.variants.webhookAnswer = 'empty';
		sandbox.current.faults.add({ route: 'GET /api/webhooks/', kind: 'notJson' });
		const { succeeded, failed } = await runInstaply(sandbox.current, {
			parameters: { resource: 'webhook', operation: 'create', url, events: ['messages'] },
			onError: 'continueErrorOutput',
		});
		expect({ succeeded, failed }).toEqual({
			succeeded: [{ webhookId: null, url, subscribedEvents: ['messages'] }],
			failed: [],
		});
		expect(sandbox.current.webhooks()).toHaveLength(1);
	});
});

describe.each(['array', 'wrapped'] as const)('Get Many, of a list that is %s', (listAnswer) => {
	beforeEach(() => {
		sandbox.current.variants.listAnswer = listAnswer;
	});

	it('gives the webhooks in the list', async () => {
		const ids = [await register(), await register(), await register()];
		const out = await items('getAll');
		expect(out.map(({ webhookId }) => webhookId)).toEqual(ids);
	});

	it('gives no item when there are none', async () => {
		expect(await items('getAll')).toEqual([]);
	});
});

describe('Update', () => {
	it.each([{}, { extraHeaders: {} }])(
		'changes nothing, and removes no headers, for fields without content: %j',
		async (updateFields) => {
			const webhookId = await register();
			const run = await runNode('update', { webhookId: byId(webhookId), updateFields });
			expect(explanation(run)).toEqual({
				message: 'There is nothing to change',
				description: "Add at least one field under 'Update Fields'.",
			});
			expect(sent(sandbox.current)).toEqual([]);
		},
	);
});

describe('Delete', () => {
	it.each([
		['an ID', (id: string) => byId(id)],
		['an ID that replaces the whole choice', (id: string) => id],
	])('removes the webhook of %s, and no other', async (_, choice) => {
		const kept = await register();
		const webhookId = await register();
		expect(await items('delete', { webhookId: choice(webhookId) })).toEqual([
			{ deleted: true, webhookId },
		]);
		expect(sent(sandbox.current)).toEqual([[`POST ${WEBHOOKS}${webhookId}/delete`]]);
		expect(sandbox.current.webhooks().map(({ id }) => String(id))).toEqual([kept]);
	});
});
