/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Profiler as Inspector } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { CleanUp } from '../tools/process/cleanUp';
import { waitUntil } from '../tools/process/wait';

const CHILD = join(__dirname, 'profile-child.cjs');
const WRITTEN_WITHIN_MS = 60_000;

/** Takes CPU profiles of one n8n. */
export class Profiler {
	private count = 0;

	private constructor(private readonly folder: string) {}

	/** @param keepIn where the profiles stay, for the browser's developer tools; default: nowhere */
	static async create(cleanUp: CleanUp, keepIn?: string): Promise<Profiler> {
		const parent = resolve(keepIn ?? tmpdir());
		await mkdir(parent, { recursive: true });
		// A folder of its own: a profile that is there already must not pass for a new one.
		const folder = await mkdtemp(join(parent, 'n8n-instaply-profiles-'));
		if (keepIn === undefined) {
			cleanUp.add(async () => await rm(folder, { recursive: true, force: true }));
		}
		return new Profiler(folder);
	}

	/** What n8n has to be started with. */
	get environment(): Record<string, string> {
		return { NODE_OPTIONS: `--require "${CHILD}"`, BENCH_PROFILES: this.folder };
	}

	/** Profiles the process of n8n during some work. */
	async during(pid: number, work: () => Promise<unknown>): Promise<Inspector.Profile> {
		this.count += 1;
		await this.signal(pid, 'begun');
		await work();
		return JSON.parse(await readFile(await this.signal(pid, 'cpuprofile'), 'utf8'));
	}

	private async signal(pid: number, ending: string): Promise<string> {
		const file = join(this.folder, `${this.count}.${ending}`);
		process.kill(pid, 'SIGUSR2');
		await waitUntil(() => existsSync(file), { what: file, timeout: WRITTEN_WITHIN_MS });
		return file;
	}
}
