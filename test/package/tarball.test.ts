/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { appendFile, cp, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { InstaplyTrigger } from '../../nodes/Instaply/InstaplyTrigger.node';
import { packPackage } from '../../tools/pack';
import { runCommand, runScript } from '../support/package/command.cjs';
import { filesBelow, remove, ROOT, temporaryFolder } from '../support/package/files';
import { scan, stripDevDependencies } from '../support/package/scanner';

/*
 * What users install: built, packed and unpacked as npm and n8n do it.
 */

let tarball: string;
let folder: string;
/** Where n8n keeps the package: among other packages, n8n-workflow near by. */
let installed: string;

beforeAll(async () => {
	tarball = await packPackage();
	folder = await temporaryFolder();
	const packages = join(folder, 'node_modules');
	installed = join(packages, 'n8n-nodes-instaply');
	await mkdir(installed, { recursive: true });
	const unpack = ['-xzf', tarball, '-C', installed, '--strip-components=1'];
	expect((await runCommand('tar', unpack)).code).toBe(0);
	await symlink(
		join(ROOT, 'node_modules/n8n-workflow'),
		join(packages, 'n8n-workflow'),
		'junction',
	);
}, 120_000);
afterAll(async () => {
	await remove(folder);
	await remove(tarball && dirname(tarball));
});

const readJson = async (file: string): Promise<Record<string, unknown>> =>
	JSON.parse(await readFile(join(installed, file), 'utf8'));

describe('The tarball', () => {
	it('contains one file of code, what n8n looks for, and nothing that users do not need', async () => {
		const sources = await Promise.all(
			['nodes', 'credentials', 'icons'].map(async (name) =>
				(await filesBelow(join(ROOT, name))).map((file) => `dist/${name}/${file}`),
			),
		);
		const entries = ['Instaply.node', 'InstaplyTrigger.node'].map(
			(name) => `nodes/Instaply/${name}`,
		);
		const code = ['instaply', 'credentials/InstaplyApi.credentials', ...entries];
		// The build makes these from the one for the first version.
		const schemas = ['1.1', '1.2'].map((version) => `nodes/Instaply/__schema__/v${version}.0.json`);
		const others = ['index.js', 'LICENSE', 'package.json', 'README.md'];
		expect(await filesBelow(installed)).toEqual(
			[
				...code.map((name) => `dist/${name}.js`),
				...sources.flat().filter((file) => !file.endsWith('.ts')),
				...schemas.map((file) => `dist/${file}`),
				...others,
			].sort(),
		);
	});

	it('tells the fields of the trigger in each of its versions', async () => {
		const versions = [new InstaplyTrigger().description.version].flat();
		expect(versions).toContain(1);
		const inFirst = await readJson('dist/nodes/Instaply/__schema__/v1.0.0.json');
		for (const version of versions) {
			const file = `v${version.toFixed(1)}.0.json`;
			expect(await readJson(`dist/nodes/Instaply/__schema__/${file}`)).toEqual(inFirst);
		}
	});

	it('is small', async () => {
		expect((await stat(tarball)).size).toBeLessThan(75_000);
	});

	it('is described by a package.json that n8n can install from', async () => {
		const manifest = await readJson('package.json');
		expect(manifest).toMatchObject({
			name: 'n8n-nodes-instaply',
			license: 'MIT',
			keywords: expect.arrayContaining(['n8n-community-node-package']),
			peerDependencies: { 'n8n-workflow': '*' },
			n8n: { n8nNodesApiVersion: 1, strict: true },
		});
		for (const name of [
			'dependencies',
			'bundledDependencies',
			'optionalDependencies',
			'overrides',
		]) {
			expect(manifest).not.toHaveProperty(name);
		}
	});

	it('has an empty index', async () => {
		expect((await readFile(join(installed, 'index.js'), 'utf8')).trim()).toBe(
			'module.exports = {};',
		);
	});

	it('requires nothing but n8n-workflow, crypto and itself', async () => {
		const scripts = (await filesBelow(join(installed, 'dist'))).filter((file) =>
			file.endsWith('.js'),
		);
		const required = new Set<string>();
		for (const script of scripts) {
			const text = await readFile(join(installed, 'dist', script), 'utf8');
			for (const [, name = ''] of text.matchAll(/require\(["']([^"']+)["']\)/g)) required.add(name);
		}
		expect([...required].filter((name) => !name.startsWith('.')).sort()).toEqual([
			'crypto',
			'n8n-workflow',
		]);
	});

	it("passes n8n's scanner", async () => {
		expect(await scan(installed, 'tarball')).toBe('passed');
	}, 60_000);

	it("passes n8n's scanner without devDependencies, as n8n installs it", async () => {
		const copy = join(folder, 'stripped');
		await cp(installed, copy, { recursive: true });
		await stripDevDependencies(copy);
		expect(await scan(copy, 'tarball')).toBe('passed');
	}, 60_000);

	it("would not pass n8n's scanner with a timer in it", async () => {
		const copy = join(folder, 'timer');
		await cp(installed, copy, { recursive: true });
		await appendFile(join(copy, 'dist/instaply.js'), '\nsetTimeout(() => {}, 1);');
		expect(await scan(copy, 'tarball')).toContain('no-restricted-globals');
	}, 60_000);
});

describe('n8n', () => {
	interface Loaded {
		packageName: string;
		nodes: Array<{
			name: string;
			iconUrl: unknown;
			codex: unknown;
			documentationUrl: string;
			group: string[];
		}>;
		credentials: Array<{ name: string; iconUrl: unknown; supportedNodes: string[] }>;
	}
	let loaded: Loaded;
	beforeAll(async () => {
		const { stdout, output } = await runScript(join(ROOT, 'test/support/package/load.cjs'), [
			installed,
		]);
		expect(output).toContain('packageName');
		loaded = JSON.parse(stdout.slice(stdout.indexOf('{"packageName"')));
	}, 60_000);

	const icons = {
		light: 'icons/n8n-nodes-instaply/dist/icons/instaply.svg',
		dark: 'icons/n8n-nodes-instaply/dist/icons/instaply.dark.svg',
	};
	const codex = {
		categories: ['Communication', 'Sales'],
		alias: expect.arrayContaining(['WhatsApp', 'SMS']),
		resources: {
			primaryDocumentation: [{ url: expect.stringMatching(/^https:/) }],
			credentialDocumentation: [{ url: expect.stringMatching(/^https:/) }],
		},
	};

	it('finds both nodes, with icons, search words and documentation', () => {
		const { packageName, nodes } = loaded;
		expect(packageName).toBe('n8n-nodes-instaply');
		expect(nodes).toMatchObject([
			{ name: 'instaply', iconUrl: icons, codex, group: ['output'] },
			{ name: 'instaplyTrigger', iconUrl: icons, codex, group: ['trigger'] },
		]);
	});

	it('links each node to its own section of the README', async () => {
		const readme = await readFile(join(installed, 'README.md'), 'utf8');
		const sections = loaded.nodes.map(({ documentationUrl }) => documentationUrl.split('#')[1]);
		expect(sections).toEqual(['instaply', 'instaply-trigger']);
		for (const section of sections) expect(readme).toContain(`](#${section})`);
	});

	it('finds the credential, and the nodes that use it', () => {
		expect(loaded.credentials).toMatchObject([
			{ name: 'instaplyApi', iconUrl: icons, supportedNodes: ['instaply', 'instaplyTrigger'] },
		]);
	});

	it('finds the icons in the package', async () => {
		for (const url of Object.values(icons)) {
			const file = url.replace('icons/n8n-nodes-instaply/', '');
			expect(await readFile(join(installed, file), 'utf8')).toMatch(/^<svg /);
		}
	});
});
