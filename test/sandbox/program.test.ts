/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import axios from 'axios';

import { waitUntil } from '../../tools/process/wait';
import { ROOT } from '../support/package/files';

jest.setTimeout(90_000);

/** Programs that a test has started, to be ended after it, with all that they started. */
const started: ChildProcess[] = [];
afterEach(() => {
	for (const { pid } of started.splice(0)) {
		try {
			if (pid !== undefined) process.kill(-pid, 'SIGKILL');
		} catch {
			// It is gone, as it should be.
		}
	}
});

/** Starts the sandbox as a user does, and resolves with what it prints first. */
async function startProgram(...args: string[]) {
	const npm = spawn('npm', ['run', '--silent', 'sandbox', '--', '--port', '0', ...args], {
		cwd: ROOT,
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	started.push(npm);
	let printed = '';
	npm.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
	await waitUntil(() => printed.includes('Ctrl-C stops it.'), { what: 'the sandbox to start' });
	const [url = ''] = printed.match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
	return { npm, printed, url };
}

async function responds(url: string): Promise<boolean> {
	try {
		return (await axios.get(url, { proxy: false })).status === 200;
	} catch {
		return false;
	}
}

// Windows has no signals to pass on: its consoles interrupt all programs at once.
const describeOnPosix = process.platform === 'win32' ? describe.skip : describe;

describeOnPosix('npm run sandbox', () => {
	it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
		'leaves nothing behind when npm alone gets a %s',
		async (signal) => {
			const { npm, url } = await startProgram();
			expect(await responds(url)).toBe(true);
			const ended = once(npm, 'exit');
			npm.kill(signal);
			await ended;
			const isGone = async () => !(await responds(url));
			await waitUntil(isGone, { what: 'the sandbox to be gone', timeout: 5000 });
		},
	);
});
