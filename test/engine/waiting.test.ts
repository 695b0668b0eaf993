import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ticketToQuery } from '../../nodes/Instaply/replies/resumeTicket';
import { THREADS, type FaultEffect } from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';
import { runInstaply, type RunOptions } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';
import { everythingIn, explanation } from '../support/engine/words';

const sandbox = useSandbox();
const { activated } = useTriggers(sandbox);

const DAY = 24 * 60 * 60_000;
const SEND = 'POST /api/send-message-to-customer-thread';
const LIST = ['GET /api/webhooks/'];

const run = async (
	parameters: INodeParameters = {},
	input: IDataObject[] = [{ name: 'Ada' }],
	settings: Partial<RunOptions> = {},
) =>
	await runInstaply(sandbox.current, {
		...settings,
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			customerThreadId: THREADS.webchat,
			text: '=Is it you, {{ $json.name }}?',
			...parameters,
		},
		input,
	});
const webhook = async (parameters: INodeParameters) =>
	await runInstaply(sandbox.current, { parameters: { resource: 'webhook', ...parameters } });
const register = async (url: string) =>
	await webhook({ operation: 'create', url, events: ['messages'], additionalFields: {} });
const urls = () => sandbox.current.webhooks().map(({ url }) => url);

/** The webhook URL of an execution whose wait ended so many ms ago. */
const endedFor = (ms: number) => {
	const until = Date.now() - ms;
	const ticket = { customerThreadId: '1', fingerprint: `f${ms}`, since: until - DAY, until };
	return `https://n8n.example.com/webhook-waiting/1/node?${new URLSearchParams(ticketToQuery(ticket))}`;
};
const OVER = endedFor(DAY);
const NOT_OVER = endedFor(-DAY);
const FOREIGN = 'https://example.com/webhook-waiting/1/node?until=0';

afterEach(async () => {
	sandbox.current.faults.clear();
	for (const { id } of sandbox.current.webhooks()) {
		await webhook({ operation: 'delete', webhookId: String(id) });
	}
});

