import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ticketToQuery, type ResumeTicket } from '../../nodes/Instaply/replies/resumeTicket';
import { startSandbox, THREADS, type FaultEffect } from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';
import type { Executions } from '../support/engine/executions';
import { startN8nServer, type N8nServer } from '../support/engine/n8nServer';
import { runInstaply, type RunOptions } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';
import { useTriggers, withoutQuestions } from '../support/engine/triggers';
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
		const [list, registered, message] = sent(sandbox.current);
		expect(list).toEqual(['GET /api/webhooks/']);
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

	it('waits from when the question was sent, however long Instaply takes for that', async () => {
		sandbox.current.faults.add({ route: 'POST /api/webhooks/', kind: 'delay', ms: 300 });
		sandbox.current.faults.add({ route: SEND, kind: 'delay', ms: 300 });
		const before = Date.now();
		const { kept } = await run();
		const wait = Number(kept.waitTill) - before;
		expect(wait).toBeGreaterThanOrEqual(DAY + 600);
		const [stored] = kept.data.executionData?.nodeExecutionStack ?? [];
		expect(stored?.data.main?.[0]?.[0]?.json).toMatchObject({
			timedOut: true,
			waitedSeconds: 86_400,
		});
		const until = new URL(String(urls()[0])).searchParams.get('instaplyUntil');
		expect(Number(until) - before).toBeLessThan(wait);
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
		expect(sent(sandbox.current)[2]).toEqual([
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
		expect(requests).toEqual([...LIST, 'POST /api/webhooks/', SEND, expect.any(String)]);
	});

	it('delay neither a question nor its wait when there are 40, and none is ever removed', async () => {
		// What hangs ends with its sandbox.
		const own = await startSandbox();
		const ask = { operation: 'sendAndWait', customerThreadId: THREADS.webchat, text: 'Is it you?' };
		const create = { resource: 'webhook', operation: 'create', events: ['messages'] };
		for (let n = 1; n <= 40; n += 1) {
			await runInstaply(own, { parameters: { ...create, url: endedFor(DAY + n) } });
		}
		own.faults.add({ route: DELETE, kind: 'hang', times: Infinity });
		own.clearRecords();
		const { kept } = await runInstaply(own, { parameters: { resource: 'message', ...ask } });
		expect(kept.waitTill).toBeInstanceOf(Date);
		const isUnderWay = () => sent(own).some(([request]) => request.includes('/delete'));
		await waitUntil(isUnderWay, { what: 'a removal to be under way', interval: 5 });
		const requests = sent(own).map(([request]) => request);
		expect(requests.slice(0, 3)).toEqual([...LIST, 'POST /api/webhooks/', SEND]);
		await own.close();
	});

	it('delay no publication, however long Instaply takes to remove them', async () => {
		sandbox.current.faults.add({ route: DELETE, kind: 'delay', ms: 300 });
		const { url } = await activated();
		expect(urls().map(withoutQuestions)).toEqual([OVER, FOREIGN, NOT_OVER, url]);
		await left(NOT_OVER);
	});
});

describe('Webhooks of executions that this n8n says have ended', () => {
	let n8n: N8nServer;
	let lastExecution = 0;
	/** Of executions that would wait for another day. */
	const addWait = async (state?: Executions[string]) => {
		const id = ++lastExecution;
		if (state !== undefined) n8n.executions[id] = state;
		const url = NOT_OVER.replace(
			'https://n8n.example.com/webhook-waiting/1',
			`${n8n.url}/webhook-waiting/${id}`,
		);
		await register(url);
		return url;
	};
	const ownUrls = () =>
		urls()
			.filter((url) => url.includes('?instaplyThread=1&'))
			.toSorted();
	const left = async (...expected: string[]) => {
		const isIt = () => ownUrls().join(' ') === expected.toSorted().join(' ');
		await waitUntil(isIt, { what: `no more to be left than ${expected.join()}`, interval: 5 });
	};
	beforeEach(async () => {
		n8n = await startN8nServer();
	});
	afterEach(async () => await n8n.close());

	const ask = async () => await run({}, [{ name: 'Ada' }], { n8nUrl: n8n.url });

	it('are removed by the next question, and those of executions that wait are not', async () => {
		for (const state of ['stopped', 'ended', undefined] as const) await addWait(state);
		const waiting = [await addWait('waiting'), await addWait('running')];
		await ask();
		await left(...waiting);
	});

	it('are removed by the activation and the deactivation of a trigger', async () => {
		const waiting = await addWait('waiting');
		await addWait('stopped');
		const trigger = await activated({}, { n8nUrl: n8n.url });
		await left(waiting);
		await addWait('stopped');
		await trigger.deactivate();
		await left(waiting);
	});

	it('are left alone when they are of another n8n, which is not asked', async () => {
		await register(NOT_OVER);
		const below = NOT_OVER.replace('https://n8n.example.com', `${n8n.url}/other`);
		await register(below);
		await addWait('stopped');
		await ask();
		await left(NOT_OVER, below);
		await activated({}, { n8nUrl: n8n.url });
		await left(NOT_OVER, below);
		expect(n8n.probed.join()).not.toContain('/other/');
	});

	it('are left alone when n8n does not say so', async () => {
		const url = await addWait('stopped');
		n8n.instead[url.replace(n8n.url, '')] = (_, response) => response.writeHead(502).end();
		await ask();
		await waitUntil(() => n8n.probed.length > 0, { what: 'n8n to be asked', interval: 5 });
		expect(ownUrls()).toEqual([url]);
	});
});

