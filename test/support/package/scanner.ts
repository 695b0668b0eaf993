/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { runScript } from './command.cjs';
import { ROOT } from './files';

/** What the scanner reads, or needs to judge it. */
const SOURCES = ['nodes', 'credentials', 'icons', 'package.json'];

/**
 * Runs a leg of n8n's community scanner, which heeds no configuration and no comment of a package.
 *
 * @param home the folder whose node_modules holds the scanner. Default: the one of this package
 * @returns `passed`, or what the scanner has to say
 */
export async function scan(
	folder: string,
	leg: 'sources' | 'tarball',
	home?: string,
): Promise<string> {
	const script = join(ROOT, 'test/support/package/scan.mjs');
	const at = home === undefined ? [] : [pathToFileURL(home + sep).href];
	const { stdout, output } = await runScript(script, [folder, leg, ...at], ROOT);
	return stdout.trim() || output.trim();
}

/** Copies what the scanner judges of the sources, and more, to be changed there. */
export async function copySources(folder: string, ...more: string[]): Promise<void> {
	for (const name of [...SOURCES, ...more])
		await cp(join(ROOT, name), join(folder, name), { recursive: true });
}

/** What n8n does before it installs a package: what is imported from them is not there. */
export async function stripDevDependencies(folder: string): Promise<void> {
	const file = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8'));
	delete manifest.devDependencies;
	await writeFile(file, JSON.stringify(manifest));
}
