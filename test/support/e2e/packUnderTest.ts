/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { packPackage } from '../../../tools/pack';
import { onTeardown } from './globalTeardown';

/** Packs the package for all tests, which find its tarball in PACKAGE_UNDER_TEST. */
export async function packUnderTest(): Promise<string> {
	const tarball = await packPackage();
	onTeardown(async () => await rm(dirname(tarball), { recursive: true, force: true }));
	process.env.PACKAGE_UNDER_TEST = tarball;
	return tarball;
}
