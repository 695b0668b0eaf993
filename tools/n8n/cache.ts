/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import envPaths from 'env-paths';

import { PACKAGE_NAME } from '../package';
import { withLock } from '../process/lock.cjs';

/** Where installations are kept between runs; the variable N8N_INSTALL_CACHE overrides it. */
function cacheFolder(): string {
	return process.env.N8N_INSTALL_CACHE ?? envPaths(PACKAGE_NAME, { suffix: '' }).cache;
}

/**
 * The folder `name` of the cache, filled by `fill` the first time. A folder that exists is complete:
 * it is filled under another name and renamed at the end, by one process at a time. Passes on what
 * `fill` throws, with nothing kept.
 */
export async function cached(
	name: string,
	fill: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(cacheFolder(), name);
	if (existsSync(folder)) return folder;
	await withLock(`${folder}.lock`, async () => {
		if (existsSync(folder)) return;
		await removeUnfinished(folder);
		const unfinished = await mkdtemp(`${folder}.unfinished-`);
		try {
			await fill(unfinished);
			await rename(unfinished, folder);
		} finally {
			await rm(unfinished, { recursive: true, force: true });
		}
	});
	return folder;
}

/**
 * What an installer that was killed has left behind; gigabytes, for n8n. Left to the next time if its
 * npm is still at work there.
 */
async function removeUnfinished(folder: string): Promise<void> {
	await mkdir(dirname(folder), { recursive: true });
	for (const entry of await readdir(dirname(folder))) {
		if (!entry.startsWith(`${basename(folder)}.unfinished-`)) continue;
		await rm(join(dirname(folder), entry), { recursive: true, force: true }).catch(() => {});
	}
}
