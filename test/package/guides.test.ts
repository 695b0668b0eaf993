/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import { exampleNames, inFrench, readExampleFile, translatedNames } from '../../lab/examples';
import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../nodes/Instaply/InstaplyTrigger.node';
import { resources } from '../../nodes/Instaply/operations';
import { filesBelow, ROOT } from '../support/package/files';
import { fieldLabels, shownNames } from '../support/package/labels';
import { anchorOf, anchorsIn, boldNames, firstCells } from '../support/package/markdown';
import { readMessages } from '../support/package/messages';

/*
 * What the pages for users say of the nodes is what the nodes say and show.
 */

/** They name things on the screen. A translation belongs here, too: names stay as n8n shows them. */
const GUIDES = [
	...['README.md', 'docs/operations.md', 'docs/trigger.md', 'docs/troubleshooting.md'],
	...['docs/fr/README.md', 'docs/fr/depannage.md'],
];
const TROUBLESHOOTING = ['docs/troubleshooting.md', 'docs/fr/depannage.md'];
/** They name the examples, too, with their nodes, tables and columns. */
const PAGES_OF_EXAMPLES = ['examples/README.md', 'docs/fr/exemples.md'];

/** What n8n itself shows (measured on 2.41.1). */
const NAMES_OF_N8N = [
	...['Settings', 'Community nodes', 'Install', 'Update', 'Uninstall package'],
	...['Publish', 'Published', 'Execute step', 'Expression', 'Stop', 'Retry On Fail', 'On Error'],
	...['Continue (using error output)', 'Save successful production executions', 'Do not save'],
	...['…', '+', 'Import', 'From file', 'Export JSON', 'Ignore Case', 'Predefined Credential Type'],
	...['Credentials', 'Create credential', 'contains', 'is equal to', 'true', 'false'],
	...['AI Agent', 'Execute Sub-workflow', 'HTTP Request', 'If', 'Loop Over Items'],
	'When Executed by Another Workflow',
];

/** What GitHub calls the button that downloads a file. */
const DOWNLOAD = 'Download raw file';

/** What else n8n shows, or an older one, where an example is imported and filled in. */
const NAMES_IN_EXAMPLES = [
	...['Import from File...', 'Execute workflow', 'Data Table', 'Get', 'Insert', 'Upsert'],
	...['Always Output Data', 'Credential for Header Auth', 'Name', 'Value', 'Webhook URLs'],
	'Production URL',
];

/** The headings of tables whose rows begin with the name of a field, or of what there is to choose. */
const NAMING = ['Parameter', 'Option', 'Choice'];

const read = async (page: string) => await readFile(join(ROOT, page), 'utf8');

describe.each(GUIDES)('%s', (page) => {
	it('names what n8n shows', async () => {
		const text = await read(page);
		const names = [...boldNames(text), ...firstCells(text, NAMING)];
		expect(names).not.toEqual([]);
		const known = new Set([...shownNames(), ...NAMES_OF_N8N, DOWNLOAD]);
		expect(names.filter((name) => !known.has(name))).toEqual([]);
	});
});

describe.each(PAGES_OF_EXAMPLES)('%s', (page) => {
	it('names examples, what is in them, and what n8n shows', async () => {
		const known = new Set([...shownNames(), ...NAMES_OF_N8N, ...NAMES_IN_EXAMPLES, DOWNLOAD]);
		for (const name of [...exampleNames(), ...translatedNames().map(inFrench)]) {
			const { nodes } = await readExampleFile(name);
			for (const one of [name, ...nodes.flatMap(namesInNode)]) known.add(one);
		}
		const names = boldNames(await read(page));
		expect(names.length).toBeGreaterThan(30);
		expect(names.filter((name) => !known.has(name))).toEqual([]);
	});
});