describe('A trigger that ignores awaited replies', () => {
	const until = Date.now() + DAY;
	const ticket = { customerThreadId: THREADS.webchat, fingerprint: 'f', since: 0, until };
	const AWAITED = `https://n8n.example.com/webhook-waiting/2/node?${new URLSearchParams(ticketToQuery(ticket))}`;
	// One that forwards, in a published workflow, knows without asking.
	const ignoring = async () => await activated({}, { isTest: true });
	const startedBy = async (thread: string, trigger: { started: IDataObject[] }) => {
		await sandbox.current.customerWrites(thread, 'Yes');
		return trigger.started.length;
	};

	it('is not started by a reply that an execution waits for', async () => {
		await register(AWAITED);
		expect(await startedBy(THREADS.webchat, await ignoring())).toBe(0);
	});

	it.each<[number, boolean | undefined, number]>([
		[1, undefined, 1],
		[1.1, undefined, 1],
		[1.2, undefined, 0],
		[1, true, 0],
		[1.1, true, 0],
		[1.2, true, 0],
		[1.1, false, 1],
		[1.2, false, 1],
	])('version %d with the option %s is started by %d', async (typeVersion, option, count) => {
		await register(AWAITED);
		const options = option === undefined ? {} : { ignoreAwaitedReplies: option };
		const trigger = await activated({ options }, { typeVersion });
		expect(await startedBy(THREADS.webchat, trigger)).toBe(count);
	});

	it('is not started in a test run either, and goes on listening', async () => {
		await register(AWAITED);
		const trigger = await activated({}, { isTest: true });
		expect(await startedBy(THREADS.webchat, trigger)).toBe(0);
		expect(await startedBy(THREADS.sms, trigger)).toBe(1);
	});

	it('may be in another workflow than the question, where an older one is started', async () => {
		const [newer, older] = [await activated(), await activated({}, { typeVersion: 1.1 })];
		const { kept } = await run();
		expect(kept.waitTill).toBeInstanceOf(Date);
		await sandbox.current.customerWrites(THREADS.webchat, 'Yes');
		expect([newer.started.length, older.started.length]).toEqual([0, 1]);
	});

	it('is started with the registration Legacy, which has no account to ask', async () => {
		await register(AWAITED);
		const trigger = await activated({ registration: 'legacy' });
		sandbox.current.legacyUrls.push(trigger.url);
		sandbox.current.clearRecords();
		expect(await startedBy(THREADS.webchat, trigger)).toBe(1);
		expect(sandbox.current.requests()).toEqual([]);
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

	describe('asks its n8n about the questions of the thread', () => {
		const awaitedBy = async (
			trigger: { url: string },
			execution: number,
			wait: Partial<ResumeTicket> = {},
		) => {
			const query = new URLSearchParams(ticketToQuery({ ...ticket, ...wait }));
			const url = `${new URL(trigger.url).origin}/webhook-waiting/${execution}/node?${query}`;
			await register(url);
			return url;
		};

		it.each([
			['waits', 'waiting', 0],
			['is about to wait', 'running', 0],
			['was stopped', 'stopped', 1],
			['ended', 'ended', 1],
			['was deleted', undefined, 1],
		] as const)('whose execution %s: %s', async (_, execution, started) => {
			const trigger = await ignoring();
			await awaitedBy(trigger, 17);
			trigger.executions = execution === undefined ? {} : { 17: execution };
			expect(await startedBy(THREADS.webchat, trigger)).toBe(started);
			expect(trigger.askedAbout).toEqual(['/webhook-waiting/17/node']);
		});

		it('and is not started while one of them waits', async () => {
			const trigger = await ignoring();
			for (const execution of [17, 18, 19]) await awaitedBy(trigger, execution);
			trigger.executions = { 17: 'stopped', 18: 'waiting', 19: 'stopped' };
			expect(await startedBy(THREADS.webchat, trigger)).toBe(0);
		});

		it('and takes them at their word when it does not say', async () => {
			const trigger = await ignoring();
			await awaitedBy(trigger, 17);
			expect(await startedBy(THREADS.webchat, trigger)).toBe(0);
		});

		it('also when the time in the URL has just gone by, because a wait may begin later', async () => {
			const trigger = await ignoring();
			await awaitedBy(trigger, 17, { until: Date.now() - 1_000 });
			expect(await startedBy(THREADS.webchat, trigger)).toBe(1);
			trigger.executions = { 17: 'waiting' };
			expect(await startedBy(THREADS.webchat, trigger)).toBe(1);
		});

		it('and not about those of other threads', async () => {
			const trigger = await ignoring();
			await awaitedBy(trigger, 17);
			expect(await startedBy(THREADS.sms, trigger)).toBe(1);
			expect(trigger.askedAbout).toEqual([]);
		});

		it('about ten of them at most, and takes the others for ended', async () => {
			const trigger = await ignoring();
			trigger.executions = {};
			for (let execution = 1; execution <= 12; execution += 1) await awaitedBy(trigger, execution);
			expect(await startedBy(THREADS.webchat, trigger)).toBe(1);
			expect(trigger.askedAbout).toHaveLength(10);
		});

		it('and is not started by a reply that another process has just taken', async () => {
			const trigger = await ignoring();
			const url = await awaitedBy(trigger, 17);
			const [{ id } = { id: 0 }] = sandbox.current
				.webhooks()
				.filter((webhook) => webhook.url === url);
			trigger.executions = new Proxy<Executions>(
				{ 17: 'ended' },
				{
					get(executions, key, receiver) {
						void webhook({ operation: 'delete', webhookId: String(id) });
						return Reflect.get(executions, key, receiver);
					},
				},
			);
			expect(await startedBy(THREADS.webchat, trigger)).toBe(0);
		});
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
