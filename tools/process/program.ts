/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { waitUntil, type WaitOptions } from './wait';

const KILL_AFTER_MS = 10_000;
const LOG_TAIL_LINES = 40;

export interface ProgramOptions {
	/** For error messages. */
	name: string;
	executable: string;
	/** It has to call `whenPipeCloses` of parent.cjs, so that it does not outlive this process. */
	args: string[];
	cwd: string;
	/** The whole environment. */
	env: Record<string, string>;
	/** Its output is appended here. */
	logFile: string;
}

/** A program in the background and all that it starts itself, as one. */
export class Program {
	private readonly child: ChildProcess;

	/** Starts it in a process group of its own. */
	constructor(private readonly options: ProgramOptions) {
		const { executable, args, cwd, env, logFile } = options;
		const log = openSync(logFile, 'a');
		this.child = spawn(executable, args, {
			cwd,
			env,
			detached: true,
			stdio: ['ignore', log, log, 'pipe'],
		});
		closeSync(log);
		// A forgotten one must not keep this process alive: it ends with it instead.
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

	/** The last lines it has written. */
	get logTail(): string {
		const lines = readFileSync(this.options.logFile, 'utf8').trimEnd().split('\n');
		return lines.slice(-LOG_TAIL_LINES).join('\n');
	}

	/** Throws with the end of its log if it ends first or is not ready in time. */
	async untilReady(
		isReady: () => Promise<boolean>,
		{ timeout }: Pick<WaitOptions, 'timeout'>,
	): Promise<void> {
		const { name } = this.options;
		const isReadyOrOver = async () => this.hasEnded || (await isReady());
		await waitUntil(isReadyOrOver, { what: `${name} to be ready`, timeout });
		if (this.hasEnded) {
			throw new Error(`${name} ended (${this.ending}) before it was ready:\n${this.logTail}`);
		}
	}

	/** Asks it to end, insists after 10 seconds, and resolves when all of it is gone. */
	async stop(): Promise<void> {
		this.child.ref();
		if (!this.hasEnded) {
			const ended = once(this.child, 'exit');
			this.child.kill('SIGTERM');
			await Promise.race([ended, delay(KILL_AFTER_MS, undefined, { ref: false })]);
		}
		await this.kill();
	}

	/** Ends it without a chance to tidy up, as a crash or a power cut would. */
	async kill(): Promise<void> {
		this.child.ref();
		const ended = this.hasEnded ? undefined : once(this.child, 'exit');
		killGroup(this.child.pid);
		await ended;
	}

	/** How it ended: "exit code 1". */
	private get ending(): string {
		return this.child.signalCode ?? `exit code ${this.child.exitCode}`;
	}
}

/** Reaches what a program has started also when it has ended itself already. */
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
