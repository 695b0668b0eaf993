import { withChanged } from '../../../lab/examples';
import type { Workflow } from '../../../tools/n8n/types';
import { startStubServer, type StubServer } from './stubServer';

/** A row as the Google Sheets node puts it out. Empty cells are left out by some, and empty here. */
export type Row = Record<string, string | number> & { row_number: number };

/** Stands in for a Google sheet whose first row holds the names of the columns. */
export interface StubSheet extends StubServer {
	/** May be changed at any time. */
	rows: Row[];
}

export async function startStubSheet(): Promise<StubSheet> {
	const server = await startStubServer(({ method, query, body }) => {
		if (method === 'GET') return sheet.rows.filter((row) => holds(row, query as Cells));
		const change = body as Row;
		const row = sheet.rows.find(({ row_number }) => row_number === Number(change.row_number));
		return Object.assign(row ?? {}, change, { row_number: row?.row_number });
	});
	const sheet: StubSheet = { ...server, rows: [] };
	return sheet;
}

/** Puts requests to a sheet in the place of Google: they read, look up and write the same. */
export function withSheet(workflow: Workflow, { url }: StubSheet): Workflow {
	return withChanged(workflow, (node) => {
		if (node.type !== 'n8n-nodes-base.googleSheets') return node;
		const { columns, filtersUI } = node.parameters as SheetParameters;
		const request = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 };
		if (columns === undefined) {
			const lookUps = filtersUI?.values ?? [];
			const parameters = lookUps.map((lookUp) => ({
				name: lookUp.lookupColumn,
				value: lookUp.lookupValue,
			}));
			const query = { sendQuery: true, queryParameters: { parameters } };
			return { ...node, ...request, parameters: { url, ...query } };
		}
		const cells = Object.entries(columns.value).map(([name, value]) => ({ name, value }));
		const body = { method: 'POST', sendBody: true, bodyParameters: { parameters: cells } };
		return { ...node, ...request, parameters: { url, ...body } };
	});
}

type Cells = Record<string, string>;

interface SheetParameters {
	columns?: { value: Cells };
	filtersUI?: { values: Array<{ lookupColumn: string; lookupValue: string }> };
}

/** Google's numbers are found by texts, too. */
function holds(row: Row, cells: Cells): boolean {
	return Object.entries(cells).every(([column, value]) => String(row[column]) === value);
}
