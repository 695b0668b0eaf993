/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { installN8n } from '../../../tools/n8n/install';
import { startN8n } from '../../../tools/n8n/instance';
import { N8nRest } from '../../../tools/n8n/rest';
import { onTeardown } from './globalTeardown';
import { packUnderTest } from './packUnderTest';

/** Starts one real n8n, with the packed package in it, for all e2e tests. */
export default async function globalSetup(): Promise<void> {
	const packageTarball = await packUnderTest();
	const n8n = await startN8n({ installation: await installN8n(), packageTarball });
	onTeardown(async () => await n8n.stop());
	await new N8nRest(n8n.url).setupOwner();
	process.env.N8N_UNDER_TEST = n8n.url;
}