describe('Asking', () => {
	it('registers where to deliver the reply, then sends the question, then waits for a day', async () => {
		const before = Date.now();
		const { kept } = await run();
		const [registered, message] = sent(sandbox.current);
		expect(registered).toEqual([
			'POST /api/webhooks/',
			{
				url: expect.stringContaining('/webhook-waiting/test-execution/id-of-Instaply?'),
				enabled: true,
				subscribedEvents: ['messages'],
				extraHeaders: [
					{ name: 'x-n8n-trigger-secret', value: expect.stringMatching(/^[0-9a-f]{64}$/) },
				],
			},
		]);
		expect(message).toEqual([SEND, { customerThreadId: THREADS.webchat, text: 'Is it you, Ada?' }]);
		const wait = Number(kept.waitTill) - before;
		expect(wait).toBeGreaterThanOrEqual(DAY);
		expect(wait).toBeLessThan(DAY + 60_000);
	});

	it('keeps its secrets out of everything that n8n stores and shows', async () => {
		const gateway = { name: 'X-Gateway-Key', value: '={{ ["very", "secret"].join("-") }}' };
		const { kept } = await run({ options: { extraHeaders: { header: [gateway] } } });
		const [{ extraHeaders: [added, header] = [] } = {}] = sandbox.current.webhooks();
		expect(added).toEqual({ ...gateway, value: 'very-secret' });
		expect(header?.value).toMatch(/^[0-9a-f]{64}$/);
		expect(everythingIn(kept)).not.toContain(header?.value);
		expect(everythingIn(kept)).not.toContain('very-secret');
	});

	it('has Instaply call the URL with the token of the execution below a path', async () => {
		const { kept } = await run({}, [{ name: 'Ada' }], { n8nUrl: 'https://n8n.example/n8n' });
		const { origin, pathname, searchParams } = new URL(String(urls()[0]));
		expect(origin + pathname).toBe('https://n8n.example/n8n/webhook-waiting/test-execution');
		expect(searchParams.get('instaplyThread')).toBe(THREADS.webchat);
		expect(searchParams.get('signature')).toBe(`${kept.data.resumeToken}/id-of-Instaply`);
	});

	it.each([
		[
			'a wait that is over before it begins',
			{ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01' },
		],
		['a wait of no length', { resumeAmount: 0 }],
		['a wait of years', { resumeAmount: 900, resumeUnit: 'days' }],
	])('refuses %s before anything goes out', async (_, values) => {
		const result = await run({ options: { limitWaitTime: { values } } });
		expect(explanation(result).message).toMatch(/Limit Wait Time.*cannot be used/);
		expect(sent(sandbox.current)).toEqual([]);
	});

	// With what is no URL at all, n8n 2.41.1 evaluates no expression, so that no node runs.
	it.each(['ftp://n8n.example.com', 'localhost:5678'])(
		'refuses an n8n whose address is not complete before anything goes out: %s',
		async (n8nUrl) => {
			const result = await run({}, [{}], { n8nUrl });
			expect(explanation(result).message).toContain(`'${n8nUrl}'`);
			expect(sent(sandbox.current)).toEqual([]);
		},
	);

	it.each([
		['empty text', { text: '={{ " " }}' }],
		['no thread', { customerThreadId: '={{ $json.thread }}' }],
		[
			'an accepted reply without a text',
			{ options: { acceptedReplies: { reply: [{ reply: '' }] } } },
		],
		['no replies at all', { options: { maxTries: 0 } }],
	])('refuses %s before anything goes out', async (_, parameters) => {
		expect((await run(parameters)).error).toBeDefined();
		expect(sent(sandbox.current)).toEqual([]);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'accepted replies with another type than text',
			{ replyType: '={{ "number" }}', acceptedReplies: { reply: [{ reply: 'yes' }] } },
			"'Accepted Replies' cannot be used with the 'Reply Type' Number",
		],
		['a list of no replies', { listReplies: true }, "'List Replies' needs replies to list"],
		[
			'a list in which a number would mean two replies',
			{ listReplies: true, acceptedReplies: { reply: [{ reply: '2' }, { reply: '4' }] } },
			"The replies cannot be listed: '2' would be number 1",
		],
	])('refuses %s before anything goes out', async (_, options, message) => {
		const result = await run({ options });
		expect(explanation(result).message).toBe(message);
		expect(sent(sandbox.current)).toEqual([]);
	});

	it('asks for a number, whatever else was chosen before that type', async () => {
		const acceptedReplies = { reply: [{ reply: 'yes' }] };
		const { kept } = await run({
			options: { acceptedReplies, listReplies: true, replyType: 'number' },
		});
		expect(kept.waitTill).toBeInstanceOf(Date);
		expect(sent(sandbox.current)[1]).toEqual([
			SEND,
			{ customerThreadId: THREADS.webchat, text: 'Is it you, Ada?' },
		]);
	});

	it('asks once, even with Retry On Fail and an input that has a field `error`', async () => {
		const { kept } = await run({}, [{ error: 'out of stock' }], { retryOnFail: true, maxTries: 3 });
		expect(kept.waitTill).toBeInstanceOf(Date);
		expect(sent(sandbox.current).filter(([request]) => request === SEND)).toHaveLength(1);
	});

	it('refuses several items, names how many, and says what to do', async () => {
		const { message, description } = explanation(await run({}, [{}, {}, {}]));
		expect(message).toBe("'Send and Wait for Reply' takes one item at a time");
		expect(description).toMatch(/^3 items came in.*Loop Over Items.*Execute Sub-workflow/);
		// Deprecated in n8n 2.41.
		expect(description).not.toContain('Run once for each item');
		expect(sent(sandbox.current)).toEqual([]);
	});

	it('does not ask a customer when it is not certain that the reply will be delivered', async () => {
		sandbox.current.faults.add({ route: 'POST /api/webhooks/', kind: 'drop' });
		const { message, description } = explanation(await run());
		expect(message).toBe('Instaply did not confirm that it will deliver the reply');
		expect(description).toMatch(/^The customer was not asked\./);
		expect(urls()).toEqual([]);
		expect(sent(sandbox.current).map(([request]) => request)).not.toContain(SEND);
	});

	it.each<[string, FaultEffect]>([
		['was lost', { kind: 'answerLost' }],
		['is a web page', { kind: 'notJson' }],
		['says that it was not done', { kind: 'answerReplaced', body: { result: 'error' } }],
	])('waits for no reply to a question whose response %s', async (_, fault) => {
		sandbox.current.faults.add({ route: SEND, ...fault });
		const result = await run();
		expect(explanation(result).message).toBe(
			'It is not known whether the customer got this message',
		);
		expect(result.kept.waitTill).toBeUndefined();
		expect(urls()).toEqual([]);
	});
});

