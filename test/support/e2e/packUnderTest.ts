/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { packFor } from '../../../lab/n8n';
import { cleanUpAfterTests } from './globalTeardown';

/** Packs the package for all tests, which find its tarball in PACKAGE_UNDER_TEST. */
export async function packUnderTest(): Promise<string> {
	const tarball = await packFor(cleanUpAfterTests());
	process.env.PACKAGE_UNDER_TEST = tarball;
	return tarball;
}
