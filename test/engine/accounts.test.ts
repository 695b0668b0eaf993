import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, THREADS, type Sandbox } from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';
import { runInstaply, type RunOptions } from '../support/engine/run';
import { WaitingExecution } from '../support/engine/waitingExecution';
import { explanation } from '../support/engine/words';

/** Protects that every message goes out from the account that the credential gives for its item. */

const { webchat } = THREADS;
const credential = { token: '={{ $json.token }}', baseUrl: '={{ $json.baseUrl }}' };

let shopA: Sandbox;
let shopB: Sandbox;
beforeAll(async () => {
	[shopA, shopB] = await Promise.all([startSandbox(), startSandbox()]);
});
beforeEach(() => {
	for (const shop of [shopA, shopB]) {
		shop.clearRecords();
		shop.faults.clear();
	}
});
afterAll(async () => {
	await Promise.all([shopA.close(), shopB.close()]);
});

const itemOf = ({ token, url }: Sandbox, text: string): IDataObject => ({
	token,
	baseUrl: url,
	text,
});
const textsAt = (shop: Sandbox) =>
	shop
		.requests({ route: 'POST /api/send-message-to-customer-thread' })
		.map(({ body }) => Object(body).text);

const sending: INodeParameters = {
	resource: 'message',
	operation: 'send',
	customerThreadId: webchat,
	text: '={{ $json.text }}',
};
const run = async (input: IDataObject[], more: Partial<RunOptions> = {}) =>
	await runInstaply(shopA, { parameters: sending, input, ...credential, ...more });

describe('A credential with expressions', () => {
	it('is resolved for each item, so that no shop writes from the account of another', async () => {
		const texts = ['A1', 'B1', 'A2', 'B2'];
		const shops = [shopA, shopB, shopA, shopB];
		const { succeeded } = await run(shops.map((shop, index) => itemOf(shop, texts[index] ?? '')));
		expect(succeeded).toHaveLength(4);
		expect(textsAt(shopA)).toEqual(['A1', 'A2']);
		expect(textsAt(shopB)).toEqual(['B1', 'B2']);
	});

	it('is resolved for each look at the messaging window', async () => {
		shopB.setWindow(THREADS.whatsappOpen, false);
		const parameters = {
			...sending,
			customerThreadId: THREADS.whatsappOpen,
			whenWindowClosed: 'skip',
		};
		const { succeeded } = await run([itemOf(shopA, 'A'), itemOf(shopB, 'B')], { parameters });
		expect(succeeded).toMatchObject([{ via: 'text' }, { via: 'none' }]);
		expect([textsAt(shopA), textsAt(shopB)]).toEqual([['A'], []]);
	});

	it.each([
		['token', "'API Token' in the Instaply credential is empty"],
		['baseUrl', "'Base URL' in the Instaply credential is not a web address"],
	])('that gives no %s for one item sends nothing for any', async (field, message) => {
		const incomplete = { ...itemOf(shopB, 'B'), [field]: null };
		const outcome = await run([itemOf(shopA, 'A'), incomplete]);
		expect(explanation(outcome).message).toBe(message);
		expect(outcome.error?.context.itemIndex).toBe(1);
		expect([textsAt(shopA), textsAt(shopB)]).toEqual([[], []]);
	});

	it('keeps apart what goes wrong in two accounts that use the same IDs', async () => {
		// The first try in shop A is refused; shop B's message must not count as one that overtook it.
		shopA.faults.add({
			route: 'POST /api/send-message-to-customer-thread',
			kind: 'status',
			status: 400,
		});
		await run([itemOf(shopA, 'A'), itemOf(shopB, 'B')], {
			parameters: { ...sending, options: { threadsAtATime: 2 } },
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 0,
		});
		expect([textsAt(shopA), textsAt(shopB)]).toEqual([['A', 'A'], ['B']]);
	});

	it('asks again, and tidies up, in the account in which the customer was asked', async () => {
		const execution = await WaitingExecution.ask(
			{ token: credential.token, url: credential.baseUrl },
			{
				input: itemOf(shopB, 'Is it you?'),
				parameters: {
					text: '={{ $json.text }}',
					options: {
						acceptedReplies: { reply: [{ reply: 'yes' }] },
						clarification: 'Yes or no?',
					},
				},
			},
		);
		await shopB.customerWrites(webchat, 'Maybe');
		await waitUntil(() => textsAt(shopB).length === 2, { what: 'the clarification' });
		expect(textsAt(shopB)).toEqual(['Is it you?', 'Yes or no?']);
		await shopB.customerWrites(webchat, 'Yes');
		expect(execution.resumed).toMatchObject([{ choice: 'yes' }]);
		await waitUntil(() => shopB.webhooks().length === 0, { what: 'the webhook to be removed' });
		expect(shopA.requests()).toEqual([]);
		await execution.close();
	});
});
