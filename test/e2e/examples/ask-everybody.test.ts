import axios from 'axios';

import { readExample, withChanged } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { webhook } from '../../../lab/nodes';
import { THREADS } from '../../../sandbox/server';
import type {
	DataTableColumn,
	ExecutionFilter,
	StoredDataTable,
	StoredWorkflow,
	Workflow,
} from '../../../tools/n8n/types';
import { waitUntil } from '../../../tools/process/wait';
import { written } from '../../support/e2e/examples';
import { isOldN8n, openSharedLab } from '../../support/e2e/lab';
import { withTables } from '../../support/e2e/pausedThreads';

/** Of 20 customers, so many do each; so 200 are asked. */
const TIMES = 10;
const CROWD = { yes: 10 * TIMES, no: 5 * TIMES, other: 3 * TIMES, closed: TIMES, silent: TIMES };

const SOON_MS = 30_000;
const CROWD_MS = 240_000;
jest.setTimeout(CROWD_MS);

const EXAMPLE = 'ask-everybody';
const NAME = 'Customers to Ask';
const START = 'When I Want To';
const SEND = 'POST /api/send-message-to-customer-thread';
const NAMES = ['threadId', 'firstName', 'status', 'answer', 'askedAt', 'answeredAt', 'optedOut'];
const COLUMNS = NAMES.map((name): DataTableColumn => ({ name, type: 'string' }));

const QUESTION = 'we are open this Sunday';
const CONFIRMED =
	'workflow: You will get no more questions from us. You can write to us at any time.';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
/** What n8n has for a cell that was never filled, and for one that was emptied. */
const EMPTY = expect.not.stringMatching(/./);

