/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { npmOrThrow } from '../process/npm.cjs';
import { cached } from './cache';
import { nodeFor, type NodeRuntime } from './node';

/** The n8n that is installed, unless the variable N8N_VERSION names another. */
export const DEFAULT_N8N_VERSION = '2.41.1';

/**
 * `install` keeps to the lock file too, and unlike `ci` does not mind that a registry lacks optional
 * packages of other platforms. The lock file it writes names no registry.
 */
const INSTALL_AS_LOCKED = [
	'install',
	'--ignore-scripts',
	'--no-audit',
	'--no-fund',
	'--omit-lockfile-registry-resolved',
];

export interface N8nInstallation {
	version: string;
	/** The n8n program, to be run with `node`; absolute paths both. */
	program: string;
	node: string;
	nodeMajor: number;
}

/**
 * Installs n8n `version` (exact) into the cache once, and returns at once from then on. The first
 * time takes 5 to 10 minutes and 3 GB, and prints its progress to stderr. Safe to call from
 * several processes at the same time; a half-done installation is never used. Throws with npm's own
 * words if npm fails, or if n8n does not run afterwards.
 *
 * Versions with a folder in `locks` are installed exactly as locked. To lock another one, install
 * it and copy the package-lock.json of its cache folder there.
 */
export async function installN8n(
	version = process.env.N8N_VERSION ?? DEFAULT_N8N_VERSION,
): Promise<N8nInstallation> {
	const node = await nodeFor(version);
	const name = `n8n-${version}-node${node.major}-${process.platform}-${process.arch}`;
	const folder = await cached(name, async (target) => await fill(target, version, node));
	return { version, program: programIn(folder), node: node.executable, nodeMajor: node.major };
}

function programIn(folder: string): string {
	return join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
}

async function fill(folder: string, version: string, node: NodeRuntime): Promise<void> {
	process.stderr.write(
		`Installing n8n ${version} into ${dirname(folder)}, once: 3 GB, about 5 to 10 minutes.\n`,
	);
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest(version), null, 2));
	const lock = join(__dirname, 'locks', version, 'package-lock.json');
	if (existsSync(lock)) await copyFile(lock, join(folder, 'package-lock.json'));
	await npmOrThrow(INSTALL_AS_LOCKED, { cwd: folder, label: `installing n8n ${version}` });
	await buildSqlite(folder, node);
	await verify(folder, version, node);
	process.stderr.write(`n8n ${version} is installed.\n`);
}

/**
 * linkedom 0.18.13 and later ask for a package that not every registry has; n8n 1 and 2.0 take xlsx
 * from an address outside npm.
 */
function manifest(version: string) {
	return {
		name: 'n8n-for-tests',
		private: true,
		dependencies: { n8n: version },
		overrides: { linkedom: '0.18.12', xlsx: '0.18.5' },
	};
}

/** The one native module that n8n needs and that has to be fetched or built for this machine. */
async function buildSqlite(folder: string, node: NodeRuntime): Promise<void> {
	const env: Record<string, string> = {
		PATH: [dirname(node.executable), process.env.PATH].join(delimiter),
	};
	const hasHeaders = existsSync(join(node.headers, 'include', 'node', 'node.h'));
	if (hasHeaders) env.npm_config_nodedir = node.headers;
	await npmOrThrow(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		cwd: folder,
		label: 'building sqlite3',
		env,
	});
}

async function verify(folder: string, version: string, node: NodeRuntime): Promise<void> {
	const run = promisify(execFile);
	await run(node.executable, ['-e', 'require("sqlite3")'], { cwd: folder });
	const { stdout } = await run(node.executable, [programIn(folder), '--version'], { cwd: folder });
	if (stdout.trim() !== version) {
		throw new Error(`n8n ${version} was installed, but says it is ${stdout.trim()}`);
	}
}

/** `npx tsx tools/n8n/install.ts [version]` fills the cache, for instance as a step of a CI job. */
if (require.main === module) {
	void installN8n(process.argv[2]).then(({ program }) => console.log(program));
}
