/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { packPackage } from '../pack';
import { npmOrThrow } from '../process/npm.cjs';

/**
 * Puts a package where n8n's own "Install community node" puts it.
 *
 * @param folder `.n8n/nodes` of the user who runs n8n
 */
export async function installCommunityPackage(folder: string, tarball: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const manifest = { name: 'installed-nodes', private: true, dependencies: {} };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	// No network: n8n itself brings n8n-workflow, the only peer.
	const offline = ['--offline', '--legacy-peer-deps', '--omit=dev'];
	const quiet = ['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'];
	await npmOrThrow(['install', ...offline, ...quiet, tarball], {
		cwd: folder,
		label: 'installing the package into n8n',
	});
}

/**
 * `npx tsx tools/n8n/communityPackage.ts <folder>` packs this package into a folder that holds nothing
 * else, such as one that a container sees as /home/node/.n8n/nodes.
 */
async function main(folder: string): Promise<void> {
	const tarball = await packPackage();
	await installCommunityPackage(folder, tarball);
	await rm(dirname(tarball), { recursive: true });
	console.log(`Restart n8n, and it finds the package in ${folder}`);
}

if (require.main === module) {
	const [, , folder] = process.argv;
	if (folder === undefined) throw new Error('Name the folder: .n8n/nodes of the user of n8n');
	void main(folder);
}
