import { readExample, withChanged } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import type {
	DataTableColumn,
	StoredDataTable,
	StoredWorkflow,
	Workflow,
} from '../../../tools/n8n/types';
import { waitUntil } from '../../../tools/process/wait';
import { ended, written } from '../../support/e2e/examples';
import { isOldN8n, openSharedLab } from '../../support/e2e/lab';
import { withTables } from '../../support/e2e/pausedThreads';

/** n8n looks once a minute for executions whose time is up. */
const TIME_UP_MS = 100_000;
jest.setTimeout(TIME_UP_MS + 30_000);

const EXAMPLE = 'questionnaire';
const NAME = 'Appointment Requests';
const COLUMNS: DataTableColumn[] = [
	{ name: 'threadId', type: 'string' },
	{ name: 'subject', type: 'string' },
	{ name: 'day', type: 'string' },
	{ name: 'email', type: 'string' },
];

const LIST = '1. Repair\n2. Advice\n3. Pick-up';
const QUESTIONS = [
	`workflow: Gladly! I have three short questions. What is it about?\n\n${LIST}`,
	expect.stringMatching(
		/^workflow: On which day would you like to come\? For example \d{1,2} \w+ \d{4}\.$/,
	),
	'workflow: To which e-mail address may we send the confirmation?',
];
const PROMISE = 'workflow: Sorry, I do not understand this. A colleague will answer you.';
const NOTE =
	'note: The customer would like an appointment, but I did not understand the answers: please take over.';

