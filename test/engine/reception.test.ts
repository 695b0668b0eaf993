import axios from 'axios';
import { sleep } from 'n8n-workflow';

import { systemClock } from '../../nodes/Instaply/api/clock';
import { knownQuestions } from '../../nodes/Instaply/replies/reception/knownQuestions';
import type { DeliveryRecord } from '../../sandbox/deliveries';
import { waitUntil } from '../../tools/process/wait';
import { EngineN8n } from '../support/engine/engineN8n';
import { quiet, useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';
import { WaitingExecution, type Question } from '../support/engine/waitingExecution';

/*
 * A published trigger forwards replies to the questions that wait. What is protected here: one delivery
 * a message however many wait, and no reply lost or given to a question that it does not belong to.
 */

const sandbox = useSandbox();
const { inactive } = useTriggers(sandbox);

let n8n: EngineN8n;
const executions: WaitingExecution[] = [];

beforeEach(async () => {
	n8n = await EngineN8n.start();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await settled();
	for (const execution of executions.splice(0)) await execution.close();
	for (const { id, url } of sandbox.current.webhooks()) {
		if (url.includes('/webhook-waiting/')) await atInstaply(`webhooks/${id}/delete`);
	}
	await n8n.close();
});

/** What somebody does at Instaply by hand. */
async function atInstaply(path: string, body = {}) {
	const { url, token } = sandbox.current;
	await axios.post(`${url}/api/${path}`, body, {
		headers: { token, 'Content-Type': 'application/json' },
		proxy: false,
	});
}

/** A published trigger of the n8n. */
async function published(parameters = {}) {
	const trigger = await inactive(parameters, { n8n });
	await trigger.activate();
	await settled();
	return trigger;
}

const settled = async () => await quiet(sandbox.current);

async function asked(question: Question = {}, thread = sandbox.current.addThread().id) {
	const execution = await WaitingExecution.ask(sandbox.current, {
		n8n,
		...question,
		parameters: { customerThreadId: String(thread), ...question.parameters },
	});
	executions.push(execution);
	await settled();
	const webhook = () =>
		sandbox.current.webhooks().find(({ url }) => url.includes(`/${execution.id}/`));
	return { thread, execution, webhook };
}

/** After that time, as far as durations are concerned. */
function later(ms: number) {
	const now = performance.now.bind(performance);
	jest.spyOn(performance, 'now').mockImplementation(() => now() + ms);
}

/** Until then, the triggers that were found last count as there. */
const A_MINUTE = 61_000;

const pathOf = ({ url }: { url: string }) => new URL(url).pathname;

/** Says which of a question's two ways the replies come. */
const wayOf = ({ webhook }: Awaited<ReturnType<typeof asked>>) =>
	webhook()?.enabled ? 'by Instaply' : 'by the trigger';

/** What happens in the background, after n8n was asked. */
async function expectInstaplyToDeliver(...questions: Array<Awaited<ReturnType<typeof asked>>>) {
	await waitUntil(() => questions.every((question) => wayOf(question) === 'by Instaply'), {
		what: 'Instaply to deliver by itself',
		interval: 20,
	});
}

async function expectTaken(question: Awaited<ReturnType<typeof asked>>, text = 'Yes') {
	await writes(question.thread, text);
	await waitUntil(() => question.execution.resumed.length > 0, {
		what: 'the reply to be taken',
		timeout: 15_000,
		interval: 20,
	});
	expect(texts(question.execution)).toEqual([text]);
}

const triggersAtInstaply = () =>
	sandbox.current.webhooks().filter(({ url }) => !url.includes('/webhook-waiting/'));

/** What the customer of a thread writes. @returns the statuses of the deliveries, by what said them */
async function writes(thread: number, text: string) {
	const { deliveries } = await sandbox.current.customerWrites(thread, text);
	return deliveries.map(({ answer, status }) => [status, JSON.parse(answer ?? '{}').status]);
}

/** What is said to the first of some deliveries when Instaply makes it again. */
async function redelivered([delivery]: DeliveryRecord[]) {
	if (delivery === undefined) throw new Error('Nothing was delivered');
	const { status, answer } = await sandbox.current.redeliver(delivery);
	return [status, JSON.parse(answer ?? '{}').status];
}

/** From now on, n8n does not get through to itself. @returns what ends that */
function breakDown(): () => void {
	n8n.onForward = () => {
		throw new Error('down');
	};
	return () => {
		n8n.onForward = () => {};
	};
}

/** Pauses of five seconds and more take no time, but begin when the test says so. */
function longPauses() {
	let begin = () => {};
	const begun = new Promise<void>((resolve) => {
		begin = resolve;
	});
	jest
		.spyOn(systemClock, 'sleep')
		.mockImplementation(async (ms) => await (ms < 5_000 ? sleep(ms) : begun));
	return { begin };
}

const texts = (execution: WaitingExecution) =>
	execution.resumed.map(({ reply }) => (reply as { text: string }).text);

describe('A message, while a trigger is published', () => {
	it('is delivered once, and forwarded to the question of its thread alone', async () => {
		const trigger = await published();
		const one = await asked();
		const other = await asked();
		expect([wayOf(one), wayOf(other)]).toEqual(['by the trigger', 'by the trigger']);
		expect(await writes(one.thread, 'Yes')).toEqual([[200, 'awaited elsewhere']]);
		expect(texts(one.execution)).toEqual(['Yes']);
		expect(other.execution.resumed).toEqual([]);
		expect(n8n.forwarded).toEqual([one.execution.id]);
		expect(trigger.started).toEqual([]);
		await waitUntil(() => one.webhook() === undefined, { what: 'the webhook to be removed' });
	});

	it('costs no request to Instaply when nothing is awaited, nor when others are awaited', async () => {
		const trigger = await published();
		const { id } = sandbox.current.addThread();
		sandbox.current.clearRecords();
		await writes(id, 'Hello');
		await asked();
		sandbox.current.clearRecords();
		for (const text of ['One', 'Two', 'Three']) await writes(id, text);
		expect(sandbox.current.requests()).toEqual([]);
		expect(trigger.started).toHaveLength(4);
		expect(n8n.forwarded).toEqual([]);
	});

	it('is looked up once for all that come at the same time, when another process has asked', async () => {
		const trigger = await published();
		const question = await asked();
		const [reception] = triggersAtInstaply();
		// As a question of another process changes it, of which this one has seen nothing.
		const url = `${trigger.url}?instaplyQuestions=0123456789abcdef`;
		await atInstaply(`webhooks/${reception?.id}/update`, { url });
		const others = Array.from({ length: 20 }, () => sandbox.current.addThread().id);
		sandbox.current.clearRecords();
		await Promise.all(others.map(async (id) => await writes(id, 'Hello')));
		await expectTaken(question);
		const lists = sandbox.current.requests({ route: 'GET /api/webhooks/' });
		expect(lists.length).toBeLessThanOrEqual(2);
		expect(trigger.started).toHaveLength(20);
	});

	it('starts the workflow as well where the trigger does not ignore awaited replies', async () => {
		const trigger = await published({ options: { ignoreAwaitedReplies: false } });
		const question = await asked();
		await expectTaken(question);
		expect(trigger.started).toMatchObject([{ messageBody: 'Yes' }]);
	});

	it('is forwarded whatever the trigger filters out', async () => {
		await published({ options: { customerThreadIds: '1' } });
		await expectTaken(await asked());
	});

	it('is known to a trigger that was published since triggers were last looked up', async () => {
		await published();
		await asked();
		const newer = await published();
		const question = await asked();
		await expectTaken(question);
		expect(newer.started).toEqual([]);
	});

	it('is forwarded once, however many triggers are published', async () => {
		const triggers = [await published(), await published(), await published()];
		const question = await asked();
		await expectTaken(question);
		expect(n8n.forwarded).toEqual([question.execution.id]);
		expect(triggers.flatMap(({ started }) => started)).toEqual([]);
	});

	it('of an employee, or that only employees see, is forwarded to nobody', async () => {
		await published();
		const { thread, execution } = await asked();
		await sandbox.current.employeeWrites(thread, 'Is there news?');
		expect([n8n.forwarded, execution.resumed]).toEqual([[], []]);
	});

	it('is asked for again when it is none of the accepted replies, and counted', async () => {
		await published();
		const options = {
			acceptedReplies: { reply: [{ reply: 'yes' }, { reply: 'no' }] },
			clarification: 'Yes or no?',
			maxTries: 3,
		};
		const question = await asked({ parameters: { options } });
		for (const text of ['Hm', 'Well']) {
			expect(await writes(question.thread, text)).toEqual([[200, 'awaited elsewhere']]);
			await settled();
		}
		await writes(question.thread, 'Perhaps');
		expect(question.execution.resumed).toMatchObject([{ matched: false }]);
		const sent = sandbox.current.conversation(question.thread).map(({ body }) => body);
		expect(sent.filter((body) => body === 'Yes or no?')).toHaveLength(2);
	});
});

describe('A reply is not lost', () => {
	it('when the trigger is published after the question', async () => {
		const question = await asked();
		expect(wayOf(question)).toBe('by Instaply');
		await published();
		expect(wayOf(question)).toBe('by the trigger');
		const before = n8n.forwarded.length;
		await expectTaken(question);
		expect(n8n.forwarded.slice(before)).toHaveLength(1);
	});

	it('when the trigger is unpublished while it is awaited', async () => {
		const trigger = await published();
		const question = await asked();
		await trigger.deactivate();
		expect(wayOf(question)).toBe('by Instaply');
		await expectTaken(question);
	});

	it('when the trigger is published again', async () => {
		const trigger = await published();
		const question = await asked();
		await trigger.deactivate();
		await trigger.activate();
		await settled();
		expect(wayOf(question)).toBe('by the trigger');
		await expectTaken(question);
	});

	it('when another trigger takes the place of the first', async () => {
		const first = await published();
		const question = await asked();
		await published();
		await first.deactivate();
		n8n.unlisten(new URL(first.url).pathname);
		expect(wayOf(question)).toBe('by the trigger');
		await expectTaken(question);
	});

	it('when the other trigger is no longer listened to, although Instaply has it', async () => {
		const first = await published();
		const question = await asked();
		const gone = await published();
		n8n.unlisten(new URL(gone.url).pathname);
		await first.deactivate();
		expect(wayOf(question)).toBe('by Instaply');
		await expectTaken(question);
	});

	it('when the trigger is changed to take transfers alone', async () => {
		const trigger = await published();
		const question = await asked();
		trigger.change({ events: ['transfers'] });
		await trigger.activate();
		await settled();
		expect(wayOf(question)).toBe('by Instaply');
		await expectTaken(question);
	});

	it.each<[string, string, object]>([
		['deleted', 'delete', {}],
		['disabled', 'update', { enabled: false }],
	])('when the webhook of one of two triggers is %s by hand', async (_, path, change) => {
		await published();
		await published();
		const question = await asked();
		await atInstaply(`webhooks/${triggersAtInstaply()[0]?.id}/${path}`, change);
		await expectTaken(question);
	});

	it.each<[string, string, object]>([
		['deleted', 'delete', {}],
		['disabled', 'update', { enabled: false }],
	])(
		'when that of the only trigger is %s by hand, from the next question on',
		async (_, path, change) => {
			await published();
			const question = await asked();
			await atInstaply(`webhooks/${triggersAtInstaply()[0]?.id}/${path}`, change);
			// The first one finds out that it is gone, and the next one that there is none.
			const others = [await asked(), await asked()];
			expect([question, ...others].map(wayOf)).toEqual(Array(3).fill('by Instaply'));
			await expectTaken(question);
		},
	);

	it.each([0, 10, 20, 30, 40, 60, 80, 120])(
		'when the trigger is unpublished %s ms after the question begins',
		async (ms) => {
			const trigger = await published();
			for (const route of [
				'POST /api/webhooks/',
				'POST /api/webhooks/:webHookId/update',
			] as const) {
				sandbox.current.faults.add({ route, kind: 'answerDelayed', ms: 20, times: Infinity });
			}
			const asking = asked();
			await sleep(ms);
			await trigger.deactivate();
			const question = await asking;
			sandbox.current.faults.clear();
			expect(triggersAtInstaply()).toEqual([]);
			expect(wayOf(question)).toBe('by Instaply');
			await expectTaken(question);
		},
	);

	it.each(['Active', 'Published'])(
		'when n8n still names the address of a trigger whose deletion failed: "%s version not found"',
		async (version) => {
			const trigger = await published();
			const fault = { kind: 'status', status: 500, times: 1 } as const;
			sandbox.current.faults.add({ route: 'POST /api/webhooks/:webHookId/delete', ...fault });
			await expect(trigger.deactivate()).rejects.toThrow();
			const message = `${version} version not found for workflow with id "x"`;
			n8n.listen(pathOf(trigger), async (_, response) => {
				response.status(404).json({ code: 404, message });
			});
			later(A_MINUTE);
			const question = await asked();
			expect(wayOf(question)).toBe('by Instaply');
			await expectTaken(question);
		},
	);

	it('when the trigger refuses what Instaply delivers, because it holds another secret', async () => {
		const trigger = await published();
		const older = await asked();
		await atInstaply(`webhooks/${triggersAtInstaply()[0]?.id}/update`, {
			extraHeaders: [{ name: 'x-n8n-trigger-secret', value: 'of another day' }],
		});
		later(A_MINUTE);
		const question = await asked();
		await expectInstaplyToDeliver(older, question);
		await expectTaken(question);
		expect(trigger.started).toEqual([]);
	});

	it('when nobody listens any more at a trigger that Instaply still has, from the next question on', async () => {
		const trigger = await published();
		const older = await asked();
		n8n.unlisten(pathOf(trigger));
		later(A_MINUTE);
		const newer = await asked();
		await expectInstaplyToDeliver(older, newer);
		await expectTaken(older);
	});

	it.each<[string, object]>([
		['another trigger', {}],
		['a trigger of transfers', { events: ['transfers'] }],
	])('when nobody listens at it any more, from the next publishing of %s on', async (_, change) => {
		const trigger = await published();
		const question = await asked();
		n8n.unlisten(pathOf(trigger));
		await published(change);
		await expectTaken(question);
	});

	it('when nobody listens at it any more, from the next unpublishing of any trigger on', async () => {
		const other = await published({ events: ['transfers'] });
		const trigger = await published();
		const question = await asked();
		n8n.unlisten(pathOf(trigger));
		await other.deactivate();
		expect(wayOf(question)).toBe('by Instaply');
		await expectTaken(question);
	});

	it('when Instaply does not let the trigger be unpublished: the next question looks at once', async () => {
		const trigger = await published();
		const older = await asked();
		// n8n 2.41 stops listening before it tells the trigger.
		n8n.unlisten(pathOf(trigger));
		for (const route of [
			'POST /api/webhooks/:webHookId/update',
			'POST /api/webhooks/:webHookId/delete',
		] as const) {
			sandbox.current.faults.add({ route, kind: 'status', status: 400, times: Infinity });
		}
		await expect(trigger.deactivate()).rejects.toThrow();
		sandbox.current.faults.clear();
		const newer = await asked();
		await expectInstaplyToDeliver(older, newer);
	});

	it('when it was asked for while a trigger was unpublished, which n8n had to try twice', async () => {
		const trigger = await published();
		const question = await asked();
		let lists = 0;
		sandbox.current.faults.add({
			route: 'GET /api/webhooks/',
			kind: 'status',
			status: 400,
			times: 1,
			// The first is before the webhook of the trigger goes.
			match: () => ++lists === 2,
		});
		await expect(trigger.deactivate()).rejects.toThrow();
		expect(triggersAtInstaply()).toEqual([]);
		await atInstaply(`webhooks/${question.webhook()?.id}/update`, { enabled: false });
		await trigger.deactivate();
		expect(wayOf(question)).toBe('by Instaply');
		await expectTaken(question);
	});

	it('when the trigger found for earlier questions is gone, and another one is deaf', async () => {
		const first = await published();
		const deaf = await published();
		n8n.unlisten(pathOf(deaf));
		await asked();
		const reception = triggersAtInstaply().find(({ url }) => url.includes(pathOf(first)));
		await atInstaply(`webhooks/${reception?.id}/delete`);
		const question = await asked();
		expect(wayOf(question)).toBe('by Instaply');
		await expectTaken(question);
	});

	it('when it comes before n8n has stored that the execution waits', async () => {
		await published();
		const question = await asked();
		const { id } = question.execution;
		n8n.executions[id] = 'running';
		n8n.onForward = () => {
			if (n8n.forwarded.length === 3) n8n.executions[id] = 'waiting';
		};
		await expectTaken(question);
	});

	it('when n8n cannot be reached for a moment: it is tried again', async () => {
		await published();
		const question = await asked();
		const again = longPauses();
		const repair = breakDown();
		expect(await writes(question.thread, 'Yes')).toEqual([[503, 'Not taken']]);
		await settled();
		expect(wayOf(question)).toBe('by the trigger');
		repair();
		again.begin();
		await waitUntil(() => question.execution.resumed.length > 0, { what: 'the reply' });
		expect(texts(question.execution)).toEqual(['Yes']);
	});

	it('when n8n cannot be reached for a moment and Instaply delivers it again, and is taken once', async () => {
		const trigger = await published();
		const options = {
			acceptedReplies: { reply: [{ reply: 'yes' }, { reply: 'no' }] },
			clarification: 'Yes or no?',
		};
		const question = await asked({ parameters: { options } });
		const again = longPauses();
		const repair = breakDown();
		const { deliveries } = await sandbox.current.customerWrites(question.thread, 'Hm');
		expect(deliveries.map(({ status }) => status)).toEqual([503]);
		repair();
		expect(await redelivered(deliveries)).toEqual([200, 'awaited elsewhere']);
		again.begin();
		await settled();
		const sent = sandbox.current.conversation(question.thread).map(({ body }) => body);
		expect(sent.filter((body) => body === 'Yes or no?')).toHaveLength(1);
		expect(trigger.started).toEqual([]);
		await expectTaken(question, 'yes');
	});

	it('when n8n cannot be reached for minutes: then Instaply delivers the next one by itself', async () => {
		await published();
		const question = await asked();
		longPauses().begin();
		const repair = breakDown();
		expect(await writes(question.thread, 'Yes')).toEqual([[503, 'Not taken']]);
		await waitUntil(() => wayOf(question) === 'by Instaply', { what: 'the change' });
		// Tried at once, and eight times more.
		expect(n8n.forwarded).toHaveLength(9);
		repair();
		await expectTaken(question, 'Yes, still');
	});

	it('when its question is enabled after Instaply has delivered it to the trigger', async () => {
		const trigger = await published();
		const question = await asked();
		const again = longPauses();
		const { id } = question.webhook() ?? {};
		sandbox.current.faults.add({ route: 'GET /api/webhooks/:webHookId', kind: 'delay', ms: 300 });
		const writing = writes(question.thread, 'Yes');
		await sleep(100);
		await atInstaply(`webhooks/${id}/update`, { enabled: true });
		expect(await writing).toEqual([[200, 'awaited elsewhere']]);
		again.begin();
		await waitUntil(() => question.execution.resumed.length > 0, { what: 'the reply' });
		expect(texts(question.execution)).toEqual(['Yes']);
		expect(trigger.started).toEqual([]);
	});

	it('when Instaply delivers to its question as well, and is taken once', async () => {
		const trigger = await published();
		const options = {
			acceptedReplies: { reply: [{ reply: 'yes' }, { reply: 'no' }] },
			clarification: 'Yes or no?',
		};
		const question = await asked({ parameters: { options } });
		await atInstaply(`webhooks/${question.webhook()?.id}/update`, { enabled: true });
		const again = longPauses();
		await writes(question.thread, 'Hm');
		await settled();
		again.begin();
		await settled();
		const sent = sandbox.current.conversation(question.thread).map(({ body }) => body);
		expect(sent.filter((body) => body === 'Yes or no?')).toHaveLength(1);
		await expectTaken(question, 'yes');
		expect(trigger.started).toEqual([]);
	});

	it('when Instaply delivers to its question in another process, which asks again, and is taken once', async () => {
		await published();
		const question = await asked();
		const again = longPauses();
		const { id, extraHeaders = [] } = question.webhook() ?? {};
		sandbox.current.faults.add({ route: 'GET /api/webhooks/:webHookId', kind: 'delay', ms: 300 });
		const writing = writes(question.thread, 'Hm');
		await sleep(100);
		await atInstaply(`webhooks/${id}/update`, { enabled: true });
		await writing;
		const counted = [...extraHeaders, { name: 'x-n8n-reply-tries', value: '1' }];
		await atInstaply(`webhooks/${id}/update`, { extraHeaders: counted });
		again.begin();
		await settled();
		expect(n8n.forwarded).toEqual([]);
		await expectTaken(question);
	});

	it('when it is delivered again after it was taken, and is taken once', async () => {
		const trigger = await published();
		const question = await asked();
		const { deliveries } = await sandbox.current.customerWrites(question.thread, 'Yes');
		expect(await redelivered(deliveries)).toEqual([200, 'duplicate']);
		expect(texts(question.execution)).toEqual(['Yes']);
		expect(trigger.started).toEqual([]);
	});
});

describe('The message that started a workflow is no reply to what that workflow asks', () => {
	it('when Instaply delivers it again', async () => {
		const trigger = await published();
		const { id } = sandbox.current.addThread();
		const { deliveries } = await sandbox.current.customerWrites(id, 'I need help');
		const question = await asked({}, id);
		expect(await redelivered(deliveries)).toEqual([200, 'duplicate']);
		expect([trigger.started.length, texts(question.execution)]).toEqual([1, []]);
		await expectTaken(question);
	});

	it('when Instaply did not list the webhooks in time as it came', async () => {
		const trigger = await published();
		const { id } = sandbox.current.addThread();
		const [reception] = triggersAtInstaply();
		const version = 'fedcba9876543211';
		const url = `${trigger.url}?instaplyQuestions=${version}`;
		await atInstaply(`webhooks/${reception?.id}/update`, { url });
		const again = longPauses();
		sandbox.current.faults.add({ route: 'GET /api/webhooks/', kind: 'delay', ms: 3_300 });
		expect(await writes(id, 'I need help')).toEqual([[200, 'started']]);
		const question = await asked({}, id);
		await waitUntil(() => knownQuestions(version, String(id)) !== undefined, { what: 'the list' });
		again.begin();
		await settled();
		expect(texts(question.execution)).toEqual([]);
		await expectTaken(question);
	});

	it('when it comes late to another trigger', async () => {
		const first = await published();
		const { id } = sandbox.current.addThread();
		const { deliveries } = await sandbox.current.customerWrites(id, 'I need help');
		const question = await asked({}, id);
		const second = await published();
		const [delivery] = deliveries;
		const secret = String(second.staticData.secret);
		const { data } = await axios.post(
			`${second.url}?instaplyQuestions=0123456789abcdef`,
			delivery?.payload,
			{
				headers: { 'x-n8n-trigger-secret': secret },
				proxy: false,
			},
		);
		expect(data).toEqual({ status: 'started' });
		expect([first.started.length, second.started.length]).toEqual([1, 1]);
		expect(texts(question.execution)).toEqual([]);
		await expectTaken(question);
	});

	it('when Instaply delivers it to that question as well', async () => {
		const trigger = await published();
		const { id } = sandbox.current.addThread();
		const { deliveries } = await sandbox.current.customerWrites(id, 'I need help');
		await trigger.deactivate();
		const question = await asked({}, id);
		expect(wayOf(question)).toBe('by Instaply');
		const { url = '', extraHeaders = [] } = question.webhook() ?? {};
		const headers = Object.fromEntries(extraHeaders.map(({ name, value }) => [name, value]));
		const [delivery] = deliveries;
		const { data } = await axios.post(url, delivery?.payload, { headers, proxy: false });
		expect(data).toEqual({ status: 'ignored' });
		await expectTaken(question);
	});
});

describe('What a customer writes right after the reply', () => {
	/** The execution goes on for a while, and Instaply does not get to removing its webhook. */
	async function answered(...[question]: Parameters<typeof expectTaken>) {
		sandbox.current.faults.add({ route: 'POST /api/webhooks/:webHookId/delete', kind: 'hang' });
		await expectTaken(question);
		n8n.executions[question.execution.id] = 'running';
	}

	it.each([
		['by the trigger', false],
		['by Instaply', true],
	])('starts the workflow, where the reply came %s', async (_, enabled) => {
		const trigger = await published();
		const question = await asked();
		await atInstaply(`webhooks/${question.webhook()?.id}/update`, { enabled });
		await answered(question);
		expect(await writes(question.thread, 'And please call me')).toContainEqual([200, 'started']);
		expect(trigger.started).toMatchObject([{ messageBody: 'And please call me' }]);
	});

	it('starts the workflow, although it has to be looked up what is awaited', async () => {
		const trigger = await published();
		const question = await asked();
		await answered(question);
		const [reception] = triggersAtInstaply();
		const url = `${trigger.url}?instaplyQuestions=fedcba9876543212`;
		await atInstaply(`webhooks/${reception?.id}/update`, { url });
		sandbox.current.faults.add({ route: 'GET /api/webhooks/:webHookId', kind: 'delay', ms: 300 });
		const writing = writes(question.thread, 'And please call me');
		await sleep(150);
		await atInstaply(`webhooks/${question.webhook()?.id}/delete`);
		expect(await writing).toEqual([[200, 'started']]);
	});

	it('starts the workflow, where another process took the reply', async () => {
		const trigger = await published();
		const question = await asked();
		n8n.executions[question.execution.id] = 'running';
		n8n.onForward = async () => {
			n8n.onForward = () => {};
			await atInstaply(`webhooks/${question.webhook()?.id}/delete`);
		};
		expect(await writes(question.thread, 'And please call me')).toEqual([[200, 'started']]);
		expect(trigger.started).toHaveLength(1);
	});

	it('goes to the older of two questions', async () => {
		const older = await asked();
		const newer = await asked({}, older.thread);
		await answered(newer);
		await writes(older.thread, 'And please call me');
		expect(texts(older.execution)).toEqual(['And please call me']);
	});
});

describe('Instaply', () => {
	const UPDATE = 'POST /api/webhooks/:webHookId/update';
	it.each<[string, Parameters<typeof sandbox.current.faults.add>[0]]>([
		['does not list the webhooks', { route: 'GET /api/webhooks/', kind: 'status', status: 500 }],
		['says 429 to a list', { route: 'GET /api/webhooks/', kind: 'status', status: 429 }],
		['never lists the webhooks', { route: 'GET /api/webhooks/', kind: 'hang' }],
		['does not update the trigger', { route: UPDATE, kind: 'status', status: 500 }],
		['updates the trigger, but its response is lost', { route: UPDATE, kind: 'answerLost' }],
		['loses the response to the creation', { route: 'POST /api/webhooks/', kind: 'answerLost' }],
	])(
		'%s when a question is asked, and no reply is lost',
		async (_, fault) => {
			await published();
			sandbox.current.faults.add(fault);
			const question = await asked();
			await expectTaken(question);
		},
		60_000,
	);

	it.each<[string, Parameters<typeof sandbox.current.faults.add>[0]]>([
		[
			'does not show the question',
			{ route: 'GET /api/webhooks/:webHookId', kind: 'status', status: 500 },
		],
		['never shows the question', { route: 'GET /api/webhooks/:webHookId', kind: 'hang' }],
	])('%s when the reply comes, and it is not lost', async (_, fault) => {
		await published();
		const question = await asked();
		sandbox.current.faults.add({ ...fault, times: Infinity });
		await expectTaken(question);
		sandbox.current.faults.clear();
	});

	it('does not list the webhooks when a message comes: it starts the workflow in time, and is forwarded later', async () => {
		const trigger = await published();
		const question = await asked();
		const [reception] = triggersAtInstaply();
		const url = `${trigger.url}?instaplyQuestions=fedcba9876543210`;
		await atInstaply(`webhooks/${reception?.id}/update`, { url });
		sandbox.current.faults.add({ route: 'GET /api/webhooks/', kind: 'hang', times: 1 });
		expect(await writes(question.thread, 'Yes')).toEqual([[200, 'started']]);
		await waitUntil(() => question.execution.resumed.length > 0, {
			what: 'the reply to be forwarded',
			timeout: 40_000,
		});
	}, 60_000);

	it.each(['masked', 'none'] as const)(
		'shows no values of headers (%s): then it delivers by itself',
		async (listedHeaders) => {
			await published();
			sandbox.current.variants.listedHeaders = listedHeaders;
			const question = await asked();
			expect(wayOf(question)).toBe('by Instaply');
			await expectTaken(question);
		},
	);

	it('shows a question so late that it has taken its reply by then, which starts nothing', async () => {
		await published();
		sandbox.current.variants.listedHeaders = 'masked';
		const question = await asked();
		sandbox.current.faults.add({ route: 'GET /api/webhooks/:webHookId', kind: 'delay', ms: 1_000 });
		expect(await writes(question.thread, 'Yes')).toContainEqual([200, 'awaited elsewhere']);
		expect(texts(question.execution)).toEqual(['Yes']);
	});

	it('adds headers at an update instead of replacing them, and replies are forwarded all the same', async () => {
		await published();
		sandbox.current.variants.updatedHeaders = 'added';
		const options = {
			acceptedReplies: { reply: [{ reply: 'yes' }, { reply: 'no' }] },
			clarification: 'Yes or no?',
		};
		const question = await asked({ parameters: { options } });
		await writes(question.thread, 'Hm');
		await settled();
		expect(wayOf(question)).toBe('by the trigger');
		await expectTaken(question, 'yes');
	});
});

describe('A question leaves alone', () => {
	it('where the trigger of another n8n has moved to, but tells it that there is something new', async () => {
		await published();
		const other = await EngineN8n.start();
		await (await inactive({}, { n8n: other })).activate();
		await settled();
		await asked();
		const webhook = () => triggersAtInstaply().find(({ id }) => id === foreign?.id);
		const foreign = triggersAtInstaply().find(({ url }) => url.startsWith(other.url));
		const version = () => new URL(webhook()?.url ?? '').searchParams.get('instaplyQuestions');
		const url = (foreign?.url ?? '').replace('/webhook/', '/moved/');
		await atInstaply(`webhooks/${foreign?.id}/update`, { url });
		const before = version();
		await asked();
		expect(webhook()?.url).toContain('/moved/');
		expect(version()).not.toBe(before);
		await other.close();
	});
});

describe('Nobody gets in', () => {
	it('by a webhook at Instaply that names an address of somebody else', async () => {
		await published();
		const question = await asked();
		const { url = '', extraHeaders } = question.webhook() ?? {};
		const strange = url.replace(n8n.url, n8n.url.replace('127.0.0.1', 'localhost'));
		await atInstaply('webhooks/', {
			url: strange,
			enabled: false,
			subscribedEvents: ['messages'],
			extraHeaders,
		});
		await atInstaply(`webhooks/${question.webhook()?.id}/delete`);
		await settled();
		const [reception] = triggersAtInstaply();
		const fresh = (reception?.url ?? '').replace(/=.*/, '=0000000000000001');
		await atInstaply(`webhooks/${reception?.id}/update`, { url: fresh });
		await writes(question.thread, 'Yes');
		expect(n8n.forwarded).toEqual([]);
		expect(question.execution.resumed).toEqual([]);
	});

	it('by asking a trigger whether it listens, which only its secret answers', async () => {
		const trigger = await published();
		const [webhook] = triggersAtInstaply();
		const secret = webhook?.extraHeaders.find(({ name }) => name === 'x-n8n-trigger-secret')?.value;
		const probed = async (headers: object, url = webhook?.url ?? '') => {
			const { status, data } = await axios.post(url, undefined, {
				headers: { 'x-n8n-instaply-probe': '1', ...headers },
				proxy: false,
				validateStatus: () => true,
			});
			return [status, data];
		};
		const refused = [401, { status: 'Unauthorized' }];
		expect(await probed({})).toEqual(refused);
		expect(await probed({ 'x-n8n-trigger-secret': 'guess' })).toEqual(refused);
		const known = await probed({ 'x-n8n-trigger-secret': secret });
		expect(known).toEqual([200, { status: 'listening' }]);
		expect(trigger.started).toEqual([]);
		// It has no secret that Instaply would know.
		const legacy = await inactive({ registration: 'legacy' }, { n8n });
		const [status] = await probed({}, legacy.url);
		expect(status).toBe(400);
	});

	it('with what stands in the URL alone, nor by saying that it forwards', async () => {
		await published();
		const question = await asked();
		const { url = '' } = question.webhook() ?? {};
		const body = {
			eventType: 'message',
			timestamp: Date.now(),
			data: {
				customerThreadId: question.thread,
				messageId: 1,
				fromCustomer: true,
				messageBody: 'Yes',
			},
		};
		for (const headers of [
			{},
			{ 'x-n8n-forwarded': 'true' },
			{ 'x-n8n-trigger-secret': 'guess' },
		]) {
			const { status } = await axios.post(url, body, {
				headers,
				proxy: false,
				validateStatus: () => true,
			});
			expect(status).toBe(401);
		}
		expect(question.execution.resumed).toEqual([]);
	});
});

describe.each([
	['with a published trigger', true],
	['without one', false],
])('Of two questions in a thread, %s', (_, isPublished) => {
	it('the newer gets the reply, and the older the next', async () => {
		if (isPublished) await published();
		const older = await asked();
		const newer = await asked({}, older.thread);
		await writes(older.thread, 'First');
		await settled();
		expect([texts(older.execution), texts(newer.execution)]).toEqual([[], ['First']]);
		await writes(older.thread, 'Second');
		expect(texts(older.execution)).toEqual(['Second']);
	});

	it('the older gets it when the newer was stopped', async () => {
		if (isPublished) await published();
		const older = await asked();
		const newer = await asked({}, older.thread);
		n8n.executions[newer.execution.id] = 'stopped';
		await writes(older.thread, 'First');
		expect(texts(older.execution)).toEqual(['First']);
	});

	it('the older gets it when the newer was stopped and Instaply then says no more', async () => {
		if (isPublished) await published();
		const older = await asked();
		const newer = await asked({}, older.thread);
		n8n.executions[newer.execution.id] = 'stopped';
		let lists = 0;
		sandbox.current.faults.add({
			route: 'GET /api/webhooks/',
			kind: 'status',
			status: 400,
			times: Infinity,
			match: () => ++lists > 1,
		});
		await writes(older.thread, 'First');
		expect(texts(older.execution)).toEqual(['First']);
	});
});

describe('A question without a published trigger', () => {
	const hintsOf = (execution: WaitingExecution) => execution.hints.join();

	it('says what would be better when 20 others wait', async () => {
		const questions: WaitingExecution[] = [];
		while (questions.length < 21) questions.push((await asked()).execution);
		expect(questions.slice(0, 20).map(hintsOf)).toEqual(Array(20).fill(''));
		expect(questions.slice(20).map(hintsOf)).toEqual([
			expect.stringMatching(/^20 other executions .*'Instaply Trigger'/),
		]);
		await published();
		expect(hintsOf((await asked()).execution)).toBe('');
	}, 60_000);
});