/** Its own name, that of its table, and those of the columns that it reads or writes. */
function namesInNode({ name, parameters }: INode): string[] {
	const columns = [
		...JSON.stringify(parameters).matchAll(/"(?:displayName|tableName)":"([^"]+)"/g),
	];
	const read = [...JSON.stringify(parameters).matchAll(/\$json\['([^']+)'\]/g)];
	return [name, ...[...columns, ...read].map(([, column = '']) => column)];
}

it('The names of n8n that the pages may use are used', async () => {
	const names = new Set((await Promise.all(GUIDES.map(read))).flatMap(boldNames));
	expect(NAMES_OF_N8N.filter((name) => !names.has(name))).toEqual([]);
});

describe.each(TROUBLESHOOTING)('%s', (page) => {
	/** A message stands in the first column of a table, as code. */
	const messages = async () =>
		[...(await read(page)).matchAll(/^\| `([^`]+)` +\|/gm)].map(([, message = '']) => message);

	it('quotes messages that the nodes really show', async () => {
		const isSaid = await readMessages();
		expect((await messages()).length).toBeGreaterThan(10);
		expect((await messages()).filter((message) => !isSaid(message))).toEqual([]);
	});

	it('says of each message what to do', async () => {
		const rows = (await read(page)).split('\n').filter((line) => line.startsWith('| `'));
		expect(rows).toHaveLength((await messages()).length);
		for (const row of rows) expect(row).toMatch(/^\| `[^`]+` +\| .*\p{L}{3}.* \|$/u);
	});
});

it('A message that nothing says would be found', async () => {
	const isSaid = await readMessages();
	expect(isSaid("'Text' is empty")).toBe(true);
	expect(isSaid('Thread … has no templates')).toBe(true);
	expect(isSaid('Thread … has no template')).toBe(false);
	expect(isSaid('Instaply did not accept the key')).toBe(false);
});

describe('The README', () => {
	it('is short enough for a front door', async () => {
		expect((await read('README.md')).split('\n').length).toBeLessThanOrEqual(200);
	});

	it('lists every operation, with a link to its description', async () => {
		const readme = await read('README.md');
		const described = anchorsIn(await read('docs/operations.md'));
		for (const { option: resource, operations } of resources) {
			for (const { option } of operations) {
				// The webhooks share a section.
				const isWebhook = resource.value === 'webhook';
				const anchor = isWebhook ? 'webhook' : anchorOf(`${resource.name} > ${option.name}`);
				expect(described).toContain(anchor);
				const [, shown = ''] =
					new RegExp(`\\[([^\\]]+)\\]\\(docs/operations\\.md#${anchor}\\)`).exec(readme) ?? [];
				expect(shown.split(', ')).toContain(option.name);
			}
		}
	});

	it('counts all actions in the text of their picture', async () => {
		const [, actions] = /alt="[^"]*?(\d+) actions/.exec(await read('README.md')) ?? [];
		expect(Number(actions)).toBe(resources.flatMap(({ operations }) => operations).length);
	});

	it('has the sections to which n8n leads from the nodes and the credential', async () => {
		const anchors = anchorsIn(await read('README.md'));
		const links: string[] = [];
		for (const folder of ['nodes', 'credentials']) {
			for (const file of await filesBelow(join(ROOT, folder))) {
				const text = await read(`${folder}/${file}`);
				links.push(
					...[...text.matchAll(/\/n8n-nodes-instaply#([\w-]+)/g)].map(([, to = '']) => to),
				);
			}
		}
		expect(new Set(links)).toEqual(
			new Set(['instaply', 'instaply-trigger', 'connect-your-instaply-account']),
		);
		for (const link of links) expect(anchors).toContain(link);
	});
});

it.each([
	['docs/operations.md', new Instaply()],
	['docs/trigger.md', new InstaplyTrigger()],
])('%s describes every field', async (page, { description }) => {
	const text = await read(page);
	const labels = fieldLabels(description).filter(
		(label) => !['Resource', 'Operation', 'Options'].includes(label),
	);
	expect(labels.filter((label) => !text.includes(label))).toEqual([]);
});
