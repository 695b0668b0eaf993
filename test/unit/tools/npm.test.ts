/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { waitUntil } from '../../../tools/process/wait';
import { ROOT } from '../../support/package/files';

const NPM = join(ROOT, 'tools/process/npm.cjs');
const CALL = `require(${JSON.stringify(NPM)}).runNpm(['ci'], { cwd: '.', label: 'installing' })`;

/** Stands in for a script that takes long: a shell waits for a program, which writes who it is. */
const PROGRAM =
	"require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);";
const LONG = `#!/bin/sh\nnode -e "${PROGRAM}"\necho over\n`;

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-instaply-test-'));
	await writeFile(join(folder, 'npm'), LONG);
	await chmod(join(folder, 'npm'), 0o755);
});
afterEach(async () => {
	const npm = await readPid();
	if (npm !== null && isRunning(npm)) process.kill(npm);
	await rm(folder, { recursive: true });
});

async function readPid(): Promise<number | null> {
	return Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => '')) || null;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

const onPosix = process.platform === 'win32' ? it.skip : it;

onPosix.each([
	['SIGINT', CALL],
	['SIGTERM', CALL],
	['SIGTERM', `process.on('SIGTERM', () => process.exit()); ${CALL}`],
] as const)(
	'ends npm and what it started when %s reaches the process that called it alone: %s',
	async (signal, program) => {
		const env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) };
		const caller = spawn(process.execPath, ['-e', program], { cwd: folder, env, stdio: 'ignore' });
		const ended = once(caller, 'exit');
		const behindNpm = await waitUntil(readPid, { what: 'the program to start' });
		caller.kill(signal);
		await ended;
		await waitUntil(() => !isRunning(behindNpm), { what: 'the program to end' });
	},
);