describe('Webhooks of executions that no longer wait', () => {
	beforeEach(async () => {
		for (const url of [OVER, FOREIGN, NOT_OVER]) await register(url);
	});

	const DELETE = 'POST /api/webhooks/:webHookId/delete';
	/** All that a question or a trigger leaves, in the background, of those that no longer wait. */
	const left = async (...expected: string[]) => {
		const isIt = () => {
			const present = urls().filter((url) => url === OVER || url.includes('?instaplyThread=1&'));
			return present.toSorted().join(' ') === expected.toSorted().join(' ');
		};
		await waitUntil(isIt, { what: `no more to be left than ${expected.join()}`, interval: 5 });
		expect(urls()).toContain(FOREIGN);
	};

	it('are removed by the next question', async () => {
		await run();
		await left(NOT_OVER);
	});

	it('are removed by the activation of a trigger', async () => {
		await activated();
		await left(NOT_OVER);
	});

	it('are removed by the deactivation of a trigger', async () => {
		const trigger = await activated();
		await left(NOT_OVER);
		await register(OVER);
		await trigger.deactivate();
		await left(NOT_OVER);
	});

	it('are removed even when one of them cannot be', async () => {
		await register(endedFor(2 * DAY));
		const [{ id } = { id: 0 }] = sandbox.current.webhooks().filter(({ url }) => url === OVER);
		const match = ({ params }: { params: unknown }) => JSON.stringify(params).includes(String(id));
		sandbox.current.faults.add({ route: DELETE, kind: 'status', status: 403, match });
		await run();
		await left(OVER, NOT_OVER);
	});

	it('do not keep a question from being sent when they cannot be removed', async () => {
		sandbox.current.faults.add({ route: DELETE, kind: 'status', status: 403 });
		const { kept } = await run();
		expect(kept.waitTill).toBeInstanceOf(Date);
		expect(urls()).toContain(OVER);
	});

	it('delay no question, however long Instaply takes to remove them', async () => {
		sandbox.current.clearRecords();
		sandbox.current.faults.add({ route: DELETE, kind: 'delay', ms: 300 });
		const { kept } = await run();
		expect(kept.waitTill).toBeInstanceOf(Date);
		expect(urls()).toContain(OVER);
		await left(NOT_OVER);
		const requests = sent(sandbox.current).map(([request]) => request);
		expect(requests).toEqual(['POST /api/webhooks/', SEND, ...LIST, expect.any(String)]);
	});

	it('delay no publication, however long Instaply takes to remove them', async () => {
		sandbox.current.faults.add({ route: DELETE, kind: 'delay', ms: 300 });
		const { url } = await activated();
		expect(urls()).toEqual([OVER, FOREIGN, NOT_OVER, url]);
		await left(NOT_OVER);
	});
});

describe('A trigger that ignores awaited replies', () => {
	const until = Date.now() + DAY;
	const ticket = { customerThreadId: THREADS.webchat, fingerprint: 'f', since: 0, until };
	const AWAITED = `https://n8n.example.com/webhook-waiting/2/node?${new URLSearchParams(ticketToQuery(ticket))}`;
	const ignoring = async () => await activated({ options: { ignoreAwaitedReplies: true } });
	const startedBy = async (thread: string, trigger: { started: IDataObject[] }) => {
		await sandbox.current.customerWrites(thread, 'Yes');
		return trigger.started.length;
	};

	it('is not started by a reply that an execution waits for', async () => {
		await register(AWAITED);
		expect(await startedBy(THREADS.webchat, await ignoring())).toBe(0);
	});

	it('is started by one when it does not ignore them', async () => {
		await register(AWAITED);
		expect(await startedBy(THREADS.webchat, await activated())).toBe(1);
	});

	it('is started by messages of other threads', async () => {
		await register(AWAITED);
		expect(await startedBy(THREADS.sms, await ignoring())).toBe(1);
	});

	it.each([1_000, 9 * 60_000, DAY])('is started when the wait ended %d ms ago', async (ms) => {
		const trigger = await ignoring();
		await register(endedFor(ms).replace('instaplyThread=1&', `instaplyThread=${THREADS.webchat}&`));
		expect(await startedBy(THREADS.webchat, trigger)).toBe(1);
	});

	it('is started by a message that was written before the question', async () => {
		const later = { ...ticket, since: Date.now() + 60 * 60_000 };
		await register(AWAITED.replace(/\?.*/, `?${new URLSearchParams(ticketToQuery(later))}`));
		expect(await startedBy(THREADS.webchat, await ignoring())).toBe(1);
	});

	it.each<[string, FaultEffect]>([
		['at all', { kind: 'status', status: 403 }],
		['in time', { kind: 'hang' }],
		[
			'in time, but asks to wait',
			{ kind: 'status', status: 429, headers: { 'Retry-After': '30' } },
		],
	])('is started when Instaply does not say %s what is awaited', async (_, fault) => {
		await register(AWAITED);
		const trigger = await ignoring();
		sandbox.current.faults.add({ route: 'GET /api/webhooks/', ...fault });
		expect(await startedBy(THREADS.webchat, trigger)).toBe(1);
	});
});
