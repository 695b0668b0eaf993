import type { INodeParameters } from 'n8n-workflow';

import { withChanged } from '../../../lab/examples';
import { INSTAPLY, instaplyTrigger } from '../../../lab/nodes';
import { workflowOf, type NodeDraft } from '../../../lab/workflow';
import type { N8nRest } from '../../../tools/n8n/rest';
import type { DataTableColumn, StoredDataTable, Workflow } from '../../../tools/n8n/types';
import { isOldN8n } from './lab';

/** The Data Tables of the example pause-the-bot, with their columns. */
export const TABLES: Record<string, DataTableColumn[]> = {
	'Paused Threads': [
		{ name: 'threadId', type: 'string' },
		{ name: 'pausedUntil', type: 'date' },
	],
	'Texts of the Bot': [
		{ name: 'threadId', type: 'string' },
		{ name: 'letters', type: 'string' },
	],
};

/** The tables of the example, made by hand where they are missing. */
export async function openTables(rest: N8nRest): Promise<StoredDataTable[]> {
	const existing = await rest.dataTables();
	const wanted = Object.entries(TABLES).map(
		async ([name, columns]) =>
			existing.find((table) => table.name === name) ?? (await rest.createDataTable(name, columns)),
	);
	return await Promise.all(wanted);
}

/** Chooses the tables in each node, as a user has to where n8n finds none by its name. */
export function withTables(workflow: Workflow, tables: StoredDataTable[]): Workflow {
	if (!isOldN8n) return workflow;
	return withChanged(workflow, (node) => {
		const { dataTableId } = node.parameters as { dataTableId?: { value: string } };
		const table = tables.find(({ name }) => name === dataTableId?.value);
		if (table === undefined) return node;
		const chosen = { __rl: true, mode: 'id', value: table.id };
		return { ...node, parameters: { ...node.parameters, dataTableId: chosen } };
	});
}

const MESSAGE = "$('Instaply Trigger').item.json";
const THREAD = `={{ ${MESSAGE}.customerThreadId }}`;

/**
 * A bot without a model, which asks the tables as the example ai-agent does.
 *
 * @param isPausedMeanwhile it is paused between the two questions whether it is
 */
export function botThatAsks({ isPausedMeanwhile = false } = {}): Workflow {
	const pausedUntil = '={{ $now.plus({ hours: 8 }).toISO() }}';
	const pause = insert('Pause It', 'Paused Threads', { threadId: THREAD, pausedUntil });
	const text = `\`**Echo**: \${${MESSAGE}.messageBody}\``;
	const letters = `={{ ${text}.match(/[\\p{L}\\p{N}]/gu).join('').toLowerCase().slice(0, 60) }}`;
	return workflowOf({
		name: 'Bot',
		nodes: [
			instaplyTrigger('bot'),
			...ask('Look Up Its Pause', 'Is the Bot Awake?'),
			...(isPausedMeanwhile ? [pause] : []),
			insert('Note What the Bot Says', 'Texts of the Bot', { threadId: THREAD, letters }),
			...ask('Look Up Its Pause Again', 'Is It Still Awake?'),
			{
				name: 'Answer',
				type: INSTAPLY,
				parameters: { customerThreadId: THREAD, text: `=*Echo:* {{ ${MESSAGE}.messageBody }}` },
			},
		],
	});
}

/** Looks up the pause of the thread, and goes on where there is none. */
function ask(lookUp: string, question: string): NodeDraft[] {
	const conditions = [
		{ keyName: 'threadId', condition: 'eq', keyValue: THREAD },
		{ keyName: 'pausedUntil', condition: 'gt', keyValue: '={{ $now.toISO() }}' },
	];
	const isEmpty = {
		id: 'isEmpty',
		leftValue: '={{ $json.threadId }}',
		rightValue: '',
		operator: { type: 'string', operation: 'empty', singleValue: true },
	};
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 };
	return [
		{
			...dataTable(lookUp, 'Paused Threads', {
				operation: 'get',
				matchType: 'allConditions',
				filters: { conditions },
				limit: 1,
			}),
			alwaysOutputData: true,
		},
		{
			name: question,
			type: 'n8n-nodes-base.if',
			typeVersion: 2.2,
			parameters: {
				conditions: { options, conditions: [isEmpty], combinator: 'and' },
				looseTypeValidation: true,
			},
		},
	];
}

function insert(name: string, table: string, value: INodeParameters): NodeDraft {
	const columns = { mappingMode: 'defineBelow', value };
	return dataTable(name, table, { operation: 'insert', columns });
}

function dataTable(name: string, table: string, parameters: INodeParameters): NodeDraft {
	const dataTableId = { __rl: true, mode: 'name', value: table };
	return { name, type: 'n8n-nodes-base.dataTable', parameters: { ...parameters, dataTableId } };
}
