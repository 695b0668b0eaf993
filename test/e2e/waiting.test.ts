import type { ExecutionStatus, IDataObject, INodeParameters } from 'n8n-workflow';

import { readExample } from '../../lab/examples';
import type { Lab, OwnLab } from '../../lab/lab';
import { INSTAPLY, instaplyTrigger, LOOP, NEXT, START } from '../../lab/nodes';
import { callAsShop, createShopKey } from '../../lab/shop';
import { asItems, to, type NodeDraft, type WorkflowDraft } from '../../lab/workflow';
import { THREADS } from '../../sandbox/server';
import type { N8nInstance } from '../../tools/n8n/instance';
import { itemsOf } from '../../tools/n8n/rest';
import type { Execution, StoredWorkflow } from '../../tools/n8n/types';
import { freePorts } from '../../tools/process/ports';
import type { LocalServer } from '../../tools/process/server';
import { waitUntil } from '../../tools/process/wait';
import { describeOwnN8n, isOldN8n, openSharedLab, startOwnLab } from '../support/e2e/lab';
import { startSubpathProxy } from '../support/e2e/subpathProxy';

/** n8n looks once a minute for executions whose time is up. */
const TIME_UP_MS = 100_000;
jest.setTimeout(TIME_UP_MS + 30_000);

const SEND = 'POST /api/send-message-to-customer-thread';
const CREATE = 'POST /api/webhooks/';
const DELETE = 'POST /api/webhooks/:webHookId/delete';

const asking = (parameters: INodeParameters = {}): NodeDraft => ({
	name: 'Ask',
	type: INSTAPLY,
	parameters: {
		resource: 'message',
		operation: 'sendAndWait',
		customerThreadId: '={{ $json.thread }}',
		text: '=Shall we come at {{ $json.time }}?',
		...parameters,
	},
});
/** Asks for one item after the other. */
const ASKING_IN_A_LOOP: WorkflowDraft = {
	nodes: [START, LOOP, asking(), NEXT],
	connections: { Start: to('Loop'), Loop: to('Next', 'Ask'), Ask: to('Loop') },
};
const INPUT = { thread: THREADS.webchat, time: '10:00' };

const SOON = {
	limitWaitTime: {
		values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'minutes' },
	},
};
const YES_OR_NO = {
	acceptedReplies: {
		reply: [
			{ reply: 'yes', alsoAccept: '1, sí' },
			{ reply: 'no', alsoAccept: '2' },
		],
	},
	clarification: 'Please answer with yes or no.',
	maxTries: 2,
};

const next = (execution: Execution) => itemsOf(execution, 'Next').map(({ json }) => json);