describe('The example that asks three questions', () => {
	let lab: Lab;
	let table: StoredDataTable;
	let workflow: StoredWorkflow;
	let thread: string;
	beforeEach(async () => {
		lab = await openSharedLab();
		for (const old of await tablesOfExample()) await lab.rest.deleteDataTable(old);
		table = await lab.rest.createDataTable(NAME, COLUMNS);
		thread = String(lab.sandbox.addThread().id);
	});
	afterEach(async () => await lab.close());

	const tablesOfExample = async () =>
		(await lab.rest.dataTables()).filter(({ name }) => name === NAME);
	const read = async () => withTables(await readExample(EXAMPLE, lab.credential), [table]);
	const start = async (change = (example: Workflow) => example) => {
		workflow = await lab.publish(change(await read()));
	};
	const asked = () =>
		lab.sandbox.conversation(thread).filter(({ from, invisible }) => from === 'api' && !invisible);
	/** Waits until the workflow has written so many messages, and waits for a reply to the last. */
	const waitsAfter = async (count: number) => {
		const waiting = { workflowId: workflow.id, status: ['waiting' as const] };
		const isWaiting = async () =>
			asked().length === count && (await lab.rest.executions(waiting)).length === 1;
		await waitUntil(isWaiting, { what: `the workflow to wait after message ${count}` });
	};
	/** Writes what starts the workflow, then replies to each question, or to each asking again. */
	const converse = async (...replies: string[]) => {
		await lab.sandbox.customerWrites(thread, 'Can I get an APPOINTMENT, please?');
		for (const [index, reply] of replies.entries()) {
			await waitsAfter(index + 1);
			await lab.sandbox.customerWrites(thread, reply);
		}
	};
	const endsWell = async () => {
		const executions = await ended(lab, workflow, 1);
		expect(executions).toMatchObject([{ status: 'success' }]);
	};
	const rows = async () => {
		const all = await lab.rest.dataTableRows(table);
		return all.map(({ threadId, subject, day, email }) => ({ threadId, subject, day, email }));
	};
	/** Without what started it. */
	const conversation = () => written(lab.sandbox, thread).slice(1);
	const status = () => lab.sandbox.thread(thread).status;

	it('notes the answers in its table, and has an employee confirm', async () => {
		await start();
		await converse('2', 'the 14th of May 2027, if possible', 'It is Ada@Example.com');
		await endsWell();

		expect(conversation()).toEqual([
			QUESTIONS[0],
			'customer: 2',
			QUESTIONS[1],
			'customer: the 14th of May 2027, if possible',
			QUESTIONS[2],
			'customer: It is Ada@Example.com',
			'note: Please confirm an appointment: Advice, 2027-05-14, ada@example.com.',
			'workflow: Thank you, that is all! A colleague will confirm your appointment.',
		]);
		expect(await rows()).toEqual([
			{ threadId: thread, subject: 'Advice', day: '2027-05-14', email: 'ada@example.com' },
		]);
		expect(status()).toBe('waiting');
		await lab.sandbox.settled();
		expect(await lab.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
	});

	it('asks again what it does not understand', async () => {
		await start();
		await converse(
			...['no idea', 'broken'],
			...['when you have time', '3/4/2027', '3 April 2027'],
			...['ada at home', 'ada@home.org'],
		);
		await endsWell();
		expect(conversation().filter((line) => line.startsWith('workflow: Sorry'))).toEqual([
			`workflow: Sorry, I did not understand. Please answer with one of the numbers.\n\n${LIST}`,
			'workflow: Sorry, I did not find a day in that. Please write one, such as 14 May.',
			'workflow: Sorry, I am not sure which day that is. Please write it with the name of the month.',
			'workflow: Sorry, that does not look like an e-mail address. It has an @ in it, such as ada@example.com.',
		]);
		expect(await rows()).toEqual([
			{ threadId: thread, subject: 'Repair', day: '2027-04-03', email: 'ada@home.org' },
		]);
	});

	it.each([
		['the first question', ['What?', 'A person, please', 'Hello?']],
		['the second question', ['1', 'soon', 'soon!', 'as soon as you can']],
		['the third question', ['1', '14 May 2027', 'no', 'none', 'I have none']],
	])('hands over politely when it does not understand the answers to %s', async (_, replies) => {
		await start();
		await converse(...replies);
		await endsWell();
		expect(conversation().slice(-2)).toEqual([PROMISE, NOTE]);
		expect(status()).toBe('waiting');
		expect(await rows()).toEqual([]);
	});

	it('ends politely when a question is not answered', async () => {
		await start(withinAMinute);
		await converse('1');
		await waitsAfter(2);
		const execution = await lab.rest.waitForExecution({ workflowId: workflow.id }, undefined, {
			timeout: TIME_UP_MS,
		});
		expect(execution.status).toBe('success');
		expect(conversation().slice(2)).toEqual([
			QUESTIONS[1],
			'workflow: I have not heard from you, so I stop asking here. Write "appointment" when you would like to begin again.',
		]);
		expect(status()).toBe('replied');
		expect(await rows()).toEqual([]);
	});

	it('tells the employee when the table does not take the answers', async () => {
		await start();
		await lab.rest.deleteDataTable(table);
		await converse('1', '14 May 2027', 'ada@example.com');
		await endsWell();
		expect(conversation()).toContain(
			'note: Please confirm an appointment: Repair, 2027-05-14, ada@example.com. The table did not take this.',
		);
		expect(status()).toBe('waiting');
	});

	it('is started by its words alone', async () => {
		await start();
		await lab.sandbox.customerWrites(thread, 'I was disappointed');
		await lab.sandbox.employeeWrites(thread, 'Would you like an appointment?');
		await lab.sandbox.settled();
		expect(await lab.rest.executions({ workflowId: workflow.id })).toEqual([]);
		await lab.sandbox.customerWrites(thread, 'May I visit you?');
		await waitsAfter(1);
	});

	(isOldN8n ? it.skip : it)('creates its table', async () => {
		await lab.rest.deleteDataTable(table);
		const stored = await lab.rest.createWorkflow(await read());
		const id = await lab.rest.runManually(stored, { trigger: 'Once, Before Publishing' });
		expect(await lab.rest.waitForEnd(id)).toMatchObject({ status: 'success' });
		const [created, ...others] = await tablesOfExample();
		if (created === undefined) throw new Error('There is no table');
		expect(others).toEqual([]);
		const columns = await lab.rest.dataTableColumns(created);
		expect(columns.map(({ name, type }) => ({ name, type }))).toEqual(COLUMNS);
	});
});

/** Waits for less time than the example. */
function withinAMinute(workflow: Workflow): Workflow {
	const values = { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'minutes' };
	return withChanged(workflow, (node) => {
		const { options } = node.parameters as { options?: { limitWaitTime?: object } };
		if (options?.limitWaitTime === undefined) return node;
		const parameters = { ...node.parameters, options: { ...options, limitWaitTime: { values } } };
		return { ...node, parameters };
	});
}
