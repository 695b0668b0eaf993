/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { installCommunityPackage } from '../tools/n8n/communityPackage';
import { packPackage } from '../tools/pack';
import { PACKAGE_NAME } from '../tools/package';
import { copySources, scan, stripDevDependencies } from './support/package/scanner';

/**
 * `npx tsx test/scan.ts <folder>` has the scanner in the node_modules of a folder judge this package,
 * its sources and what is published, both as users have them. n8n's portal is ahead of the scanner
 * that this repository has installed.
 */
async function main(home: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), `${PACKAGE_NAME}-scan-`));
	try {
		const sources = join(folder, 'sources');
		await copySources(sources);
		const tarball = await packPackage();
		await installCommunityPackage(folder, tarball);
		await rm(dirname(tarball), { recursive: true });
		const published = join(folder, 'node_modules', PACKAGE_NAME);
		for (const copy of [sources, published]) await stripDevDependencies(copy);

		report('The sources', await scan(sources, 'sources', home));
		report('What is published', await scan(published, 'tarball', home));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function report(what: string, verdict: string): void {
	console.log(`${what}: ${verdict}`);
	if (verdict !== 'passed') process.exitCode = 1;
}

const [, , home] = process.argv;
if (home === undefined) throw new Error('Name the folder that holds the scanner');
void main(home);
