/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { DEFAULT_N8N_VERSION, installN8n } from '../tools/n8n/install';
import { runNpm } from '../tools/process/npm.cjs';
import { foreignN8n, versionOf, type ForeignN8n } from './support/e2e/foreignN8n';

const ROOT = dirname(__dirname);
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

const VERSIONS = ['1.123.81', '2.0.3', DEFAULT_N8N_VERSION];

/** The e2e tests of what every version of n8n can do. */
const CORE = [
	...[
		'collecting',
		'credential',
		'deliveries',
		'operations',
		'orphans',
		'reception',
		'sending',
		'trigger',
		'waiting',
	],
	'examples/',
];

/** An n8n to run them on: what it is, in words, and what jest is told of it. */
interface Target {
	name: () => Promise<string>;
	env: Record<string, string>;
	/** Why tests were left out. */
	leftOut: string;
}

/**
 * `npm run test:compat [-- version ...]` runs the core of the e2e tests on several versions of n8n,
 * one after the other, and ends with a line for each. A version is one of npm's: `2.0.3`, `2.0` for
 * the newest patch of it, or `latest`.
 *
 * With N8N_URL it runs them on the n8n there, which somebody else has started, such as in a container.
 * Its login is in N8N_EMAIL and N8N_PASSWORD. The package is in it already, or N8N_INSTALL_COMMAND puts
 * the tarball PACKAGE_TARBALL into it. Where it does not reach 127.0.0.1 of this machine,
 * TEST_SERVERS_LISTEN and TEST_SERVERS_HOST say where the sandbox listens and what n8n calls that.
 * Nothing else should run in it; workflows and credentials of the tests stay there.
 */
async function main(wanted: string[]): Promise<void> {
	const foreign = foreignN8n();
	if (foreign !== undefined && wanted.length > 0) {
		throw new Error('N8N_URL names the n8n to run on: name no versions beside it');
	}
	const versions = wanted.length > 0 ? wanted : VERSIONS;
	const targets = foreign === undefined ? versions.map(versionTarget) : [foreignTarget(foreign)];
	const lines: string[] = [];
	for (const target of targets) {
		const { passed, line } = await testOn(await target());
		lines.push(line);
		if (!passed) process.exitCode = 1;
	}
	console.log(lines.join('\n'));
}

const versionTarget = (wanted: string) => async (): Promise<Target> => {
	const version = await exactVersion(wanted);
	const { nodeMajor } = await installN8n(version);
	return {
		name: async () => `n8n ${version} on Node.js ${nodeMajor}`,
		env: { N8N_VERSION: version },
		leftOut: 'not for this version',
	};
};

const foreignTarget = (foreign: ForeignN8n) => async (): Promise<Target> => ({
	name: async () => `n8n ${await versionOf(foreign)} at ${foreign.url}`,
	env: {},
	leftOut: 'left out, as they need a newer n8n, or one that they can start, end or look into',
});

async function testOn({ name, env, leftOut }: Target): Promise<{ passed: boolean; line: string }> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-instaply-compat-'));
	try {
		const report = join(folder, 'report.json');
		const tests = `test/e2e/(${CORE.join('|')})`;
		const how = ['--selectProjects', 'e2e', '--runInBand', '--json', `--outputFile=${report}`];
		const jest = spawn(process.execPath, [JEST, ...how, '--testPathPatterns', tests], {
			cwd: ROOT,
			env: { ...process.env, ...env },
			// What goes to stdout is the report once more.
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		await once(jest, 'close');
		if (!existsSync(report)) return { passed: false, line: 'The tests could not begin: see above' };
		const results = JSON.parse(await readFile(report, 'utf8'));
		const { numPassedTests, numFailedTests, numPendingTests } = results;
		const ran = numPassedTests + numFailedTests;
		return {
			passed: jest.exitCode === 0,
			line: `${await name()}: ${numPassedTests} of ${ran} tests passed, ${numPendingTests} ${leftOut}`,
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function exactVersion(wanted: string): Promise<string> {
	if (/^\d+\.\d+\.\d+$/.test(wanted)) return wanted;
	const { stdout, tail } = await runNpm(['view', `n8n@${wanted}`, 'version', '--json'], {
		cwd: ROOT,
		label: `looking for n8n ${wanted}`,
	});
	if (stdout.trim() === '') throw new Error(`npm knows no n8n ${wanted}:\n${tail}`);
	const versions: string[] = [JSON.parse(stdout)].flat();
	return versions.sort(byNumbers).at(-1) ?? wanted;
}

const byNumbers = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true });

void main(process.argv.slice(2));
