/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startN8nWithPackage } from '../../../lab/n8n';
import { foreignN8n, prepareForeignN8n } from './foreignN8n';
import { cleanUpAfterTests } from './globalTeardown';
import { packUnderTest } from './packUnderTest';

/**
 * Starts one real n8n, with the packed package in it, for all e2e tests; or has them use one that
 * somebody else has started.
 */
export default async function globalSetup(): Promise<void> {
	const foreign = foreignN8n();
	if (foreign !== undefined) {
		process.env.N8N_VERSION = await prepareForeignN8n(foreign, packUnderTest);
		process.env.N8N_UNDER_TEST = foreign.url;
		return;
	}
	const packageTarball = await packUnderTest();
	const { url } = await startN8nWithPackage({ packageTarball }, cleanUpAfterTests());
	process.env.N8N_UNDER_TEST = url;
}
