/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { DEFAULT_N8N_VERSION, installN8n } from '../tools/n8n/install';
import { runNpm } from '../tools/process/npm.cjs';

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
		'sending',
		'trigger',
		'waiting',
	],
	'examples/',
];

/**
 * `npm run test:compat [-- version ...]` runs the core of the e2e tests on several versions of n8n,
 * one after the other, and ends with a line for each. A version is one of npm's: `2.0.3`, `2.0` for
 * the newest patch of it, or `latest`.
 */
async function main(wanted: string[]): Promise<void> {
	const lines: string[] = [];
	for (const version of wanted) {
		const { passed, line } = await testOn(await exactVersion(version));
		lines.push(line);
		if (!passed) process.exitCode = 1;
	}
	console.log(lines.join('\n'));
}

async function testOn(version: string): Promise<{ passed: boolean; line: string }> {
	const { nodeMajor } = await installN8n(version);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-instaply-compat-'));
	try {
		const report = join(folder, 'report.json');
		const tests = `test/e2e/(${CORE.join('|')})`;
		const how = ['--selectProjects', 'e2e', '--runInBand', '--json', `--outputFile=${report}`];
		const jest = spawn(process.execPath, [JEST, ...how, '--testPathPatterns', tests], {
			cwd: ROOT,
			env: { ...process.env, N8N_VERSION: version },
			// What goes to stdout is the report once more.
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		await once(jest, 'close');
		const results = JSON.parse(await readFile(report, 'utf8'));
		const { numPassedTests, numFailedTests, numPendingTests } = results;
		const ran = numPassedTests + numFailedTests;
		return {
			passed: jest.exitCode === 0,
			line: `n8n ${version} on Node.js ${nodeMajor}: ${numPassedTests} of ${ran} tests passed, ${numPendingTests} not for this version`,
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

const wanted = process.argv.slice(2);
void main(wanted.length > 0 ? wanted : VERSIONS);
