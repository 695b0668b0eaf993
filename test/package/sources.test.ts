/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runNpm } from '../../tools/npm.cjs';
import { runNode } from './support/command.cjs';
import { filesBelow, remove, ROOT, temporaryFolder } from './support/files';

/*
 * What n8n judges before it verifies a package: its linter, its scanner, and the rules that it has
 * announced.
 */

let folder: string;
beforeEach(async () => {
	folder = await temporaryFolder();
});
afterEach(async () => await remove(folder));

/** Copies what the build needs, to be changed there. */
async function copySources(names: string[]): Promise<void> {
	for (const name of names) await cp(join(ROOT, name), join(folder, name), { recursive: true });
}

async function replace(file: string, from: string, to: string): Promise<void> {
	const text = await readFile(join(folder, file), 'utf8');
	expect(text).toContain(from);
	await writeFile(join(folder, file), text.replace(from, to));
}

describe("n8n's linter", () => {
	it('has nothing to say', async () => {
		const { code, stdout, tail } = await runNpm(['run', '--silent', 'lint'], {
			cwd: ROOT,
			label: 'linting',
		});
		expect(tail).not.toMatch(/\b(warning|error)\b/i);
		expect({ code, stdout }).toEqual({ code: 0, stdout: expect.any(String) });
	}, 120_000);
});

describe("n8n's scanner", () => {
	const scan = async () => {
		const { stdout } = await runNode(join(ROOT, 'test/package/support/scan.mjs'), [
			folder,
			'sources',
		]);
		return stdout.trim();
	};
	/** At the user's there are no devDependencies: what the nodes import from them is not there. */
	const copyWithoutDevDependencies = async () => {
		await copySources(['nodes', 'credentials', 'icons']);
		const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
		delete manifest.devDependencies;
		await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
	};

	it('passes the sources, without the devDependencies', async () => {
		await copyWithoutDevDependencies();
		expect(await scan()).toBe('passed');
	}, 60_000);

	it('would not pass an import of one', async () => {
		await copyWithoutDevDependencies();
		const file = 'nodes/Instaply/nodeError.ts';
		await replace(file, 'import {', "import 'axios';\nimport {");
		expect(await scan()).toContain('no-restricted-imports');
	}, 60_000);
});

describe('The build', () => {
	const build = async () =>
		await runNode(join(ROOT, 'node_modules/gulp/bin/gulp.js'), ['default'], folder);
	const nodes = [
		'nodes/Instaply/Instaply.node.ts',
		'nodes/Instaply/InstaplyTrigger.node.ts',
		'credentials/InstaplyApi.credentials.ts',
	];
	beforeEach(async () => {
		await copySources(['nodes', 'credentials', 'icons', 'gulpfile.js', 'package.json']);
		await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
	});

	it('copies all icons', async () => {
		const { code } = await build();
		expect(code).toBe(0);
		expect(await filesBelow(join(folder, 'dist'))).toEqual(
			(await filesBelow(join(ROOT, 'icons'))).map((icon) => `icons/${icon}`),
		);
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

	it('cleans up what an earlier build left', async () => {
		await mkdir(join(folder, 'dist'));
		await writeFile(join(folder, 'dist/stale.js'), '');
		await runNode(join(ROOT, 'node_modules/gulp/bin/gulp.js'), ['clean'], folder);
		await expect(filesBelow(join(folder, 'dist'))).rejects.toThrow('ENOENT');
	});
});

describe('A rule that n8n has announced', () => {
	const CATEGORIES = [
		...['Data & Storage', 'Finance & Accounting', 'Marketing & Content', 'Productivity', 'Sales'],
		...['Miscellaneous', 'Development', 'Analytics', 'Communication', 'Utility'],
	];
	const read = async (file: string) => await readFile(join(ROOT, file), 'utf8');

	it.each(['Instaply', 'InstaplyTrigger'])('is met by the codex of %s', async (node) => {
		const codex = JSON.parse(await read(`nodes/Instaply/${node}.node.json`));
		expect(codex).toMatchObject({
			node: `n8n-nodes-instaply.${node.charAt(0).toLowerCase()}${node.slice(1)}`,
			nodeVersion: '1.0',
			codexVersion: '1.0',
		});
		expect(codex.categories.length).toBeGreaterThan(0);
		for (const category of codex.categories) expect(CATEGORIES).toContain(category);
		expect(codex).not.toHaveProperty('subcategories');
	});

	it('is one credential for all nodes', async () => {
		expect(await filesBelow(join(ROOT, 'credentials'))).toEqual(['InstaplyApi.credentials.ts']);
		for (const node of ['Instaply', 'InstaplyTrigger']) {
			const text = await read(`nodes/Instaply/${node}.node.ts`);
			const [, used = ''] = /credentials: \[([^]*?)\n?\t*\],\n/.exec(text) ?? [];
			expect(used.match(/name: '/g)).toHaveLength(1);
		}
	});

	it('is a short hint', async () => {
		for (const file of await filesBelow(join(ROOT, 'nodes'))) {
			for (const [, hint = ''] of (await read(`nodes/${file}`)).matchAll(/\bhint:\s*'([^']*)'/g)) {
				expect(hint.length).toBeLessThanOrEqual(120);
			}
		}
	});

	it('is no folder inside a repository', async () => {
		expect(JSON.parse(await read('package.json')).repository).not.toHaveProperty('directory');
	});

	it('is no id written into a node', async () => {
		for (const file of await filesBelow(join(ROOT, 'nodes'))) {
			expect(await read(`nodes/${file}`)).not.toMatch(
				/\b(partner|account|tenant|customer|client)Id\s*[:=]\s*['"`\d]/i,
			);
		}
	});

	it.each([
		['instaply.svg', '#ffffff'],
		['instaply.dark.svg', '#2b2b2b'],
	])('is that %s stands out from %s', async (icon, background) => {
		const text = await read(`icons/${icon}`);
		expect(text).not.toMatch(/currentColor|<image|<script|href=/);
		const colours = [...text.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/gi)].map(
			([, hex = '']) => hex,
		);
		const [body = ''] = colours;
		expect(contrast(body, background)).toBeGreaterThanOrEqual(1.5);
		expect(text).toMatch(/viewBox="0 0 (\d+) \1"/);
	});
});

/** The contrast of two colours as WCAG defines it: 1 (none) to 21. */
function contrast(one: string, other: string): number {
	const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5]
		.map((start) => parseInt(hex.slice(start, start + 2), 16) / 255)
		.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
