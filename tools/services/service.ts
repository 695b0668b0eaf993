/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { execFile, execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { PACKAGE_NAME } from '../package';
import { CleanUp } from '../process/cleanUp';
import { freePorts } from '../process/ports';
import { Program } from '../process/program';

const READY_TIMEOUT_MS = 30_000;
const GUARD = join(__dirname, 'guard.cjs');

/** A server that was started for as long as it is needed. */
export interface Service {
	/** On 127.0.0.1. */
	port: number;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/** What to run, once the port and the folder are known. */
export interface ServiceDefinition {
	/** For error messages, and for the name of the temporary folder. */
	name: string;
	/** The user to run it as when this process is root's. */
	unprivilegedUser?: string;
	command(port: number, folder: string): string[];
	/** Ends well when the service is ready, else badly. */
	probe(port: number): string[];
}

/**
 * Starts a service on a free port, with a temporary folder, and resolves when it is ready. Throws
 * with the end of its log if it does not become ready in 30 seconds. It does not outlive this process,
 * however that ends.
 */
export async function startService({
	name,
	unprivilegedUser,
	command,
	probe,
}: ServiceDefinition): Promise<Service> {
	const [port = 0] = await freePorts(1);
	const folder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-${name}-`));
	const user = unprivilegedUser && process.getuid?.() === 0 ? idsOf(unprivilegedUser) : undefined;
	if (user) chownSync(folder, user.uid, user.gid);
	const [program, ...args] = command(port, folder);
	const service = new Program({
		name,
		executable: process.execPath,
		args: [GUARD, JSON.stringify({ program, args, cwd: folder, ...user })],
		cwd: folder,
		env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
		logFile: join(folder, 'log'),
	});
	const cleanUp = new CleanUp();
	cleanUp.add(async () => await service.stop());
	await cleanUp.runOnFailure(async () => {
		await service.untilReady(async () => await succeeds(probe(port)), {
			timeout: READY_TIMEOUT_MS,
		});
	});
	return { port, stop: async () => await cleanUp.run() };
}

function idsOf(user: string): { uid: number; gid: number } {
	const id = (option: string) => Number(execFileSync('id', [option, user], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

async function succeeds([program = '', ...args]: string[]): Promise<boolean> {
	return await promisify(execFile)(program, args).then(
		() => true,
		() => false,
	);
}
