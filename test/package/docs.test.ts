/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import manifest from '../../package.json';
import { runScript } from '../support/package/command.cjs';
import { ROOT } from '../support/package/files';

/*
 * The pages that people read.
 */

const PAGES = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'docs/demo-video.md',
	'docs/fr/README.md',
	'docs/fr/depannage.md',
	'docs/fr/exemples.md',
	'docs/n8n-assumptions.md',
	'docs/operations.md',
	'docs/performance.md',
	'docs/quality.md',
	'docs/reliability.md',
	'docs/trigger.md',
	'docs/troubleshooting.md',
	'examples/README.md',
	'sandbox/README.md',
];

const REMARK = join(ROOT, 'node_modules/remark-cli/cli.js');
const CHECK = [
	'--frail',
	'--quiet',
	'--no-stdout',
	'--use',
	'remark-validate-links=repository:false',
];

const read = async (page: string) => await readFile(join(ROOT, page), 'utf8');

it('The pages have no dead links', async () => {
	const { code, output } = await runScript(REMARK, [...CHECK, ...PAGES], ROOT);
	expect({ code, output: output.trim() }).toEqual({ code: 0, output: '' });
}, 60_000);

describe.each(PAGES)('%s', (page) => {
	const allIn = async (pattern: RegExp) => {
		const text = await read(page);
		return [...text.matchAll(pattern)].map(([, found = '']) => found);
	};

	it('names commands that exist', async () => {
		for (const name of await allIn(/npm run ([\w:]+)/g)) {
			expect(Object.keys(manifest.scripts)).toContain(name);
		}
	});

	it('names files that exist', async () => {
		const paths = await allIn(/`((?:\.ci|docs|examples|lab|nodes|sandbox|test|tools)\/[\w./-]+)`/g);
		for (const path of paths) await access(join(ROOT, path));
	});

	it('shows pictures that exist', async () => {
		for (const file of await allIn(/<img src="([^"]+)"/g)) {
			await access(join(ROOT, dirname(page), file));
		}
	});
});
