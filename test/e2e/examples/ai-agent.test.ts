import { readExample, withChanged } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import type { StoredDataTable, StoredWorkflow, Workflow } from '../../../tools/n8n/types';
import { startStubModel, type StubModel } from '../../../tools/stubModel';
import { collectingFor, ended, written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';
import { openTables, withTables } from '../../support/e2e/pausedThreads';

jest.setTimeout(90_000);

const HANDED_OVER =
	'note: The AI agent has no answer to this: please take over. It is silent here for 8 hours; the note "bot on" wakes it.';
const HOUR_MS = 3_600_000;

describe('The example with an AI agent', () => {
	let lab: Lab;
	let model: StubModel;
	let tables: StoredDataTable[];
	let workflow: StoredWorkflow;
	let thread: string;
	beforeEach(async () => {
		lab = await openSharedLab();
		tables = await openTables(lab.rest);
		thread = newThread();
	});
	afterEach(async () => {
		await lab.close();
		await model.close();
	});

	const newThread = (...thread: Parameters<Lab['sandbox']['addThread']>) =>
		String(lab.sandbox.addThread(...thread).id);
	const start = async (
		script: Parameters<typeof startStubModel>[0],
		change: (workflow: Workflow) => Workflow = collectingFor(1),
	) => {
		model = await startStubModel(script);
		const data = { apiKey: 'x', url: model.url };
		const credential = await lab.rest.createCredential('openAiApi', data);
		const example = withTables(await readExample('ai-agent', lab.credential, credential), tables);
		workflow = await lab.publish(change(example));
	};
	const startPausing = async () => {
		const example = await readExample('pause-the-bot', lab.credential);
		return await lab.publish(withTables(example, tables));
	};
	/** Lets a customer write, and waits until so many executions of the agent have ended well. */
	const customerWrites = async (
		draft: Parameters<Lab['sandbox']['customerWrites']>[1],
		{ executions, where = thread }: { executions: number; where?: string },
	) => {
		await lab.sandbox.customerWrites(where, draft);
		const all = await ended(lab, workflow, executions);
		expect(all.map(({ status }) => status)).toEqual(all.map(() => 'success'));
		expect(all).toHaveLength(executions);
	};
	const isHandedOver = (note = HANDED_OVER) => {
		expect(written(lab.sandbox, thread).slice(1)).toEqual([note]);
		expect(lab.sandbox.thread(thread).status).toBe('waiting');
	};

	it('answers with what it remembers of the thread, and of no other', async () => {
		await start(['We open at nine.', 'We close at seven.']);
		await customerWrites('When do you open?', { executions: 1 });
		await customerWrites('And close?', { executions: 2 });
		await customerWrites('Until when?', { executions: 3, where: newThread() });
		await lab.sandbox.settled();

		expect(model.conversations).toEqual([
			['user: When do you open?'],
			['user: When do you open?', 'assistant: We open at nine.', 'user: And close?'],
			['user: Until when?'],
		]);
		expect(written(lab.sandbox, thread)).toEqual([
			'customer: When do you open?',
			'workflow: We open at nine.',
			'customer: And close?',
			'workflow: We close at seven.',
		]);
		expect(await ended(lab, workflow, 3)).toHaveLength(3);
	});

	it('gives one answer to three messages in quick succession', async () => {
		await start(['At nine.'], (example) => example);
		const messages = ['Hello!', 'One question:', 'when do you open?'];
		const writing = messages.map(async (text) => await lab.sandbox.customerWrites(thread, text));
		await Promise.all(writing);
		await ended(lab, workflow, 1);
		await lab.sandbox.settled();

		expect(model.conversations).toEqual([[`user: ${messages.join('\n')}`]]);
		expect(written(lab.sandbox, thread)).toEqual([
			...messages.map((text) => `customer: ${text}`),
			'workflow: At nine.',
		]);
		expect(await ended(lab, workflow, 1)).toHaveLength(1);
	});

	it.each([
		['WHATSAPP', 'Yes: *until seven*. See our page (https://example.com/hours).'],
		['WEBCHAT', 'Yes: until seven. See our page (https://example.com/hours).'],
	] as const)('writes Markdown as %s shows it', async (channel, text) => {
		await start(['Yes: **until seven**. See [our page](https://example.com/hours).']);
		thread = newThread({ channel });
		await customerWrites('Are you open?', { executions: 1 });
		expect(written(lab.sandbox, thread).slice(1)).toEqual([`workflow: ${text}`]);
	});

	describe('beside the example pause-the-bot', () => {
		it('is silent where an employee wrote, and nowhere else', async () => {
			const pausing = await startPausing();
			await start(['I am **here**.']);
			const other = newThread();
			await customerWrites('Hello', { executions: 1 });
			await ended(lab, pausing, 1);
			await customerWrites('Anybody?', { executions: 2 });
			await ended(lab, pausing, 2);
			await lab.sandbox.employeeWrites(thread, 'I take over.');
			await ended(lab, pausing, 3);
			await customerWrites('Thank you', { executions: 3 });
			await customerWrites('Hello', { executions: 4, where: other });

			expect(written(lab.sandbox, thread)).toEqual([
				'customer: Hello',
				'workflow: I am here.',
				'customer: Anybody?',
				'workflow: I am here.',
				'employee: I take over.',
				'customer: Thank you',
			]);
			expect(written(lab.sandbox, other)).toEqual(['customer: Hello', 'workflow: I am here.']);
			expect(model.conversations).toHaveLength(3);
		});

		it('is silent when an employee wrote while it was thinking', async () => {
			const pausing = await startPausing();
			const think = async () => {
				await lab.sandbox.employeeWrites(thread, 'I take over.');
				await ended(lab, pausing, 1);
				return 'We open at nine.';
			};
			await start([think]);
			await customerWrites('When do you open?', { executions: 1 });
			expect(written(lab.sandbox, thread)).toEqual([
				'customer: When do you open?',
				'employee: I take over.',
			]);
		});

		it('answers again after a hand-over when an employee wakes it', async () => {
			const pausing = await startPausing();
			await start(['HAND OVER', 'We open at nine.']);
			await customerWrites('I want to talk to somebody', { executions: 1 });
			await ended(lab, pausing, 1);
			await lab.sandbox.employeeWrites(thread, { text: 'bot on', internal: true });
			await ended(lab, pausing, 3);
			await customerWrites('When do you open?', { executions: 2 });
			expect(written(lab.sandbox, thread).at(-1)).toBe('workflow: We open at nine.');
		});
	});

	it('hands over when the model asks for it, tells the customer nothing, and is silent then', async () => {
		await start(['HAND OVER', 'Never said']);
		await customerWrites('I want to talk to somebody', { executions: 1 });
		isHandedOver();

		await customerWrites('Hello?', { executions: 2 });
		const attachment = { name: 'parcel.jpg', contentType: 'image/jpeg', contentLength: 1234 };
		await customerWrites({ attachment }, { executions: 3 });
		expect(written(lab.sandbox, thread).slice(1)).toEqual([
			HANDED_OVER,
			'customer: Hello?',
			'customer: ',
		]);
		expect(model.conversations).toHaveLength(1);
	});

	it('is silent for 8 hours, in one row for each thread', async () => {
		await start(['HAND OVER']);
		await customerWrites('I want to talk to somebody', { executions: 1 });
		const table = tables.find(({ name }) => name === 'Paused Threads');
		if (table === undefined) throw new Error('There is no table');
		const rowsOfThread = async () => {
			const rows = await lab.rest.dataTableRows(table);
			return rows.filter(({ threadId }) => threadId === thread);
		};
		const [row] = await rowsOfThread();
		const hours = (Date.parse(String(row?.pausedUntil)) - Date.now()) / HOUR_MS;
		expect(hours).toBeGreaterThan(7.9);
		expect(hours).toBeLessThanOrEqual(8);

		// As if the time was over.
		if (row) {
			const pausedUntil = new Date(Date.now() - 1000).toISOString();
			await lab.rest.updateDataTableRow(table, row, { pausedUntil });
		}
		await customerWrites('Somebody?', { executions: 2 });
		expect(written(lab.sandbox, thread).slice(1)).toEqual([
			HANDED_OVER,
			'customer: Somebody?',
			HANDED_OVER,
		]);
		expect(await rowsOfThread()).toHaveLength(1);
	});

	it('hands over a file without a text', async () => {
		await start(['I cannot see it.']);
		const attachment = { name: 'parcel.jpg', contentType: 'image/jpeg', contentLength: 1234 };
		await customerWrites({ attachment }, { executions: 1 });
		isHandedOver();
		expect(model.conversations).toEqual([]);
	});

	it('tells the model of a file that came with a text', async () => {
		await start(['HAND OVER'], (example) => example);
		const attachment = { name: 'parcel.jpg', contentType: 'image/jpeg', contentLength: 1234 };
		const writing = [{ attachment }, 'Is this mine?'].map(
			async (draft) => await lab.sandbox.customerWrites(thread, draft),
		);
		await Promise.all(writing);
		await ended(lab, workflow, 1);
		expect(model.conversations).toEqual([
			['user: Is this mine?\n\n(The customer also sent a file, which you cannot see.)'],
		]);
	});

	it('hands over when the model is out of reach', async () => {
		await start(['Never said']);
		await model.close();
		await customerWrites('Hello?', { executions: 1 });
		isHandedOver();
	});

	it('hands over when its answer is not accepted', async () => {
		await start(['We open at nine.']);
		const route = 'POST /api/send-message-to-customer-thread';
		lab.sandbox.faults.add({ route, kind: 'status', status: 400 });
		await customerWrites('When do you open?', { executions: 1 });
		isHandedOver();
	});

	it('hands over when there are no tables, and does not say that it is silent then', async () => {
		await start(['Never said'], withoutTables);
		await customerWrites('Hello?', { executions: 1 });
		isHandedOver('note: The AI agent has no answer to this: please take over.');
		expect(model.conversations).toEqual([]);
	});
});

function withoutTables(workflow: Workflow): Workflow {
	return withChanged(collectingFor(1)(workflow), (node) => {
		if (node.parameters.dataTableId === undefined) return node;
		const dataTableId = { __rl: true, mode: 'id', value: 'missing' };
		return { ...node, parameters: { ...node.parameters, dataTableId } };
	});
}
