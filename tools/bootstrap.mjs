/**
 * Makes `npm test` and its siblings work in a fresh clone: installs the dependencies of
 * package-lock.json when node_modules does not hold them yet, and is silent otherwise.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { withLock } from './process/lock.cjs';
import { runNpm } from './process/npm.cjs';

const MINIMUM_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

function readJson(file) {
	return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

function readPackages(lockfile) {
	try {
		return readJson(lockfile).packages;
	} catch (error) {
		if (error.code === 'ENOENT') return {};
		throw error;
	}
}

/** npm writes node_modules/.package-lock.json last, so an interrupted installation never matches. */
function isInstalled() {
	const installed = readPackages('node_modules/.package-lock.json');
	return Object.entries(readPackages('package-lock.json')).every(
		([path, wanted]) =>
			path === '' ||
			(wanted.optional && installed[path] === undefined) ||
			installed[path]?.integrity === wanted.integrity,
	);
}

/** Outside the checkout, so that it is never committed, packed or removed by npm. */
function lockFile() {
	const checkout = createHash('sha256').update(root).digest('hex').slice(0, 12);
	return join(tmpdir(), `${readJson('package.json').name}-${checkout}.lock`);
}

async function install() {
	if (isInstalled()) return 0;
	process.stderr.write(
		'Installing the development dependencies of package-lock.json, as on every first run: about 1 to 2 minutes.\n',
	);
	const { code, tail } = await runNpm(
		['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'],
		{
			cwd: root,
			label: 'installing the development dependencies',
			showOutput: process.stderr.isTTY,
		},
	);
	if (code === 0) process.stderr.write('The development dependencies are installed.\n');
	else
		process.stderr.write(`${tail}\nnpm could not install the dependencies (exit code ${code}).\n`);
	return code;
}

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
	process.stderr.write(
		`This project needs Node.js ${MINIMUM_NODE} or newer, and this is ${process.version}. Get it from https://nodejs.org and run the command again.\n`,
	);
	process.exitCode = 1;
} else if (!isInstalled()) {
	process.exitCode = await withLock(lockFile(), install);
}
