import { readExample } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { THREADS } from '../../../sandbox/server';
import type { StoredWorkflow } from '../../../tools/n8n/types';
import { ended, written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';
import { startStubSheet, withSheet, type Row, type StubSheet } from '../../support/e2e/sheet';

jest.setTimeout(60_000);

const SENT = 'Sent as text, 2026-01-15 10:30';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
const CONFIRMED = 'workflow: You will get no more offers from us. You can write to us at any time.';

describe('The example that collects the answers to a campaign', () => {
	let lab: Lab;
	let sheet: StubSheet;
	let workflow: StoredWorkflow;
	let count: number;
	beforeEach(async () => {
		lab = await openSharedLab();
		sheet = await startStubSheet();
		const example = withSheet(await readExample('collect-answers', lab.credential), sheet);
		workflow = await lab.publish(example);
		count = 0;
	});
	afterEach(async () => {
		await sheet.close();
		await lab.close();
	});

	const fill = (...rows: Array<Partial<Row>>) => {
		sheet.rows = rows.map((row, index) => ({
			row_number: index + 2,
			'Thread ID': THREADS.webchat,
			'First Name': 'Ada',
			Result: SENT,
			...row,
		}));
	};
	const write = async (
		message: Parameters<Lab['sandbox']['customerWrites']>[1],
		thread: string = THREADS.webchat,
	) => {
		await lab.sandbox.customerWrites(thread, message);
		count += 1;
		const [execution] = await ended(lab, workflow, count);
		expect(execution).toMatchObject({ status: 'success' });
		return Object.keys(execution?.data.resultData.runData ?? {});
	};
	const changes = () => sheet.requests.filter(({ method }) => method === 'POST');
	const said = (thread = THREADS.webchat) =>
		written(lab.sandbox, thread).filter((line) => !line.startsWith('customer'));

	it('writes an answer into the row of its customer, and when it came', async () => {
		fill({ 'Thread ID': THREADS.sms }, { 'Thread ID': Number(THREADS.webchat) });
		await write('Yes, I will come');
		expect(sheet.rows).toEqual([
			expect.not.objectContaining({ Answer: expect.anything() }),
			expect.objectContaining({ Result: SENT, Answer: 'Yes, I will come', 'Answered At': TIME }),
		]);
		expect(said()).toEqual([]);
	});

	it('adds further answers', async () => {
		fill({});
		await write('Yes');
		await write('=HYPERLINK("https://example.com")');
		await write({ attachment: { name: 'me.jpg', contentType: 'image/jpeg', contentLength: 12 } });
		expect(sheet.rows).toMatchObject([
			{ Answer: 'Yes\n=HYPERLINK("https://example.com")\nme.jpg' },
		]);
	});

	it('keeps what fits into a cell: the newest', async () => {
		fill({ Answer: 'x'.repeat(9_999) });
		await write('Yes');
		const answer = String(sheet.rows[0]?.Answer);
		expect(answer).toHaveLength(10_000);
		expect(answer).toMatch(/x\nYes$/);
	});

	it('takes the last row of a customer who was written to several times', async () => {
		fill({}, {}, { Result: '' });
		await write('Yes');
		expect(sheet.rows.map(({ Answer }) => Answer)).toEqual([undefined, 'Yes', undefined]);
	});

	it.each([
		['who was not written to yet', ''],
		['who could not be written to', 'Thread 123456 does not exist'],
	])('leaves the row of a customer %s alone', async (_, Result) => {
		fill({ Result });
		await write('Hello');
		expect(changes()).toEqual([]);
	});

	it('does nothing about customers who are not in the sheet', async () => {
		fill({ 'Thread ID': THREADS.sms });
		expect(await write('STOP')).toContain('Nothing to Do');
		expect(changes()).toEqual([]);
		expect(said()).toEqual([]);
	});

	it.each(['STOP', ' stop. ', 'Arrêt', 'ARRET', 'Stopp!', 'baja', 'Hello\nUnsubscribe\nThank you'])(
		'takes %j for an opt-out, notes it in each row of the customer, and confirms it once',
		async (text) => {
			fill({}, { 'Thread ID': THREADS.sms }, { Result: '' });
			await write(text);
			await write('STOP');
			expect(sheet.rows).toEqual([
				expect.objectContaining({ 'Opted Out': TIME }),
				expect.not.objectContaining({ 'Opted Out': expect.anything() }),
				expect.objectContaining({ 'Opted Out': TIME }),
			]);
			expect(sheet.rows.map(({ Answer }) => Answer)).toEqual([undefined, undefined, undefined]);
			expect(said()).toEqual([CONFIRMED]);
		},
	);

	it.each(['I will stop by on Monday', '!?', 'non-stop'])(
		'takes %j for an answer',
		async (text) => {
			fill({});
			await write(text);
			expect(sheet.rows).toEqual([expect.objectContaining({ Answer: text })]);
			expect(sheet.rows[0]).not.toHaveProperty('Opted Out');
			expect(said()).toEqual([]);
		},
	);

	it('is not started by what employees and workflows write', async () => {
		fill({});
		await lab.sandbox.employeeWrites(THREADS.webchat, 'STOP');
		await lab.sandbox.settled();
		expect(await lab.rest.executions({ workflowId: workflow.id })).toEqual([]);
	});
});
