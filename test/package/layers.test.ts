/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { preProcessFile } from 'typescript';

import { filesBelow, ROOT } from '../support/package/files';

const NODES = 'nodes/Instaply';

/** The rooms of the house, from the ground up, each with the rooms below it that it may import. */
const ROOMS: Record<string, string[]> = {
	[`${NODES}/common`]: [],
	[`${NODES}/markdown`]: ['common'],
	[`${NODES}/n8n`]: ['common'],
	[`${NODES}/api`]: ['common', 'n8n'],
	[`${NODES}/delivery`]: ['common', 'n8n', 'api'],
	[`${NODES}/parameters`]: ['common', 'n8n', 'api'],
	[`${NODES}/replies`]: ['common', 'n8n', 'api', 'delivery', 'parameters'],
	[`${NODES}/trigger`]: ['common', 'n8n', 'api', 'delivery', 'parameters', 'replies'],
	[`${NODES}/operations`]: ['common', 'markdown', 'n8n', 'api', 'parameters', 'replies'],
	[`${NODES}/runner`]: ['common', 'n8n', 'api', 'parameters', 'operations'],
	[NODES]: ['common', 'n8n', 'api', 'operations', 'replies', 'runner', 'trigger'],
	credentials: ['api'],
	sandbox: [],
	// The page says what it means that nothing started: its words are typed by our responses.
	'sandbox/page': ['sandbox', 'delivery'],
	tools: [],
	lab: ['tools', 'sandbox'],
	demo: ['tools', 'sandbox', 'lab'],
	bench: ['tools', 'sandbox', 'lab'],
	// One picture shows the sandbox after the demo.
	screenshots: ['tools', 'sandbox', 'lab', 'demo'],
};

/** A tier of tests may import everything but another tier. What tiers share is in test/support. */
const TIERS = ['unit', 'property', 'sandbox', 'engine', 'package', 'browser', 'e2e', 'queue'];
const ALL = Object.keys(ROOMS);
for (const tier of TIERS) ROOMS[`test/${tier}`] = [...ALL, 'test/support'];
ROOMS['test/support'] = ALL;
ROOMS.test = [...ALL, 'test/support'];

const SOURCE = /\.[cm]?[jt]s$/;

const roomOf = (file: string) =>
	Object.keys(ROOMS)
		.filter((room) => `${file}/`.startsWith(`${room}/`))
		.sort((one, other) => other.length - one.length)[0];

/** The imports of a file that its room may not have. */
function forbiddenIn(file: string, text: string): string[] {
	const room = roomOf(file) ?? '';
	const allowed = [room, ...(ROOMS[room] ?? [])];
	const inComments = [...text.matchAll(/@import .* from '([^']+)'/g)].map(([, name = '']) => name);
	return [
		...preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
		...inComments,
	]
		.filter((name) => name.startsWith('.') && !name.endsWith('.json'))
		.map((name) => posix.join(dirname(file), name))
		.filter((imported) => {
			const target = roomOf(imported) ?? imported;
			return !allowed.includes(target) && !allowed.includes(target.replace(`${NODES}/`, ''));
		})
		.map((imported) => `${file} imports ${imported}`);
}

describe('The layers', () => {
	it('have a room for every file', async () => {
		const entries = await readdir(ROOT, { withFileTypes: true });
		const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
		const inFolders = folders
			.filter((name) => !/^(\..*|dist|node_modules)$/.test(name))
			.map(async (name) => {
				return (await filesBelow(join(ROOT, name))).map((file) => `${name}/${file}`);
			});
		const sources = (await Promise.all(inFolders)).flat().filter((file) => SOURCE.test(file));
		expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
		const below = sources.filter((file) => roomOf(file) === NODES).map((file) => dirname(file));
		expect(new Set(below)).toEqual(new Set([NODES]));
	});

	it.each(Object.keys(ROOMS))('%s imports nothing but the rooms below it', async (room) => {
		const files = (await filesBelow(join(ROOT, room)))
			.map((file) => `${room}/${file}`)
			.filter((file) => SOURCE.test(file) && roomOf(file) === room);
		const texts = files.map(async (file) => await readFile(join(ROOT, file), 'utf8'));
		const all = await Promise.all(texts);
		expect(files.length).toBeGreaterThan(0);
		expect(files.flatMap((file, index) => forbiddenIn(file, all[index] ?? ''))).toEqual([]);
	});

	it.each([
		[`${NODES}/common/json.ts`, '../n8n/http'],
		[`${NODES}/n8n/execution.ts`, '../replies/pendingQuestion'],
		[`${NODES}/replies/isAwaited.ts`, '../trigger/filter'],
		[`${NODES}/trigger/filter.ts`, '../runner/memo'],
		['sandbox/state.ts', '../nodes/Instaply/api/types'],
		['tools/pack.ts', '../lab/lab'],
		['lab/lab.ts', '../demo/main'],
		['test/support/e2e/examples.ts', '../../engine/operations/cases'],
		['sandbox/page/page.js', '../../nodes/Instaply/api/types'],
	])('fail when %s imports %s', (file, name) => {
		expect(forbiddenIn(file, `import { any } from '${name}';`)).toHaveLength(1);
		expect(forbiddenIn(file, `/** @import { any } from '${name}' */`)).toHaveLength(1);
	});
});
