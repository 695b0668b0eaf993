/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';

import { PACKAGE_NAME } from '../package';
import { CleanUp } from '../process/cleanUp';
import { freePorts } from '../process/ports';
import { Program } from '../process/program';
import { installCommunityPackage } from './communityPackage';
import { n8nEnvironment } from './environment';
import type { N8nInstallation } from './install';

const READY_TIMEOUT_MS = 180_000;
const END_WITH_PARENT = join(__dirname, 'end-with-parent.cjs');

/**
 * What an n8n process does. `start`: everything, or in queue mode what the other two leave to it;
 * `webhook` takes deliveries, and `worker` runs executions.
 */
export type N8nCommand = 'start' | 'webhook' | 'worker';

export interface StartOptions {
	installation: N8nInstallation;
	/** Default: `start`. The other two need the settings of queue mode in `env`. */
	command?: N8nCommand;
	/** Of the web server, or of the health checks of a worker. Default: one that is free. */
	port?: number;
	/** Where n8n keeps its data. Default: a temporary folder, removed by `stop`. */
	userFolder?: string;
	/** A community node package to install into n8n, as `npm pack` makes it. */
	packageTarball?: string;
	/**
	 * Activate workflows in the background (n8n's way since 2.41, the default) or, with false,
	 * within the request that asks for it, as older versions do.
	 */
	publicationService?: boolean;
	/** Further environment variables for n8n; they win over the ones set here. */
	env?: Record<string, string>;
}

export interface N8nInstance {
	/** Where the editor, the REST interface and the webhooks are; without a slash at the end. */
	url: string;
	userFolder: string;
	logFile: string;
	/** The process of n8n itself, another one after `restart`. */
	readonly pid: number | undefined;
	readonly hasEnded: boolean;
	/** The last lines n8n has written, for error messages. */
	logTail(): string;
	/**
	 * Stops n8n (if it still runs) and starts it with the same data and port; resolves when ready.
	 *
	 * @param env environment variables that win over those it was started with, this time
	 */
	restart(env?: Record<string, string>): Promise<void>;
	/** The same, with another package (or another version of it) in place of the installed one. */
	restartWithPackage(packageTarball: string): Promise<void>;
	/** Ends n8n at once, without a chance to tidy up; `restart` brings it back. */
	kill(): Promise<void>;
	/** Ends n8n and everything it started, and removes the user folder if it is a temporary one. */
	stop(): Promise<void>;
}

/**
 * Starts an n8n of its own on free ports of 127.0.0.1 and resolves when it is ready, after about
 * 10 seconds. Throws with the end of n8n's log if it ends first or is not ready in 3 minutes. n8n
 * and its temporary folder do not outlive this process, however it ends.
 */
export async function startN8n(options: StartOptions): Promise<N8nInstance> {
	const cleanUp = new CleanUp();
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-`));
	const isTemporary = options.userFolder === undefined;
	const removal = { recursive: true, force: true, maxRetries: 3 };
	if (isTemporary) cleanUp.add(async () => await rm(userFolder, removal));
	const logFile = join(userFolder, 'n8n.log');

	const { command = 'start', installation } = options;
	const [freePort = 0, brokerPort = 0] = await freePorts(2);
	const port = options.port ?? freePort;
	const url = `http://127.0.0.1:${port}`;
	const env = {
		...n8nEnvironment({
			port,
			brokerPort,
			userFolder,
			nodeMajor: installation.nodeMajor,
			publicationService: options.publicationService ?? true,
		}),
		...(isTemporary && { N8N_TEMPORARY_FOLDER: userFolder }),
		...options.env,
	};
	const launch = (changes: Record<string, string>) =>
		new Program({
			name: `n8n ${command} at ${url}`,
			executable: installation.node,
			args: ['--require', END_WITH_PARENT, installation.program, command],
			// Not the checkout: n8n reads a .env file of the folder it is started in.
			cwd: userFolder,
			env: { ...env, ...changes },
			logFile,
		});

	let running: Program | undefined;
	cleanUp.add(async () => await running?.stop());
	const start = async (changes: Record<string, string> = {}) => {
		running = launch(changes);
		await running.untilReady(async () => await isReady(url, command), {
			timeout: READY_TIMEOUT_MS,
		});
	};

	const nodes = join(userFolder, '.n8n', 'nodes');
	await cleanUp.runOnFailure(async () => {
		if (options.packageTarball) await installCommunityPackage(nodes, options.packageTarball);
		await start();
	});
	return {
		url,
		userFolder,
		logFile,
		get pid() {
			return running?.pid;
		},
		get hasEnded() {
			return running?.hasEnded ?? true;
		},
		logTail: () => running?.logTail ?? '',
		restart: async (changes) => {
			await running?.stop();
			await start(changes);
		},
		restartWithPackage: async (packageTarball) => {
			await running?.stop();
			await installCommunityPackage(nodes, packageTarball);
			await start();
		},
		kill: async () => await running?.kill(),
		stop: async () => await cleanUp.run(),
	};
}

/** Tells whether an n8n takes requests. */
export async function isReady(url: string, command: N8nCommand = 'start'): Promise<boolean> {
	if (!(await returnsOk(`${url}/healthz/readiness`))) return false;
	// n8n 1 says it is ready before its REST interface is there.
	return command !== 'start' || (await returnsOk(`${url}/rest/settings`));
}

async function returnsOk(url: string): Promise<boolean> {
	try {
		const { status } = await axios.get(url, { proxy: false, validateStatus: () => true });
		return status === 200;
	} catch {
		return false;
	}
}