describe('Send and Wait for Reply on a real n8n', () => {
	let lab: Lab;
	beforeEach(async () => {
		lab = await openSharedLab();
	});
	afterEach(async () => await lab.close());

	const run = async (parameters: INodeParameters = {}, input: IDataObject[] = [INPUT]) => {
		const nodes = [START, asking(parameters), NEXT];
		const workflow = await lab.save({ nodes, pinData: { Start: asItems(input) } });
		return await lab.rest.runManually(workflow, { trigger: 'Start' });
	};
	const isWaiting = async (id: string) => (await lab.rest.execution(id)).status === 'waiting';
	const waits = async (id: string) => {
		await waitUntil(async () => await isWaiting(id), { what: `execution ${id} to wait` });
	};
	const ask = async (parameters: INodeParameters = {}) => {
		const id = await run(parameters);
		await waits(id);
		return id;
	};
	const noWebhookLeft = async (which = /./) => {
		const isNoneLeft = () => !lab.sandbox.webhooks().some(({ url }) => which.test(url));
		await waitUntil(isNoneLeft, { what: 'no webhook to be left' });
	};
	const textsIn = (thread: string) => lab.sandbox.conversation(thread).map(({ body }) => body);
	const asked = async (thread: string) => {
		await waitUntil(() => textsIn(thread).length > 0, { what: `thread ${thread} to be asked` });
	};

	it('goes on with the reply and with what came in, and leaves no webhook behind', async () => {
		const id = await ask();
		const { message } = await lab.sandbox.customerWrites(THREADS.webchat, 'Yes, please');
		const execution = await lab.rest.waitForEnd(id);
		expect(execution.status).toBe('success');
		expect(next(execution)).toEqual([
			{
				...INPUT,
				customerThreadId: THREADS.webchat,
				reply: {
					text: 'Yes, please',
					messageId: String(message.id),
					time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
					attachment: null,
					channel: 'webchat',
				},
				respondedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
				timedOut: false,
				waitedSeconds: expect.any(Number),
			},
		]);
		await noWebhookLeft();
	});

	it('goes on with the date, and with the number of a listed reply', async () => {
		const when = asking({
			text: 'When?',
			options: { replyType: 'date', clarification: 'A date?' },
		});
		const where = asking({
			customerThreadId: THREADS.webchat,
			text: 'Where?',
			options: {
				acceptedReplies: { reply: [{ reply: 'At home' }, { reply: 'In the shop' }] },
				listReplies: true,
			},
		});
		const workflow = await lab.save({
			nodes: [START, { ...when, name: 'When' }, { ...where, name: 'Where' }, NEXT],
			pinData: { Start: asItems([INPUT]) },
		});
		const id = await lab.rest.runManually(workflow, { trigger: 'Start' });
		await waits(id);
		for (const text of ['soon', '31.12.2030 at 18:00']) {
			await lab.sandbox.customerWrites(THREADS.webchat, text);
		}
		const LIST = 'Where?\n\n1. At home\n2. In the shop';
		const isAsked = () => textsIn(THREADS.webchat).includes(LIST);
		await waitUntil(isAsked, { what: 'the second question' });
		await waits(id);
		await lab.sandbox.customerWrites(THREADS.webchat, '2.');
		const execution = await lab.rest.waitForEnd(id);
		expect(itemsOf(execution, 'When')).toMatchObject([
			{ json: { ...INPUT, value: '2030-12-31', matched: true } },
		]);
		expect(next(execution)).toMatchObject([{ choice: 'In the shop', matched: true }]);
		expect(textsIn(THREADS.webchat)).toEqual([
			'When?',
			'soon',
			'A date?',
			'31.12.2030 at 18:00',
			LIST,
			'2.',
		]);
		await noWebhookLeft();
	});

	it('goes on with an attachment as the reply', async () => {
		const id = await ask();
		const attachment = { name: 'parcel.jpg', contentType: 'image/jpeg', contentLength: 1234 };
		await lab.sandbox.customerWrites(THREADS.webchat, { attachment });
		const [item] = next(await lab.rest.waitForEnd(id));
		expect(item).toMatchObject({ reply: { text: '', attachment } });
	});

	it('goes on without a reply when the time is up, and says so in the item alone', async () => {
		const id = await ask({ options: SOON });
		const execution = await lab.rest.waitForEnd(id, { timeout: TIME_UP_MS });
		expect(next(execution)).toEqual([
			{
				...INPUT,
				customerThreadId: THREADS.webchat,
				reply: null,
				respondedAt: null,
				timedOut: true,
				waitedSeconds: 60,
			},
		]);
		expect(itemsOf(execution, 'Start').map(({ json }) => json)).toEqual([INPUT]);
		expect(execution.data.resultData.runData.Ask).toHaveLength(1);
		await noWebhookLeft();
	});

	it('asks again when it was stopped and a person retries it, and takes the reply', async () => {
		const id = await ask();
		await lab.rest.stop(id);
		const retried = await lab.rest.retry({ id });
		await waits(retried);
		expect(textsIn(THREADS.webchat)).toEqual(Array(2).fill('Shall we come at 10:00?'));
		await noWebhookLeft(new RegExp(`/webhook-waiting/${id}/`));
		await lab.sandbox.customerWrites(THREADS.webchat, 'Yes');
		const execution = await lab.rest.waitForEnd(retried);
		expect(execution.status).toBe('success');
		expect(next(execution)).toMatchObject([{ ...INPUT, reply: { text: 'Yes' }, timedOut: false }]);
		expect(execution.data.resultData.runData.Ask).toHaveLength(1);
		await noWebhookLeft();
	});

	it('does not keep replies from a trigger once it was stopped', async () => {
		const trigger = instaplyTrigger('after-a-stop', { options: { ignoreAwaitedReplies: true } });
		const workflow = await lab.publish({ nodes: [trigger] });
		const id = await ask();
		await lab.rest.stop(id);
		await lab.sandbox.customerWrites(THREADS.webchat, 'Anybody there?');
		const started = await lab.rest.waitForExecution({ workflowId: workflow.id });
		expect(itemsOf(started, 'Instaply Trigger')).toMatchObject([
			{ json: { messageBody: 'Anybody there?' } },
		]);
	});

	it('keeps waiting for the customer of its thread, whatever else is delivered', async () => {
		const id = await ask();
		const [webhook] = lab.sandbox.webhooks();
		const statuses = [
			(await lab.sandbox.customerWrites(THREADS.sms, 'Another thread')).deliveries,
			(await lab.sandbox.employeeWrites(THREADS.webchat, 'An employee')).deliveries,
			(await lab.sandbox.employeeWrites(THREADS.webchat, { text: 'A note', internal: true }))
				.deliveries,
			(await lab.sandbox.transfer(THREADS.webchat, { businessId: 2002 })).deliveries,
		].map((deliveries) => deliveries.map(({ status }) => status));
		expect(statuses).toEqual([[200], [200], [200], []]);
		expect(webhook?.subscribedEvents).toEqual(['messages']);
		expect(await isWaiting(id)).toBe(true);
		await lab.sandbox.customerWrites(THREADS.webchat, 'The customer');
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
			{ reply: { text: 'The customer' } },
		]);
	});

	it('keeps waiting, and answers 4xx, when a delivery is forged or malformed', async () => {
		const id = await ask();
		await lab.sandbox.customerWrites(THREADS.sms, 'To have a delivery to start from');
		const delivery = lab.sandbox.deliveries().at(-1);
		const [webhook] = lab.sandbox.webhooks();
		if (delivery === undefined || webhook === undefined) throw new Error('No delivery was made');
		const { url, extraHeaders } = webhook;
		const [header] = extraHeaders;
		const secret = { [String(header?.name)]: String(header?.value) };
		const body = {
			...delivery.payload,
			data: { ...('data' in delivery.payload && delivery.payload.data), customerThreadId: 123456 },
		};
		const post = async (to: string, headers: Record<string, string>, content: unknown) => {
			const answer = await fetch(to, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json', ...headers },
				body: JSON.stringify(content),
			});
			return answer.status;
		};
		expect(await post(url, {}, body)).toBe(401);
		expect(await post(url, { [String(header?.name)]: 'guess' }, body)).toBe(401);
		expect(
			await post(url.replace('instaplyThread=123456', 'instaplyThread=123457'), secret, body),
		).toBe(401);
		expect(await post(url.replace(/&signature=.*/, ''), secret, body)).toBe(401);
		expect(await post(url, secret, { ...body, data: null })).toBe(400);
		expect(await post(url, secret, [])).toBe(400);
		expect(await isWaiting(id)).toBe(true);
		expect(await post(url, secret, body)).toBe(200);
		expect(await lab.rest.waitForEnd(id)).toMatchObject({ status: 'success' });
	});

	it('goes on once when two replies, and one of them twice, come at once', async () => {
		const id = await ask();
		const replies = await Promise.all(
			['First', 'Second'].map(
				async (text) => await lab.sandbox.customerWrites(THREADS.webchat, text),
			),
		);
		const [first] = replies.flatMap(({ deliveries }) => deliveries);
		if (first !== undefined) await lab.sandbox.redeliver(first);
		const execution = await lab.rest.waitForEnd(id);
		expect(execution.data.resultData.runData.Next).toHaveLength(1);
		expect(next(execution)).toMatchObject([{ reply: { text: 'First' } }]);
	});

	it('takes a reply that came before n8n had stored the wait, when it is delivered again', async () => {
		lab.sandbox.faults.add({ route: SEND, kind: 'answerDelayed', ms: 3_000 });
		const id = await run();
		await asked(THREADS.webchat);
		const { deliveries } = await lab.sandbox.customerWrites(THREADS.webchat, 'At once');
		expect(deliveries).toMatchObject([{ delivered: false }]);
		await waits(id);
		const [early] = deliveries;
		if (early !== undefined) await lab.sandbox.redeliver(early);
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([{ reply: { text: 'At once' } }]);
	});

	it('leaves no webhook behind when the question could not be sent', async () => {
		lab.sandbox.faults.add({ route: SEND, kind: 'status', status: 400 });
		expect(await lab.rest.waitForEnd(await run())).toMatchObject({ status: 'error' });
		expect(lab.sandbox.requests({ route: CREATE })).toHaveLength(1);
		expect(lab.sandbox.webhooks()).toEqual([]);
	});

	it('asks nobody when Instaply does not confirm that it delivers the reply', async () => {
		lab.sandbox.faults.add({ route: CREATE, kind: 'drop' });
		expect(await lab.rest.waitForEnd(await run())).toMatchObject({ status: 'error' });
		expect(textsIn(THREADS.webchat)).toEqual([]);
		expect(lab.sandbox.webhooks()).toEqual([]);
	});

	it('asks nobody when several items come in, and says what to do', async () => {
		const execution = await lab.rest.waitForEnd(
			await run({}, [INPUT, { ...INPUT, thread: THREADS.sms }]),
		);
		expect(execution.data.resultData.error?.message).toBe(
			"'Send and Wait for Reply' takes one item at a time",
		);
		expect(execution.data.resultData.error?.description).toContain('Loop Over Items');
		expect(lab.sandbox.requests()).toEqual([]);
	});

	it('does not wait when the window is closed and the item is to be skipped', async () => {
		const id = await run({ whenWindowClosed: 'skip' }, [
			{ ...INPUT, thread: THREADS.whatsappClosed },
		]);
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
			{ reply: null, timedOut: false, waitedSeconds: 0 },
		]);
		expect(lab.sandbox.webhooks()).toEqual([]);
	});

	it('asks one customer after the other in a loop, each with a reply of its own', async () => {
		const workflow = await lab.save({
			...ASKING_IN_A_LOOP,
			pinData: { Start: asItems([INPUT, { ...INPUT, thread: THREADS.sms }, INPUT]) },
		});
		const id = await lab.rest.runManually(workflow, { trigger: 'Start' });
		for (const [count, thread] of [THREADS.webchat, THREADS.sms, THREADS.webchat].entries()) {
			await waitUntil(() => lab.sandbox.requests({ route: SEND }).length === count + 1, {
				what: `question ${count}`,
			});
			await waits(id);
			await lab.sandbox.customerWrites(thread, `Answer ${count}`);
		}
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
			{ thread: THREADS.webchat, reply: { text: 'Answer 0' } },
			{ thread: THREADS.sms, reply: { text: 'Answer 1' } },
			{ thread: THREADS.webchat, reply: { text: 'Answer 2' } },
		]);
		expect(lab.sandbox.requests({ route: SEND })).toHaveLength(3);
		await noWebhookLeft();
	});

	it('does not take for a reply what an earlier pass of the loop waited for', async () => {
		const workflow = await lab.save({
			...ASKING_IN_A_LOOP,
			pinData: { Start: asItems([INPUT, { ...INPUT, thread: THREADS.sms }]) },
		});
		const fault = lab.sandbox.faults.add({
			route: DELETE,
			kind: 'status',
			status: 500,
			times: Infinity,
		});
		const id = await lab.rest.runManually(workflow, { trigger: 'Start' });
		await waits(id);
		await lab.sandbox.customerWrites(THREADS.webchat, 'First');
		await waitUntil(() => fault.strikes > 0 && textsIn(THREADS.sms).length > 0, {
			what: 'the second customer to be asked, while the first webhook is still there',
		});
		await waits(id);
		expect(lab.sandbox.webhooks()).toHaveLength(2);
		fault.remove();
		await lab.sandbox.customerWrites(THREADS.webchat, 'And another thing');
		expect(await isWaiting(id)).toBe(true);
		await lab.sandbox.customerWrites(THREADS.sms, 'Second');
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
			{ thread: THREADS.webchat, reply: { text: 'First' } },
			{ thread: THREADS.sms, reply: { text: 'Second' } },
		]);
		await noWebhookLeft();
	});

	it('answers a reply that is delivered twice once', async () => {
		const id = await ask({ options: YES_OR_NO });
		const { deliveries } = await lab.sandbox.customerWrites(THREADS.webchat, 'Which day?');
		for (const delivery of deliveries) await lab.sandbox.redeliver(delivery);
		expect(await isWaiting(id)).toBe(true);
		expect(textsIn(THREADS.webchat).filter((text) => text?.startsWith('Please'))).toHaveLength(1);
	});

	it('asks again until the reply is an accepted one', async () => {
		const id = await ask({ options: YES_OR_NO });
		await lab.sandbox.customerWrites(THREADS.webchat, 'Which day?');
		expect(await isWaiting(id)).toBe(true);
		await lab.sandbox.customerWrites(THREADS.webchat, ' SI! ');
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
			{ matched: true, choice: 'yes', reply: { text: ' SI! ' } },
		]);
		expect(textsIn(THREADS.webchat)).toEqual([
			'Shall we come at 10:00?',
			'Which day?',
			'Please answer with yes or no.',
			' SI! ',
		]);
		await noWebhookLeft();
	});

	it('understands a reply by what the options meant when it asked', async () => {
		const acceptedReplies = { reply: [{ reply: '={{ $json.reply.text }}', alsoAccept: 'b' }] };
		const options = { acceptedReplies, clarification: '=Really {{ $json.reply.text }}?' };
		const id = await run({ options }, [{ ...INPUT, reply: { text: 'Blue' } }]);
		await waits(id);
		await lab.sandbox.customerWrites(THREADS.webchat, 'Hm');
		expect(textsIn(THREADS.webchat).at(-1)).toBe('Really Blue?');
		await lab.sandbox.customerWrites(THREADS.webchat, 'B');
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
			{ matched: true, choice: 'Blue', reply: { text: 'B' } },
		]);
	});

	it('goes on unmatched after so many other replies', async () => {
		const id = await ask({ options: YES_OR_NO });
		await lab.sandbox.customerWrites(THREADS.webchat, 'Which day?');
		await lab.sandbox.customerWrites(THREADS.webchat, 'I said: which day?');
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
			{ matched: false, choice: null, reply: { text: 'I said: which day?' } },
		]);
		expect(textsIn(THREADS.webchat).filter((text) => text?.startsWith('Please'))).toHaveLength(1);
	});

	it('keeps its reply from the trigger of another workflow', async () => {
		const { id: triggered } = await lab.publish({ nodes: [instaplyTrigger('another'), NEXT] });
		const id = await ask();
		await lab.sandbox.customerWrites(THREADS.webchat, 'Yes');
		expect(await lab.rest.waitForEnd(id)).toMatchObject({ status: 'success' });
		await noWebhookLeft(/webhook-waiting/);
		await lab.sandbox.customerWrites(THREADS.webchat, 'Something new');
		await lab.rest.waitForExecution({ workflowId: triggered });
		expect(await lab.rest.executions({ workflowId: triggered })).toHaveLength(1);
	});

	it.each([
		[1.1, 2],
		[1.2, 1],
	])(
		'in a published workflow with a trigger of version %d, a message and its answer start %d',
		async (typeVersion, count) => {
			const trigger = { ...instaplyTrigger(`starts-and-asks-${count}`), typeVersion };
			const question = asking({ customerThreadId: '={{ $json.customerThreadId }}', text: 'When?' });
			const workflow = await lab.publish({ nodes: [trigger, question, NEXT] });
			const { deliveries } = await lab.sandbox.customerWrites(THREADS.webchat, 'Please come');
			expect(deliveries).toMatchObject([{ status: 200 }]);
			const waiting: ExecutionStatus[] = ['waiting'];
			const filter = { workflowId: workflow.id, status: waiting };
			const { id } = await lab.rest.waitForExecution(filter, () => true);
			await lab.sandbox.customerWrites(THREADS.webchat, 'At ten');
			expect(next(await lab.rest.waitForEnd(id))).toMatchObject([{ reply: { text: 'At ten' } }]);
			await lab.idle();
			expect(await lab.rest.executions({ workflowId: workflow.id })).toHaveLength(count);
		},
	);

	it('keeps its reply from a test run, which goes on listening', async () => {
		const listening = await lab.save({ nodes: [instaplyTrigger('test-run'), NEXT] });
		const id = await ask();
		await lab.rest.listenForTestEvent(listening, { trigger: 'Instaply Trigger' });
		await lab.sandbox.customerWrites(THREADS.webchat, 'Yes');
		expect(await lab.rest.waitForEnd(id)).toMatchObject({ status: 'success' });
		await noWebhookLeft(/webhook-waiting/);
		expect(await lab.rest.executions({ workflowId: listening.id })).toEqual([]);
		await lab.sandbox.customerWrites(THREADS.webchat, 'Something new');
		const { id: run } = await lab.rest.waitForExecution({ workflowId: listening.id });
		expect(next(await lab.rest.waitForEnd(run))).toMatchObject([{ messageBody: 'Something new' }]);
	});

	it('goes on although its webhook cannot be deleted', async () => {
		const id = await ask();
		const fault = lab.sandbox.faults.add({ route: DELETE, kind: 'status', status: 500 });
		await lab.sandbox.customerWrites(THREADS.webchat, 'Yes');
		expect(await lab.rest.waitForEnd(id)).toMatchObject({ status: 'success' });
		await waitUntil(() => fault.strikes > 0, { what: 'the deletion to be refused' });
		expect(lab.sandbox.webhooks()).toHaveLength(1);
	});
});