describe('The example that asks everybody', () => {
	let lab: Lab;
	let table: StoredDataTable;
	let workflow: StoredWorkflow;
	beforeEach(async () => {
		lab = await openSharedLab();
		for (const old of await tablesOfExample()) await lab.rest.deleteDataTable(old);
		table = await lab.rest.createDataTable(NAME, COLUMNS);
	});
	afterEach(async () => await lab.close());

	const tablesOfExample = async () =>
		(await lab.rest.dataTables()).filter(({ name }) => name === NAME);
	const publish = async (change = (example: Workflow) => example) => {
		const example = withTables(await readExample(EXAMPLE, lab.credential), [table]);
		workflow = await lab.publish(change(example));
	};
	const fill = async (...rows: Array<Record<string, string>>) =>
		await lab.rest.insertDataTableRows(table, rows);
	const rows = async () => {
		const all = await lab.rest.dataTableRows(table);
		return all.map((row): Record<string, unknown> =>
			Object.fromEntries(NAMES.map((name) => [name, row[name]])),
		);
	};
	const row = async (threadId: string) =>
		(await rows()).find((found) => found.threadId === threadId);
	const run = async () => await lab.rest.runManually(workflow, { trigger: START });
	/** Runs it to the end of its loop. */
	const ask = async () => {
		const execution = await lab.rest.waitForEnd(await run(), { timeout: CROWD_MS });
		expect(execution.status).toBe('success');
	};
	const count = async (filter: ExecutionFilter = {}) =>
		await lab.rest.countExecutions({ workflowId: workflow.id, ...filter });
	const waits = async (wanted: number, timeout = SOON_MS) => {
		const isSo = async () =>
			(await count({ status: ['waiting'] })) === wanted &&
			(await count({ status: ['new', 'running'] })) === 0;
		await waitUntil(isSo, { what: `${wanted} executions to wait`, timeout, interval: 300 });
	};
	const newThread = (thread = {}) => String(lab.sandbox.addThread(thread).id);
	const said = (thread: string) =>
		written(lab.sandbox, thread).filter((line) => !line.startsWith('customer'));
	const asked = () =>
		lab.sandbox
			.requests({ route: SEND })
			.filter(({ body }) => JSON.stringify(body).includes(QUESTION)).length;
	const questionTo = (firstName: string) =>
		expect.stringMatching(new RegExp(`^workflow: Hello ${firstName}, ${QUESTION}`));
	/** For which threads Instaply still has the webhook of a question. */
	const threadsOfQuestions = () =>
		lab.sandbox
			.webhooks()
			.flatMap(({ url }) => new URL(url).searchParams.get('instaplyThread') ?? []);

	it(`asks ${20 * TIMES} at once, and writes into each row what came of it`, async () => {
		const crowd = Object.entries(CROWD).flatMap(([kind, size]) =>
			Array.from({ length: size }, (_, index) => ({
				kind,
				firstName: `${kind}${index}`,
				threadId: newThread(kind === 'closed' ? { channel: 'WHATSAPP', windowOpen: false } : {}),
			})),
		);
		const customers = alternating(crowd);
		await publish(withShortWaitFor('silent'));
		await fill(...customers.map(({ firstName, threadId }) => ({ firstName, threadId })));
		await ask();
		await lab.idle();
		expect(asked()).toBe(customers.length - CROWD.closed);
		// The time of those who are silent may be up by now.
		const waiting = await count({ status: ['waiting'] });
		expect(waiting).toBeGreaterThanOrEqual(customers.length - CROWD.closed - CROWD.silent);

		const replies: Record<string, string[]> = {
			yes: ['Yes!'],
			no: ['No thanks.'],
			other: ['How late?', 'I mean, how late?'],
		};
		const queue = [...customers].reverse().values();
		const customersReply = async () => {
			for (const { kind, threadId } of queue) {
				for (const text of replies[kind] ?? []) {
					await lab.sandbox.customerWrites(threadId, text);
				}
			}
		};
		await Promise.all(Array.from({ length: 3 }, customersReply));
		await waits(0, CROWD_MS);

		const outcomes: Record<string, object> = {
			yes: { status: 'answered', answer: 'Yes', askedAt: TIME, answeredAt: TIME },
			no: { status: 'answered', answer: 'No', askedAt: TIME, answeredAt: TIME },
			other: {
				status: 'something else',
				answer: 'I mean, how late?',
				askedAt: TIME,
				answeredAt: TIME,
			},
			closed: {
				status: expect.stringMatching(/^not asked, because: The messaging window of .+ is closed$/),
				answer: EMPTY,
				askedAt: EMPTY,
				answeredAt: EMPTY,
			},
			silent: { status: 'no answer', answer: EMPTY, askedAt: TIME, answeredAt: EMPTY },
		};
		expect(await rows()).toEqual(
			customers.map(({ kind, ...customer }) => ({
				...customer,
				...outcomes[kind],
				optedOut: null,
			})),
		);
		const clarification = 'workflow: Sorry, I did not understand. Please answer yes or no.';
		for (const { kind, threadId, firstName } of customers) {
			const question = kind === 'closed' ? [] : [questionTo(firstName)];
			expect(said(threadId)).toEqual([...question, ...(kind === 'other' ? [clarification] : [])]);
		}
		expect(await count({ status: ['success'] })).toBe(1 + customers.length);
		expect(await count()).toBe(1 + customers.length);

		// Whoever has a status is not asked again.
		const late = newThread();
		await fill({ firstName: 'late', threadId: late });
		await ask();
		await waits(1);
		expect(asked()).toBe(customers.length - CROWD.closed + 1);
		await lab.sandbox.customerWrites(late, 'yes');
		await waits(0);
		expect(await row(late)).toMatchObject({ status: 'answered', answer: 'Yes' });

		// n8n runs no code when time is up, so what was not answered is taken away some minutes later.
		const silent = customers.filter(({ kind }) => kind === 'silent');
		const isTidy = () =>
			threadsOfQuestions().every((thread) => silent.some(({ threadId }) => threadId === thread));
		await waitUntil(isTidy, { what: 'the webhooks of answered questions to be removed' });
		expect(lab.sandbox.webhooks()).toHaveLength(1 + threadsOfQuestions().length);
	});

	it('asks nobody twice who is in two rows, or when it runs twice at once', async () => {
		const [one, other] = [newThread(), newThread()];
		await publish();
		await fill(
			{ threadId: one, firstName: 'Ada' },
			{ threadId: other, firstName: 'Bob' },
			{ threadId: one, firstName: 'Ada' },
		);
		const both = await Promise.all([run(), run()]);
		for (const id of both) await lab.rest.waitForEnd(id);
		await waits(2);
		expect([said(one), said(other)]).toEqual([[questionTo('Ada')], [questionTo('Bob')]]);
		await lab.sandbox.customerWrites(one, 'Yes');
		await lab.sandbox.customerWrites(other, 'No');
		await waits(0);
		expect((await rows()).map(({ status, answer }) => [status, answer])).toEqual([
			['answered', 'Yes'],
			['answered', 'No'],
			['answered', 'Yes'],
		]);
	});

	it('says why a customer was not asked, and asks again once the status is empty', async () => {
		await publish();
		const unclear = newThread();
		lab.sandbox.faults.add({ route: SEND, kind: 'answerLost' });
		await fill({ threadId: unclear, firstName: 'Ada' });
		await ask();
		await waits(0);
		await fill(
			{ threadId: THREADS.otherUsers, firstName: 'Bob' },
			{ firstName: 'Cid' },
			{ threadId: '', firstName: 'Dan' },
			{ threadId: 'Eve', firstName: 'Eve' },
		);
		await ask();
		await waits(0);
		expect((await rows()).map(({ status, askedAt }) => [status, askedAt])).toEqual([
			['It is not known whether the customer got this message', TIME],
			[
				`not asked, because: Thread ${THREADS.otherUsers} does not exist, or the token's user cannot see it`,
				EMPTY,
			],
			["not asked, because: 'Thread ID' is empty", EMPTY],
			["not asked, because: 'Thread ID' is empty", EMPTY],
			[expect.stringMatching(/^not asked, because: .*Eve/), EMPTY],
		]);
		expect(said(unclear)).toEqual([questionTo('Ada')]);

		const [first] = await lab.rest.dataTableRows(table);
		if (first === undefined) throw new Error('There is no row');
		await lab.rest.updateDataTableRow(table, first, { status: isOldN8n ? null : '' });
		await ask();
		await waits(1);
		await lab.sandbox.customerWrites(unclear, 'n');
		await waits(0);
		expect(await row(unclear)).toMatchObject({ status: 'answered', answer: 'No' });
		expect(said(unclear)).toEqual([questionTo('Ada'), questionTo('Ada')]);
	});

	it('never asks who opted out, in an answer or at any time', async () => {
		const [asks, writes, stops, past] = [newThread(), newThread(), newThread(), newThread()];
		await publish();
		await fill(
			{ threadId: past, firstName: 'Ada', optedOut: '2026-01-15' },
			{ threadId: past, firstName: 'Ada again' },
			{ threadId: asks, firstName: 'Bob' },
			{ threadId: writes, firstName: 'Cid' },
			{ threadId: stops, firstName: 'Dan', status: 'answered' },
		);
		await ask();
		await waits(2);
		await lab.sandbox.customerWrites(asks, 'Please stop!');
		await lab.sandbox.customerWrites(writes, 'Yes');
		await waits(0);
		await lab.sandbox.customerWrites(writes, 'I will stop by at noon');
		await lab.sandbox.customerWrites(stops, 'Unsubscribe\nRegards, Dan');
		await lab.sandbox.customerWrites(stops, 'STOP');
		await lab.sandbox.customerWrites(THREADS.webchat, 'stop');
		await lab.idle();
		await waits(0);

		expect(
			(await rows()).map(({ status, answer, optedOut }) => [status, answer, optedOut]),
		).toEqual([
			[null, null, '2026-01-15'],
			[null, null, null],
			['answered', 'Stop', TIME],
			['answered', 'Yes', null],
			['answered', null, TIME],
		]);
		expect([past, asks, writes, stops, THREADS.webchat].map(said)).toEqual([
			[],
			[questionTo('Bob'), CONFIRMED],
			[questionTo('Cid')],
			[CONFIRMED],
			[],
		]);
	});

	it('asks as well when a schedule or another program starts it', async () => {
		const thread = newThread();
		const path = 'ask-everybody-now';
		await publish((example) =>
			withChanged(example, (node) =>
				node.name === START
					? { ...node, ...webhook(path), name: START, position: node.position }
					: node,
			),
		);
		await fill({ threadId: thread, firstName: 'Ada' });
		await axios.post(`${lab.n8nUrl}/webhook/${path}`, {}, { proxy: false });
		await waits(1);
		await lab.sandbox.customerWrites(thread, 'yes');
		await waits(0);
		expect(await row(thread)).toMatchObject({ status: 'answered', answer: 'Yes' });
	});

	(isOldN8n ? it.skip : it)('makes its table at the first run', async () => {
		await lab.rest.deleteDataTable(table);
		await publish();
		await ask();
		const [created, ...others] = await tablesOfExample();
		if (created === undefined) throw new Error('There is no table');
		expect(others).toEqual([]);
		const columns = await lab.rest.dataTableColumns(created);
		expect(columns.map(({ name, type }) => ({ name, type }))).toEqual(COLUMNS);
		expect(await lab.rest.executions({ workflowId: workflow.id })).toMatchObject([
			{ status: 'success', mode: 'manual' },
		]);
	});
});

/** In another order, in which neighbours differ. */
function alternating<T>(list: T[]): T[] {
	const step = 7;
	return Array.from({ length: step }, (_, start) =>
		list.filter((__, index) => index % step === start),
	).flat();
}

/** Waits for half a minute where the name of the customer begins so. */
function withShortWaitFor(name: string): (workflow: Workflow) => Workflow {
	return (workflow) =>
		withChanged(workflow, (node) => {
			const { options } = node.parameters as { options?: { limitWaitTime?: object } };
			if (options?.limitWaitTime === undefined) return node;
			const resumeAmount = `={{ $json.firstName.startsWith('${name}') ? 0.5 : 60 }}`;
			const values = { limitType: 'afterTimeInterval', resumeAmount, resumeUnit: 'minutes' };
			const parameters = { ...node.parameters, options: { ...options, limitWaitTime: { values } } };
			return { ...node, parameters };
		});
}
