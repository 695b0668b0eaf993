/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';

/** The folder of the package. */
export const ROOT = dirname(dirname(dirname(__dirname)));

/** Makes a temporary folder for each test of a file, or for all when called in `beforeAll`. */
export async function temporaryFolder(): Promise<string> {
	return await mkdtemp(join(tmpdir(), 'n8n-nodes-instaply-test-'));
}

export async function remove(folder: string | undefined): Promise<void> {
	if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

/** All files below a folder, as sorted paths relative to it, with slashes. */
export async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.sort();
}