describe('The example that has customers confirm an appointment', () => {
	let lab: Lab;
	let workflow: StoredWorkflow;
	const executions = async (...status: ExecutionStatus[]) =>
		await lab.rest.executions({ workflowId: workflow.id, status });
	beforeAll(async () => {
		lab = await openSharedLab();
		workflow = await lab.publish(
			await readExample('confirm-appointment', lab.credential, await createShopKey(lab.rest)),
		);
	});
	afterAll(async () => await lab.close());

	const repliesTo = async (...replies: string[]) => {
		const { id } = lab.sandbox.addThread();
		const due = { customerThreadId: id, time: 'Friday, 10:00' };
		await callAsShop(lab.n8nUrl, workflow, due);
		const said = () => lab.sandbox.conversation(id).filter(({ from }) => from !== 'customer');
		const isWaiting = async () => (await executions('waiting')).length > 0 && said().length > 0;
		await waitUntil(isWaiting, { what: 'the customer to be asked' });
		for (const reply of replies) await lab.sandbox.customerWrites(id, reply);
		const hasEnded = async () => (await executions('waiting', 'running')).length === 0;
		await waitUntil(hasEnded, { what: 'the workflow to end' });
		const [question, ...answers] = said().map(({ body, invisible }) =>
			invisible ? `note: ${body}` : body,
		);
		return { question, answers, status: lab.sandbox.thread(id).status };
	};

	it.each([
		['without the key of the shop', {}],
		['with another key', { 'X-Shop-Key': 'guess' }],
	])('asks nobody when it is called %s', async (_, headers) => {
		const due = { customerThreadId: THREADS.webchat, time: 'Friday, 10:00' };
		await expect(callAsShop(lab.n8nUrl, workflow, due, headers)).rejects.toMatchObject({
			response: { status: 403 },
		});
		expect(await executions()).toEqual([]);
	});

	it.each(['Sure!', '1', 'Oui !'])('thanks for a yes (%s)', async (yes) => {
		expect(await repliesTo(yes)).toMatchObject({
			question: 'We expect you on Friday, 10:00. Will you be there?\n\n1. Yes\n2. No',
			answers: ['Thank you, see you then!'],
		});
	});

	it.each(['No', 'non'])('hands a no over to an employee (%s)', async (no) => {
		expect(await repliesTo(no)).toMatchObject({ answers: [], status: 'waiting' });
	});

	it('leaves a note about what it does not understand', async () => {
		const sorry = 'Sorry, I did not understand. Please answer yes or no.\n\n1. Yes\n2. No';
		expect(await repliesTo('Hm', 'Maybe', 'Perhaps')).toMatchObject({
			answers: [sorry, sorry, 'note: The answer about the appointment was not clear: Perhaps'],
		});
	});
});

