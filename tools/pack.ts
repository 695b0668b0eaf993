/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PACKAGE_NAME, ROOT } from './package';
import { npmOrThrow } from './process/npm.cjs';

/**
 * Builds the package of this repository and packs it as it would be published. Throws with npm's own
 * words if the build or the packing fails.
 *
 * @returns the absolute path of the tarball, in a temporary folder of its own that the caller may remove
 */
export async function packPackage(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `${PACKAGE_NAME}-pack-`));
	await npmOrThrow(['run', 'build'], { cwd: ROOT, label: 'building the package' });
	await npmOrThrow(['pack', '--ignore-scripts', '--pack-destination', folder], {
		cwd: ROOT,
		label: 'packing the package',
	});
	const [tarball] = await readdir(folder);
	if (!tarball) throw new Error('npm pack made no tarball');
	return join(folder, tarball);
}
