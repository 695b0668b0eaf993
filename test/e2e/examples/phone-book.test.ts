import type { INode } from 'n8n-workflow';

import { readExample, withChanged } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { THREADS } from '../../../sandbox/server';
import type { StoredWorkflow, Workflow } from '../../../tools/n8n/types';
import { collectingFor, ended, written } from '../../support/e2e/examples';
import { openSharedLab } from '../../support/e2e/lab';
import { startStubServer, type StubServer } from '../../support/e2e/stubServer';

jest.setTimeout(60_000);

type Row = Record<string, string>;

describe('The example that keeps a phone book', () => {
	let lab: Lab;
	let sheet: StubServer;
	let withOwnSheet: Workflow;
	let workflow: StoredWorkflow;
	let rows: Row[];
	beforeEach(async () => {
		lab = await openSharedLab();
		rows = [];
		const example = await readExample('phone-book', lab.credential);
		const key = keyOf(example);
		// Adds or updates a row, as Google does.
		sheet = await startStubServer(({ method, body }) => {
			if (method === 'GET') return rows;
			const row = body as Row;
			const known = rows.find((one) => one[key] === row[key]);
			if (known === undefined) rows.push(row);
			return Object.assign(known ?? {}, row);
		});
		withOwnSheet = withChanged(example, withSheet(sheet.url));
	});
	afterEach(async () => {
		await lab.close();
		await sheet.close();
	});

	const write = async (thread: string, text: string, count: number) => {
		await lab.sandbox.customerWrites(thread, text);
		expect(await ended(lab, workflow, count)).toMatchObject([
			...Array(count).fill({ status: 'success' }),
		]);
	};

	const publish = async (change: (workflow: Workflow) => Workflow = collectingFor(1)) => {
		workflow = await lab.publish(change(withOwnSheet));
	};

	it('has one row for somebody who writes several messages in a row', async () => {
		await publish((example) => example);
		await lab.sandbox.customerWrites(THREADS.sms, 'Hi');
		await write(THREADS.sms, 'one question', 1);
		expect(rows).toMatchObject([{ 'Thread ID': THREADS.sms, 'Last Message': 'Hi\none question' }]);
	});

	it('has a row for each thread, with what is known and was written last', async () => {
		await publish();
		await write(THREADS.whatsappOpen, 'Hello', 1);
		await write(THREADS.webchat, '=IMPORTDATA("https://example.com")', 2);
		await write(THREADS.whatsappOpen, 'Hello?', 3);
		const at = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
		expect(rows).toEqual([
			{
				'Thread ID': THREADS.whatsappOpen,
				'First Name': 'Claire',
				Name: 'Claire Dubois',
				Phone: expect.stringMatching(/^\+\d+$/),
				Email: expect.any(String),
				Channel: 'whatsapp',
				'Customer ID': expect.any(String),
				'Last Message': 'Hello?',
				'Last Message At': at,
			},
			expect.objectContaining({ 'Thread ID': THREADS.webchat, Channel: 'webchat' }),
		]);
	});

	it('writes what customers wrote as text, which no sheet takes for a formula', async () => {
		const { nodes } = await readExample('phone-book');
		const [node] = nodes.filter(isSheet);
		expect(node?.parameters.options).toEqual({ cellFormat: 'RAW' });
	});

	it('leaves what others wrote into a row, and feeds the campaign', async () => {
		await publish();
		await write(THREADS.whatsappOpen, 'Hello', 1);
		await write(THREADS.sms, 'Hello', 2);
		Object.assign(rows[1] ?? {}, { Result: 'Sent as text' });
		await write(THREADS.sms, 'Hello again', 3);
		expect(rows[1]).toMatchObject({ Result: 'Sent as text', 'Last Message': 'Hello again' });

		const campaign = withChanged(
			await readExample('whatsapp-campaign', lab.credential),
			withSheet(sheet.url),
		);
		const saved = await lab.rest.createWorkflow(campaign);
		await lab.rest.waitForEnd(await lab.rest.runManually(saved, { trigger: 'When I Want To' }));
		expect(written(lab.sandbox, THREADS.whatsappOpen)).toEqual([
			'customer: Hello',
			expect.stringMatching(/^workflow: Hello Claire, our winter sale/),
		]);
		expect(written(lab.sandbox, THREADS.sms)).toHaveLength(2);
	});
});

const isSheet = ({ type }: INode) => type === 'n8n-nodes-base.googleSheets';

/** The column by which Google finds the row. */
function keyOf({ nodes }: Workflow): string {
	const { columns } = nodes.find(isSheet)?.parameters as { columns: { matchingColumns: string[] } };
	return columns.matchingColumns.join();
}

/** Puts requests to `url` in the place of Google: they read all rows, or write the item as one. */
const withSheet =
	(url: string) =>
	(node: INode): INode => {
		if (!isSheet(node)) return node;
		const request = { ...node, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 };
		const { columns } = node.parameters as { columns?: { mappingMode: string } };
		if (columns === undefined) return { ...request, parameters: { url } };
		if (columns.mappingMode !== 'autoMapInputData') return { ...node, type: 'n8n-nodes-base.noOp' };
		const json = { specifyBody: 'json', jsonBody: '={{ JSON.stringify($json) }}' };
		return { ...request, parameters: { url, method: 'POST', sendBody: true, ...json } };
	};
