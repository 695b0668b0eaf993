import { readExample, withChanged } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { TEMPLATES, THREADS } from '../../../sandbox/server';
import type { Workflow } from '../../../tools/n8n/types';
import { written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';
import { startStubServer, type StubServer } from '../../support/e2e/stubServer';

jest.setTimeout(60_000);

const SEND = 'POST /api/send-message-to-customer-thread';

interface Row {
	row_number: number;
	'Thread ID': string | number;
	'First Name': string;
	Result: string;
}

describe('The example that sends a campaign from a sheet', () => {
	let lab: Lab;
	let sheet: StubServer;
	let rows: Row[];
	beforeEach(async () => {
		lab = await openSharedLab();
		sheet = await startStubServer(({ method, body }) => {
			if (method === 'GET') return rows;
			const change = body as Pick<Row, 'row_number' | 'Result'>;
			return Object.assign(rows.find(isRow(change)) ?? {}, change);
		});
	});
	afterEach(async () => {
		await sheet.close();
		await lab.close();
	});

	const fill = (...threads: Array<string | number>) => {
		rows = threads.map((thread, index) => ({
			row_number: index + 2,
			'Thread ID': thread,
			'First Name': 'Ada',
			Result: '',
		}));
	};
	const run = async () => {
		const example = withSheet(await readExample('whatsapp-campaign', lab.credential), sheet.url);
		const workflow = await lab.rest.createWorkflow(example);
		const id = await lab.rest.runManually(workflow, { trigger: 'When I Want To' });
		return await lab.rest.waitForEnd(id);
	};
	const results = () => rows.map(({ Result }) => Result);
	const TEXT = expect.stringMatching(/^workflow: Hello Ada, our winter sale/);

	it('writes to everybody once: a text, or the template where the window is closed', async () => {
		fill(THREADS.whatsappOpen, Number(THREADS.whatsappClosed));
		expect((await run()).status).toBe('success');
		expect(results()).toEqual([
			expect.stringMatching(/^Sent as text, \d{4}-\d\d-\d\d \d\d:\d\d$/),
			expect.stringMatching(/^Sent as template, /),
		]);
		expect((await run()).status).toBe('success');
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([TEXT]);
		expect(written(lab.sandbox, THREADS.whatsappClosed)).toEqual([
			`workflow: ${TEMPLATES.stillInterested}`,
		]);
	});

	it('takes 100 rows at a time', async () => {
		const threads = Array.from({ length: 101 }, () => lab.sandbox.addThread().id);
		fill(...threads);
		await run();
		expect(results().filter((result) => result === '')).toHaveLength(1);
		await run();
		expect(threads.map((thread) => written(lab.sandbox, thread))).toEqual(
			threads.map(() => [TEXT]),
		);
	});

	it('notes why a customer could not be written to, and goes on with the others', async () => {
		fill(THREADS.otherUsers, '', THREADS.whatsappOpen);
		expect((await run()).status).toBe('success');
		expect(results()).toEqual([
			expect.stringContaining(`Thread ${THREADS.otherUsers} does not exist`),
			expect.stringContaining("'Thread ID' is empty"),
			expect.stringMatching(/^Sent as text/),
		]);
	});

	it('does not write again to a customer of whom it is not known, until somebody says so', async () => {
		fill(THREADS.whatsappOpen);
		lab.sandbox.faults.add({ route: SEND, kind: 'answerLost' });
		await run();
		expect(results()).toEqual([expect.stringContaining('It is not known')]);
		await run();
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([TEXT]);
		fill(THREADS.whatsappOpen);
		await run();
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([TEXT, TEXT]);
	});
});

const isRow =
	({ row_number }: Pick<Row, 'row_number'>) =>
	(row: Row) =>
		row.row_number === row_number;

/** Puts requests to `url` in the place of Google: they read the same, and write the same. */
function withSheet(workflow: Workflow, url: string): Workflow {
	return withChanged(workflow, (node) => {
		if (node.type !== 'n8n-nodes-base.googleSheets') return node;
		const { columns } = node.parameters as { columns?: { value: Record<string, string> } };
		const request = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 };
		if (columns === undefined) return { ...node, ...request, parameters: { url } };
		const cells = Object.entries(columns.value).map(([name, value]) => ({ name, value }));
		const body = { method: 'POST', sendBody: true, bodyParameters: { parameters: cells } };
		return { ...node, ...request, parameters: { url, ...body } };
	});
}
