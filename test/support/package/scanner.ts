/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runScript } from './command.cjs';
import { ROOT } from './files';

/**
 * Runs a leg of n8n's community scanner, which heeds no configuration and no comment of a package.
 *
 * @returns `passed`, or what the scanner has to say
 */
export async function scan(folder: string, leg: 'sources' | 'tarball'): Promise<string> {
	const { stdout } = await runScript(join(ROOT, 'test/support/package/scan.mjs'), [folder, leg]);
	return stdout.trim();
}

/** What n8n does before it installs a package: what is imported from them is not there. */
export async function stripDevDependencies(folder: string): Promise<void> {
	const file = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8'));
	delete manifest.devDependencies;
	await writeFile(file, JSON.stringify(manifest));
}