/**
 * n8n 1 and 2.0 say that they are ready, and then look for crashed executions, among which they count
 * those that wait. The last that they log is their address.
 */
async function recovery(n8n: N8nInstance): Promise<void> {
	const hasLooked = () => n8n.logTail().endsWith(n8n.url);
	await waitUntil(hasLooked, { what: 'n8n to look for crashed executions' });
}

describeOwnN8n('Send and Wait for Reply on an n8n that restarts', () => {
	it('goes on with a reply that comes afterwards', async () => {
		const lab = await startOwnLab();
		const { n8n } = lab;
		try {
			const nodes = [START, asking(), NEXT];
			const workflow = await lab.save({ nodes, pinData: { Start: asItems([INPUT]) } });
			const id = await lab.rest.runManually(workflow, { trigger: 'Start' });
			const isWaiting = async () => (await lab.rest.execution(id)).status === 'waiting';
			await waitUntil(isWaiting, { what: 'the execution to wait' });
			if (!isOldN8n) await n8n.kill();
			await n8n.restart();
			if (isOldN8n) await recovery(n8n);
			await lab.sandbox.customerWrites(THREADS.webchat, 'Still there?');
			expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
				{ ...INPUT, reply: { text: 'Still there?' } },
			]);
		} finally {
			await lab.close();
		}
	});
});

