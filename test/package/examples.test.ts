/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { exampleNames, inFrench, readExampleFile, translatedNames } from '../../lab/examples';
import { INSTAPLY, INSTAPLY_TRIGGER } from '../../lab/nodes';
import { isJsonObject } from '../../nodes/Instaply/common/json';
import { foldAccents } from '../../nodes/Instaply/common/spelling';
import { triggerVersions } from '../../nodes/Instaply/n8n/triggerVersion';
import {
	acceptedReplies,
	choiceIn,
	type Choice,
} from '../../nodes/Instaply/replies/acceptedReplies';
import { ROOT } from '../support/package/files';

const IMAGES = join(ROOT, '.github', 'images');
const MEGABYTE = 1024 * 1024;

/** A PNG says its width, in pixels, behind its signature and the head of its first chunk. */
const widthOf = (png: Buffer) => png.readUInt32BE(16);

const ALL = [...exampleNames(), ...translatedNames().map(inFrench)];

it.each(exampleNames())('The example %s is listed with its picture', async (name) => {
	const table = await readFile(join(ROOT, 'examples', 'README.md'), 'utf8');
	const row = table.split('\n').find((line) => line.startsWith(`| [${name}.json](${name}.json)`));
	expect(row).toMatch(new RegExp(`!\\[.+\\]\\(\\.\\./\\.github/images/${name}\\.png\\)`));
	expect(widthOf(await readFile(join(IMAGES, `${name}.png`)))).toBeGreaterThan(0);
});

describe.each(ALL)('The example %s', (name) => {
	it('says on its canvas what has to be filled in', async () => {
		const { nodes } = await readExampleFile(name);
		const notes = nodes
			.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
			.map(({ parameters }) => String(parameters.content));
		const isMain = (note: string) => note.startsWith('## ');
		expect(notes.filter(isMain)).toEqual([
			expect.stringMatching(/^## .+\n.+\n\n\*\*(Fill in|À remplir\u00a0):\*\* .+$/),
		]);
		// Further notes, if any, say what a part of it does.
		for (const note of notes.filter((one) => !isMain(one))) expect(note).toMatch(/^### .+\n.+$/);
	});

	it('contains nothing of the n8n in which it was made', async () => {
		const workflow = await readExampleFile(name);
		expect(Object.keys(workflow)).toEqual(['name', 'nodes', 'connections', 'settings']);
		expect(workflow.settings).toEqual({ executionOrder: 'v1' });
		for (const { id, credentials } of workflow.nodes) {
			expect(id).toMatch(/^00000000-0000-4000-8000-\d{12}$/);
			expect(credentials).toBeUndefined();
		}
	});

	it('leaves the addresses of its webhooks to n8n, so that it can be imported twice', async () => {
		const { nodes } = await readExampleFile(name);
		for (const { webhookId, parameters } of nodes) {
			expect(webhookId).toBeUndefined();
			expect(parameters).not.toHaveProperty('path');
		}
	});

	it('has Google Sheets take nothing that it writes for a formula', async () => {
		const { nodes } = await readExampleFile(name);
		const sheets = nodes.filter(({ type }) => type === 'n8n-nodes-base.googleSheets');
		for (const { parameters } of sheets.filter((node) => node.parameters.columns)) {
			expect(parameters.options).toMatchObject({ cellFormat: 'RAW' });
		}
	});

	it('has the newest trigger, which ignores awaited replies by itself', async () => {
		const { nodes } = await readExampleFile(name);
		for (const { typeVersion, parameters } of nodes.filter(
			({ type }) => type === INSTAPLY_TRIGGER,
		)) {
			expect(typeVersion).toBe(triggerVersions.defaultVersion);
			expect(parameters).not.toHaveProperty('options.ignoreAwaitedReplies', true);
		}
	});

	it('can be started only by somebody who knows a secret', async () => {
		const { nodes } = await readExampleFile(name);
		for (const { parameters } of nodes.filter(({ type }) => type === 'n8n-nodes-base.webhook')) {
			expect(parameters.authentication).toBe('headerAuth');
		}
	});
});

/** The accepted replies of an example's questions, as their node understands them. */
async function questionsOf(name: string): Promise<Choice[][]> {
	const { nodes } = await readExampleFile(name);
	return nodes.flatMap(({ type, parameters }) => {
		const options: unknown = parameters.options;
		if (type !== INSTAPLY || !isJsonObject(options) || !options.acceptedReplies) return [];
		return [acceptedReplies.value((parameter) => options[parameter])];
	});
}

it('Whatever asks for a yes or a no takes them in English and in French', async () => {
	const taken: Record<string, unknown> = {};
	for (const name of ALL) {
		for (const choices of await questionsOf(name)) {
			const meanings = ['yes', 'Oui !', 'no', 'NON.'].map((text) => choiceIn(text, choices));
			if (meanings.some((meaning) => meaning !== undefined)) taken[name] = meanings;
		}
	}
	expect(taken).toEqual({
		'ask-everybody': ['Yes', 'Yes', 'No', 'No'],
		'confirm-appointment': ['Yes', 'Yes', 'No', 'No'],
		'fr/ask-everybody': ['Oui', 'Oui', 'Non', 'Non'],
		'fr/confirm-appointment': ['Oui', 'Oui', 'Non', 'Non'],
	});
});

it.each(ALL)('%s has a branch only for replies that its question accepts', async (name) => {
	const replies = (await questionsOf(name)).flat().map(({ reply }) => reply);
	const { nodes } = await readExampleFile(name);
	const compared = /"leftValue":"=\{\{ \$json\.choice \}\}","rightValue":"([^"]*)"/g;
	const wanted = [...JSON.stringify(nodes).matchAll(compared)].map(([, reply]) => reply);
	if (name.endsWith('confirm-appointment')) expect(wanted).toEqual(replies);
	for (const reply of wanted) expect(replies).toContain(reply);
});

// The trigger hears them at any time, the filter picks them, and the question takes them for an answer.
it.each(['ask-everybody', inFrench('ask-everybody')])(
	'%s knows the same words for stop in its trigger, its filter and its question',
	async (name) => {
		const stop = (await questionsOf(name)).flat().find(({ reply }) => reply === 'Stop');
		const words = [stop?.reply ?? '', ...(stop?.alsoAccept ?? [])].map(foldAccents);
		const { nodes } = await readExampleFile(name);
		const [, list = ''] = /\[('stop'[^\]]*)\]\.includes/.exec(JSON.stringify(nodes)) ?? [];
		expect(list.split(', ').map((word) => word.replaceAll("'", ''))).toEqual(words);
		const trigger = nodes.find(({ type }) => type === INSTAPLY_TRIGGER);
		const options: unknown = trigger?.parameters.options;
		const heard = isJsonObject(options) ? String(options.textContains).split(', ') : [];
		const isHeard = (text: string) =>
			heard.some((word) => text.split(' ').includes(foldAccents(word)));
		expect(words.filter((word) => !isHeard(word))).toEqual([]);
	},
);

it('The pictures are small enough for a mobile connection', async () => {
	const names = await readdir(IMAGES);
	const pictures = await Promise.all(names.map(async (name) => await readFile(join(IMAGES, name))));
	for (const picture of pictures) expect(widthOf(picture)).toBeLessThanOrEqual(1400);
	const bytes = pictures.reduce((sum, { length }) => sum + length, 0);
	expect(bytes).toBeLessThan(2.5 * MEGABYTE);
});
