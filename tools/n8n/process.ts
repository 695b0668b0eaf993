/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { N8nInstallation } from './install';

const KILL_AFTER_MS = 10_000;

export interface ProcessOptions {
	installation: N8nInstallation;
	userFolder: string;
	env: Record<string, string>;
	/** Output of n8n is appended here. */
	logFile: string;
}

/** n8n and its child processes (task runners), as one. */
export class N8nProcess {
	private readonly child: ChildProcess;

	/** Starts n8n in a process group of its own; it never outlives this process. */
	constructor({ installation, userFolder, env, logFile }: ProcessOptions) {
		const log = openSync(logFile, 'a');
		const preload = join(__dirname, 'end-with-parent.cjs');
		this.child = spawn(installation.node, ['--require', preload, installation.program, 'start'], {
			// Not the checkout: n8n reads a .env file of the folder it is started in.
			cwd: userFolder,
			env,
			detached: true,
			stdio: ['ignore', log, log, 'pipe'],
		});
		closeSync(log);
		// A forgotten instance must not keep this process alive: it ends with it instead.
		this.child.unref();
		const pipe = this.child.stdio[3];
		if (pipe instanceof Socket) pipe.on('error', () => {}).unref();
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	get hasEnded(): boolean {
		return this.child.exitCode !== null || this.child.signalCode !== null;
	}

	/** How it ended, for an error message: "exit code 1". */
	get ending(): string {
		return this.child.signalCode ?? `exit code ${this.child.exitCode}`;
	}

	/** Asks n8n to end, insists after 10 seconds, and resolves when all of it is gone. */
	async stop(): Promise<void> {
		if (!this.hasEnded) {
			const ended = this.exit();
			this.child.kill('SIGTERM');
			await Promise.race([ended, delay(KILL_AFTER_MS, undefined, { ref: false })]);
		}
		await this.kill();
	}

	/** Ends n8n without a chance to tidy up, as a crash or a power cut would. */
	async kill(): Promise<void> {
		const ended = this.hasEnded ? undefined : this.exit();
		killGroup(this.child.pid);
		await ended;
	}

	/** Who waits for the end stays until then: this process would end with success in between. */
	private async exit(): Promise<void> {
		this.child.ref();
		await once(this.child, 'exit');
	}
}

/** Reaches the task runners also when n8n itself has ended already. */
function killGroup(pid: number | undefined): void {
	if (pid === undefined) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// No process of the group is left.
	}
}
