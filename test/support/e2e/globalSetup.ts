/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startN8nWithPackage } from '../../../lab/n8n';
import { cleanUpAfterTests } from './globalTeardown';
import { packUnderTest } from './packUnderTest';

/** Starts one real n8n, with the packed package in it, for all e2e tests. */
export default async function globalSetup(): Promise<void> {
	const packageTarball = await packUnderTest();
	const { url } = await startN8nWithPackage({ packageTarball }, cleanUpAfterTests());
	process.env.N8N_UNDER_TEST = url;
}
