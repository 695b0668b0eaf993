/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runNpm } from '../../tools/process/npm.cjs';
import { runScript } from '../support/package/command.cjs';
import { filesBelow, remove, ROOT, temporaryFolder } from '../support/package/files';
import { copySources, scan, stripDevDependencies } from '../support/package/scanner';

/*
 * What n8n judges before it verifies a package: its linter and its scanner, and how it was built.
 */

let folder: string;
beforeEach(async () => {
	folder = await temporaryFolder();
});
afterEach(async () => await remove(folder));

async function replace(file: string, from: string, to: string): Promise<void> {
	const text = await readFile(join(folder, file), 'utf8');
	expect(text).toContain(from);
	await writeFile(join(folder, file), text.replace(from, to));
}

describe("n8n's linter", () => {
	it('finds nothing', async () => {
		const { code, stdout, tail } = await runNpm(['run', '--silent', 'lint'], {
			cwd: ROOT,
			label: 'linting',
		});
		expect(tail).not.toMatch(/\b(warning|error)\b/i);
		expect({ code, stdout }).toEqual({ code: 0, stdout: expect.any(String) });
	}, 120_000);

	it('is never switched off in a file, as the scanner ignores that', async () => {
		for (const folder of ['nodes', 'credentials']) {
			for (const file of await filesBelow(join(ROOT, folder))) {
				expect(await readFile(join(ROOT, folder, file), 'utf8')).not.toContain('eslint-disable');
			}
		}
	});
});

describe("n8n's scanner", () => {
	beforeEach(async () => await copySources(folder));

	it('passes the sources', async () => {
		expect(await scan(folder, 'sources')).toBe('passed');
	}, 60_000);

	it('passes the sources without devDependencies, as users have them', async () => {
		await stripDevDependencies(folder);
		expect(await scan(folder, 'sources')).toBe('passed');
	}, 60_000);

	it('would find an import of a devDependency then', async () => {
		await stripDevDependencies(folder);
		const file = 'nodes/Instaply/n8n/nodeError.ts';
		await replace(file, 'import {', "import 'axios';\nimport {");
		expect(await scan(folder, 'sources')).toContain('no-restricted-imports');
	}, 60_000);
});

describe('The build', () => {
	const build = async () =>
		await runScript(join(ROOT, 'node_modules/gulp/bin/gulp.js'), ['default'], folder);
	const nodes = [
		'nodes/Instaply/Instaply.node.ts',
		'nodes/Instaply/InstaplyTrigger.node.ts',
		'credentials/InstaplyApi.credentials.ts',
	];
	beforeEach(async () => {
		await copySources(folder, 'gulpfile.js');
		await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
	});

	it('gives the nodes one bundle, so that the trigger knows which replies were taken', async () => {
		const { code } = await build();
		expect(code).toBe(0);
		const entries = nodes.map((file) => join(folder, 'dist', file.replace(/ts$/, 'js')));
		const loaded: unknown[] = entries.map((file) => jest.requireActual(file));
		expect(new Set(loaded).size).toBe(1);
		expect(Object.keys(Object(loaded[0])).sort()).toEqual([
			'Instaply',
			'InstaplyApi',
			'InstaplyTrigger',
		]);
	});

	it.each(nodes)('stops when %s names an icon that is not there', async (file) => {
		await replace(file, 'instaply.dark.svg', 'missing.dark.svg');
		const { code, output } = await build();
		expect(code).not.toBe(0);
		expect(output).toMatch(new RegExp(`${file} names .*missing\\.dark\\.svg, which is not there`));
		await expect(filesBelow(join(folder, 'dist'))).rejects.toThrow('ENOENT');
	});

	it.each(nodes)('stops when %s names no icon', async (file) => {
		const text = await readFile(join(folder, file), 'utf8');
		await writeFile(join(folder, file), text.replaceAll('file:', 'fa:'));
		const { code, output } = await build();
		expect(code).not.toBe(0);
		expect(output).toContain(`${file} names no icon`);
	});

	it('removes what an earlier build left', async () => {
		await mkdir(join(folder, 'dist'));
		await writeFile(join(folder, 'dist/stale.js'), '');
		await runScript(join(ROOT, 'node_modules/gulp/bin/gulp.js'), ['clean'], folder);
		await expect(filesBelow(join(folder, 'dist'))).rejects.toThrow('ENOENT');
	});
});
