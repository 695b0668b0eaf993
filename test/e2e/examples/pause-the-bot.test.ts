import { readExample } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { itemsOf } from '../../../tools/n8n/rest';
import type { StoredDataTable, StoredWorkflow, Workflow } from '../../../tools/n8n/types';
import { ended, written } from '../../support/e2e/examples';
import { isOldN8n, openSharedLab } from '../../support/e2e/lab';
import { botThatAsks, openTables, TABLES, withTables } from '../../support/e2e/pausedThreads';

jest.setTimeout(90_000);

const EXAMPLE = 'pause-the-bot';
const START = 'Once, Before Publishing';
const HOUR_MS = 3_600_000;

describe('The example that pauses a bot', () => {
	let lab: Lab;
	let tables: StoredDataTable[];
	let watch: StoredWorkflow;
	let bot: StoredWorkflow;
	let thread: string;
	let watched: number;
	let asked: number;
	beforeEach(async () => {
		lab = await openSharedLab();
		tables = await openTables(lab.rest);
		thread = newThread();
		watched = 0;
		asked = 0;
	});
	afterEach(async () => await lab.close());

	const newThread = () => String(lab.sandbox.addThread().id);
	const readWatch = async () => withTables(await readExample(EXAMPLE, lab.credential), tables);
	const start = async (change = (workflow: Workflow) => workflow) => {
		watch = await lab.publish(change(await readWatch()));
		bot = await lab.publish(withTables(botThatAsks(), tables));
	};
	/** Lets the customers write, and n8n work until it has nothing left to do. */
	const customersWrite = async (...messages: Array<[thread: string, text: string]>) => {
		const before = botTexts();
		await Promise.all(
			messages.map(async ([where, text]) => await lab.sandbox.customerWrites(where, text)),
		);
		asked += messages.length;
		await ended(lab, bot, asked);
		watched += botTexts() - before;
		await ended(lab, watch, watched);
	};
	/** The note by which n8n answers is an event, too. */
	const employeeWrites = async (
		message: Parameters<Lab['sandbox']['employeeWrites']>[1],
		{ where = thread, events = 1 } = {},
	) => {
		await lab.sandbox.employeeWrites(where, message);
		watched += events;
		await ended(lab, watch, watched);
	};
	const employeeNotes = async (text: string, events = 1) =>
		await employeeWrites({ text, internal: true }, { events });
	const botTexts = () =>
		lab.sandbox.requests({ route: 'POST /api/send-message-to-customer-thread' }).length;
	const rowsOf = async (name: string, where = thread) => {
		const table = tables.find((found) => found.name === name);
		if (table === undefined) throw new Error(`There is no table ${name}`);
		const rows = await lab.rest.dataTableRows(table);
		return { table, rows: rows.filter(({ threadId }) => threadId === where) };
	};
	const runFrom = async (trigger: string, workflow: StoredWorkflow) => {
		const id = await lab.rest.runManually(workflow, { trigger });
		return await lab.rest.waitForEnd(id);
	};

	it('silences the bot where an employee wrote, and nowhere else', async () => {
		await start();
		const other = newThread();
		await customersWrite([thread, 'Hello']);
		await employeeWrites('I take over.');
		await customersWrite([thread, 'Thank you'], [other, 'Hello']);
		expect(written(lab.sandbox, thread)).toEqual([
			'customer: Hello',
			'workflow: *Echo:* Hello',
			'employee: I take over.',
			'customer: Thank you',
		]);
		expect(written(lab.sandbox, other)).toEqual(['customer: Hello', 'workflow: *Echo:* Hello']);
	});

	it('does not take what the bot writes for an employee, however quick and however formatted', async () => {
		await start();
		await customersWrite([thread, 'One'], [thread, 'Two'], [thread, 'Three']);
		await customersWrite([thread, 'Four']);
		expect(written(lab.sandbox, thread).filter((line) => line.startsWith('workflow'))).toHaveLength(
			4,
		);
		expect((await rowsOf('Paused Threads')).rows).toEqual([]);
	});

	it('silences the bot where an employee sends a file', async () => {
		await start();
		const attachment = { name: 'a.pdf', contentType: 'application/pdf', contentLength: 1234 };
		await employeeWrites({ attachment });
		await customersWrite([thread, 'Thank you']);
		expect(written(lab.sandbox, thread)).toEqual(['employee: ', 'customer: Thank you']);
	});

	it('silences for 8 hours, or as many as are filled in, from the last message on', async () => {
		await start();
		const pausedFor = async () => {
			const { rows } = await rowsOf('Paused Threads');
			expect(rows).toHaveLength(1);
			return (Date.parse(String(rows[0]?.pausedUntil)) - Date.now()) / HOUR_MS;
		};
		await employeeWrites('Hello');
		const first = await pausedFor();
		expect(first).toBeGreaterThan(7.9);
		expect(first).toBeLessThanOrEqual(8);
		await lab.unpublish(watch);

		const short = withHours(await readWatch(), 2);
		watch = await lab.publish(short);
		watched = 0;
		await employeeWrites('Hello again');
		const second = await pausedFor();
		expect(second).toBeGreaterThan(1.9);
		expect(second).toBeLessThanOrEqual(2);
	});

	it('lets the bot answer when the time is over', async () => {
		await start();
		await employeeWrites('I take over.');
		const { table, rows } = await rowsOf('Paused Threads');
		for (const row of rows) {
			const pausedUntil = new Date(Date.now() - 1000).toISOString();
			await lab.rest.updateDataTableRow(table, row, { pausedUntil });
		}
		await customersWrite([thread, 'Anybody there?']);
		expect(written(lab.sandbox, thread).at(-1)).toBe('workflow: *Echo:* Anybody there?');
	});

	it('silences and wakes the bot by a note, and says so', async () => {
		await start();
		await employeeNotes('Bot OFF, please', 2);
		await customersWrite([thread, 'Hello']);
		await employeeNotes(' bot on', 2);
		await customersWrite([thread, 'Hello?']);
		expect(written(lab.sandbox, thread)).toEqual([
			'note: Bot OFF, please',
			expect.stringMatching(
				/^note: The bot is silent here until \w+day, \d\d:\d\d\. The note "bot on" wakes it\.$/,
			),
			'customer: Hello',
			'note:  bot on',
			'note: The bot answers here again.',
			'customer: Hello?',
			'workflow: *Echo:* Hello?',
		]);
	});

	it('says so, too, where the bot was awake already', async () => {
		await start();
		await employeeNotes('bot on', 2);
		expect(written(lab.sandbox, thread)).toEqual([
			'note: bot on',
			'note: The bot answers here again.',
		]);
	});

	it('does nothing about other notes', async () => {
		await start();
		await employeeNotes('bot only answers orders');
		await employeeNotes('Is the bot off?');
		await customersWrite([thread, 'Hello']);
		expect(written(lab.sandbox, thread).at(-1)).toBe('workflow: *Echo:* Hello');
	});

	it('silences a bot that was thinking when the employee wrote', async () => {
		watch = await lab.publish(await readWatch());
		bot = await lab.publish(withTables(botThatAsks({ isPausedMeanwhile: true }), tables));
		await customersWrite([thread, 'Hello']);
		expect(written(lab.sandbox, thread)).toEqual(['customer: Hello']);
	});

	it('takes an hour-old text of the bot for one that an employee has written anew', async () => {
		// What is an hour old cannot be made here: the hour is made shorter.
		await start((workflow) => withReplaced(workflow, '{ hours: 1 }', '{ hours: 0 }'));
		await customersWrite([thread, 'Hello']);
		expect((await rowsOf('Paused Threads')).rows).toHaveLength(1);
	});

	it('forgets past pauses and old texts every night, and keeps the others', async () => {
		await start();
		const past = newThread();
		await customersWrite([thread, 'Hello'], [past, 'Hello']);
		await employeeWrites('I take over.');
		const { table } = await rowsOf('Paused Threads');
		await employeeWrites('I take over.', { where: past });
		const [pause] = (await rowsOf('Paused Threads', past)).rows;
		if (pause === undefined) throw new Error('There is no pause');
		const pausedUntil = new Date(Date.now() - 1000).toISOString();
		await lab.rest.updateDataTableRow(table, pause, { pausedUntil });

		expect(await runFrom('Every Night', watch)).toMatchObject({ status: 'success' });
		const left = async (where: string) => [
			(await rowsOf('Paused Threads', where)).rows.length,
			(await rowsOf('Texts of the Bot', where)).rows.length,
		];
		expect(await left(thread)).toEqual([1, 1]);
		expect(await left(past)).toEqual([0, 1]);

		// What is a day old cannot be made here: the day is made shorter.
		const later = withReplaced(await readWatch(), '{ days: 1 }', '{ days: 0 }');
		await runFrom('Every Night', await lab.rest.createWorkflow(later));
		expect(await left(thread)).toEqual([1, 0]);
	});

	(isOldN8n ? it.skip : it)('creates its tables, and keeps them at the next time', async () => {
		for (const table of tables) await lab.rest.deleteDataTable(table);
		const workflow = await lab.rest.createWorkflow(await readWatch());
		expect(await runFrom(START, workflow)).toMatchObject({ status: 'success' });
		const created = (await lab.rest.dataTables()).filter(({ name }) => name in TABLES);
		const columns = created.map(async (table) => {
			const found = await lab.rest.dataTableColumns(table);
			return [table.name, found.map(({ name, type }) => ({ name, type }))];
		});
		expect(Object.fromEntries(await Promise.all(columns))).toEqual(TABLES);

		const again = await runFrom(START, workflow);
		expect(again).toMatchObject({ status: 'success' });
		const ids = ['Create Paused Threads', 'Create Texts of the Bot'].map(
			(node) => itemsOf(again, node)[0]?.json.id,
		);
		expect(ids.sort()).toEqual(created.map(({ id }) => id).sort());
	});
});

const withHours = (workflow: Workflow, hours: number) =>
	withReplaced(workflow, '"value":8', `"value":${hours}`);

/** The same workflow, with another text in the place of one that is there. */
function withReplaced(workflow: Workflow, from: string, to: string): Workflow {
	const text = JSON.stringify(workflow.nodes);
	expect(text).toContain(from);
	return { ...workflow, nodes: JSON.parse(text.replaceAll(from, to)) };
}