describeOwnN8n('Send and Wait for Reply on an n8n whose public address has a path', () => {
	const PATH = '/n8n';
	let proxy: LocalServer;
	let lab: OwnLab;
	beforeAll(async () => {
		const [port = 0] = await freePorts(1);
		proxy = await startSubpathProxy(port, PATH);
		const url = `${proxy.url}${PATH}/`;
		lab = await startOwnLab({ port, env: { WEBHOOK_URL: url, N8N_WEBHOOK_URL: url } });
	});
	afterAll(async () => {
		await lab?.close();
		await proxy?.close();
	});

	const run = async (...nodes: NodeDraft[]) => {
		const workflow = await lab.save({
			nodes: [START, ...nodes],
			pinData: { Start: asItems([INPUT]) },
		});
		return await lab.rest.runManually(workflow, { trigger: 'Start' });
	};
	const atInstaply = async () => {
		const id = await run({
			name: 'Next',
			type: INSTAPLY,
			parameters: {
				resource: 'webhook',
				operation: 'getAll',
				returnAll: true,
				options: { onlyFromThisN8n: true },
			},
		});
		return next(await lab.rest.waitForEnd(id));
	};

	if (isOldN8n) {
		it('asks nobody, as the reply would be refused', async () => {
			const execution = await lab.rest.waitForEnd(await run(asking(), NEXT));
			const { message, description } = execution.data.resultData.error ?? {};
			expect(message).toBe('This version of n8n would refuse the reply');
			expect(description).toContain('The customer was not asked.');
			expect(lab.sandbox.requests()).toEqual([]);
		});
		return;
	}

	it('goes on with a reply behind a proxy that takes a path away', async () => {
		const id = await run(asking({ options: YES_OR_NO }), NEXT);
		const isWaiting = async () => (await lab.rest.execution(id)).status === 'waiting';
		await waitUntil(isWaiting, { what: 'the execution to wait' });
		const [webhook] = lab.sandbox.webhooks();
		expect(webhook?.url).toContain(`${proxy.url}${PATH}/webhook-waiting/${id}?`);
		expect(await atInstaply()).toMatchObject([{ url: webhook?.url, status: 'waiting' }]);

		const { deliveries } = await lab.sandbox.customerWrites(THREADS.webchat, 'Which day?');
		expect(deliveries).toMatchObject([{ status: 200 }]);
		const forged = String(webhook?.url).replace('instaplyThread=123456', 'instaplyThread=123457');
		const [delivery] = deliveries;
		const secret = webhook?.extraHeaders.map(({ name, value }) => [name, value]) ?? [];
		const post = async (url: string, headers: Record<string, string>) => {
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json', ...headers },
				body: JSON.stringify(delivery?.payload).replace('123456', '123457'),
			});
			return response.status;
		};
		expect(await post(forged, Object.fromEntries(secret))).toBe(401);
		expect(await post(forged, {})).toBe(401);
		expect(await post(forged.replace(/signature=\w/, 'signature=x'), {})).toBe(401);
		expect(await isWaiting()).toBe(true);

		await lab.sandbox.customerWrites(THREADS.webchat, 'Yes');
		expect(next(await lab.rest.waitForEnd(id))).toMatchObject([
			{ ...INPUT, choice: 'yes', reply: { text: 'Yes' } },
		]);
		await waitUntil(() => lab.sandbox.webhooks().length === 0, { what: 'no webhook to be left' });
	});
});
