import { message } from '../../lab/events';
import { THREADS, type ApiRoute, type FaultEffect } from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';
import { deliver } from '../support/engine/deliver';
import { useQuestions } from '../support/engine/questions';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';

/*
 * Protects that a delivery gets its response within seconds, whatever becomes of the requests to
 * Instaply that it causes: else Instaply may give it up, and hold back all that comes after it.
 */

/** What these faults would take is longer by far. */
jest.setTimeout(20_000);

const FAULTS: Array<[string, FaultEffect]> = [
	['takes a minute', { kind: 'delay', ms: 60_000 }],
	['never answers', { kind: 'hang' }],
	['asks to wait', { kind: 'status', status: 429, headers: { 'Retry-After': '8' } }],
	['is out of order', { kind: 'status', status: 500 }],
];

const LIST = 'GET /api/webhooks/';
const UPDATE = 'POST /api/webhooks/:webHookId/update';
const SEND = 'POST /api/send-message-to-customer-thread';
const DELETE = 'POST /api/webhooks/:webHookId/delete';

const sandbox = useSandbox();
const { activated } = useTriggers(sandbox);
const asked = useQuestions(sandbox);
const failing = (route: ApiRoute, fault: FaultEffect) =>
	sandbox.current.faults.add({ route, times: Infinity, ...fault });
afterEach(() => sandbox.current.faults.clear());

describe.each(FAULTS)('While Instaply %s', (_, fault) => {
	it('a message starts the workflow, and the same one again does not', async () => {
		const trigger = await activated();
		const listing = failing(LIST, fault);
		const headers = { 'x-n8n-trigger-secret': String(trigger.staticData.secret) };
		const body = message({ customerThreadId: Number(THREADS.sms) });
		const both = [body, body].map(async (each) => await deliver(trigger.url, each, headers));
		const responses = await Promise.all(both);
		expect(responses.map(({ status }) => status)).toEqual([200, 200]);
		expect(listing.strikes).toBeGreaterThan(0);
		expect(trigger.started).toHaveLength(1);
	});

	it.each<[string, ApiRoute]>([
		['counted', UPDATE],
		['answered', SEND],
	])(
		'a reply that is not accepted and cannot be %s is taken, and the next one',
		async (_, route) => {
			const options = {
				acceptedReplies: { reply: [{ reply: 'yes' }] },
				clarification: 'Yes or no?',
			};
			const { execution, says } = await asked({ parameters: { options } });
			const asking = failing(route, fault);
			const same = { messageId: 71, timestamp: Date.now() };
			const [first, again] = await Promise.all([says('Hm', same), says('Hm', same)]);
			expect(first).toEqual({ status: 200, data: { status: 'not an accepted reply' } });
			expect(again).toEqual({ status: 200, data: { status: 'duplicate' } });
			expect(asking.strikes).toBeGreaterThan(0);
			expect(await says('Well')).toEqual(first);
			expect(await says('Yes')).toEqual({ status: 200, data: { status: 'resumed' } });
			expect(execution.resumed).toMatchObject([{ choice: 'yes' }]);
		},
	);

	it('the reply goes on, although its webhook cannot be removed', async () => {
		const { says, execution, webhook } = await asked();
		const removing = failing(DELETE, fault);
		expect(await says('Yes')).toEqual({ status: 200, data: { status: 'resumed' } });
		expect(execution.resumed).toHaveLength(1);
		await waitUntil(() => removing.strikes > 0, { what: 'the deletion to be tried' });
		sandbox.current.faults.clear();
		await runInstaply(sandbox.current, {
			parameters: { resource: 'webhook', operation: 'delete', webhookId: String(webhook().id) },
		});
	});
});
