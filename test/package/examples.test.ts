/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { exampleNames, readExampleFile } from '../../lab/examples';
import { INSTAPLY_TRIGGER } from '../../lab/nodes';
import { triggerVersions } from '../../nodes/Instaply/n8n/triggerVersion';
import { ROOT } from '../support/package/files';

const IMAGES = join(ROOT, '.github', 'images');
const MEGABYTE = 1024 * 1024;

/** A PNG says its width, in pixels, behind its signature and the head of its first chunk. */
const widthOf = (png: Buffer) => png.readUInt32BE(16);

describe.each(exampleNames())('The example %s', (name) => {
	it('is listed with its picture', async () => {
		const table = await readFile(join(ROOT, 'examples', 'README.md'), 'utf8');
		const row = table.split('\n').find((line) => line.startsWith(`| [${name}.json](${name}.json)`));
		expect(row).toMatch(new RegExp(`!\\[.+\\]\\(\\.\\./\\.github/images/${name}\\.png\\)`));
		expect(widthOf(await readFile(join(IMAGES, `${name}.png`)))).toBeGreaterThan(0);
	});

	it('says on its canvas what has to be filled in', async () => {
		const { nodes } = await readExampleFile(name);
		const notes = nodes
			.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
			.map(({ parameters }) => String(parameters.content));
		const isMain = (note: string) => note.startsWith('## ');
		expect(notes.filter(isMain)).toEqual([
			expect.stringMatching(/^## .+\n.+\n\n\*\*Fill in:\*\* .+$/),
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

it('The pictures are small enough for a mobile connection', async () => {
	const names = await readdir(IMAGES);
	const pictures = await Promise.all(names.map(async (name) => await readFile(join(IMAGES, name))));
	for (const picture of pictures) expect(widthOf(picture)).toBeLessThanOrEqual(1400);
	const bytes = pictures.reduce((sum, { length }) => sum + length, 0);
	expect(bytes).toBeLessThan(2.5 * MEGABYTE);
});
