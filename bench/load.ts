/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { packPackage } from '../tools/pack';
import { npmOrThrow } from '../tools/process/npm.cjs';
import { median } from './median';

/*
 * `npm run bench:load`: what a package adds to the start of n8n, beside others. Each is loaded in a
 * process of its own that has loaded n8n's own parts, in turn with the others, so that whatever else
 * the machine does hits all of them.
 */

const ROUNDS = 15;

const OTHERS = {
	'n8n-nodes-mcp': '0.1.37',
	'n8n-nodes-evolution-api': '1.0.4',
	'@mendable/n8n-nodes-firecrawl': '2.1.2',
};

const ROOT = dirname(__dirname);

interface Load {
	ms: number;
	/** Of the heap, after a garbage collection. */
	bytes: number;
	files: number;
	nodes: number;
}

async function main(): Promise<void> {
	const tarball = await packPackage();
	const folder = await mkdtemp(join(tmpdir(), 'n8n-instaply-load-'));
	try {
		const packages = { 'n8n-nodes-instaply': `file:${tarball}`, ...OTHERS };
		const folders: Record<string, string> = {};
		for (const [name, version] of Object.entries(packages)) {
			folders[name] = await install(join(folder, name.replace('/', '-')), name, version);
		}
		const loads: Record<string, Load[]> = {};
		// The first round fills the file system's cache and does not count.
		for (let round = 0; round <= ROUNDS; round += 1) {
			for (const [name, installed] of Object.entries(folders)) {
				const load = await loadOnce(installed);
				if (round > 0) (loads[name] ??= []).push(load);
			}
		}
		console.log(`Medians of ${ROUNDS} loads, in turn, on Node.js ${process.versions.node}`);
		console.table(Object.fromEntries(Object.entries(loads).map(([name, all]) => [name, row(all)])));
	} finally {
		await rm(folder, { recursive: true, force: true });
		await rm(dirname(tarball), { recursive: true, force: true });
	}
}

/** As in n8n, the package has its own dependencies, and n8n-workflow is n8n's. */
async function install(folder: string, name: string, version: string): Promise<string> {
	await mkdir(folder);
	await writeFile(
		join(folder, 'package.json'),
		JSON.stringify({ private: true, dependencies: { [name]: version } }),
	);
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
	await npmOrThrow(['install', '--legacy-peer-deps', '--omit=dev', ...quiet], {
		cwd: folder,
		label: `installing ${name}`,
	});
	const workflow = join(folder, 'node_modules', 'n8n-workflow');
	await rm(workflow, { recursive: true, force: true });
	await symlink(join(ROOT, 'node_modules', 'n8n-workflow'), workflow, 'dir');
	return join(folder, 'node_modules', name);
}

async function loadOnce(installed: string): Promise<Load> {
	const child = join(__dirname, 'load-child.cjs');
	const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', child, installed]);
	return JSON.parse(stdout.slice(stdout.lastIndexOf('{"ms"')));
}

function row(loads: Load[]) {
	const of = (key: keyof Load) => median(loads.map((load) => load[key]));
	return {
		'time in ms': Math.round(of('ms')),
		'heap in kB': Math.round(of('bytes') / 1000),
		files: of('files'),
		nodes: of('nodes'),
	};
}

void main();
