/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { readExample } from '../lab/examples';
import { createShopKey } from '../lab/shop';
import type { Sandbox } from '../sandbox/server';
import { installN8n } from '../tools/n8n/install';
import { startN8n, type N8nInstance } from '../tools/n8n/instance';
import { N8nRest } from '../tools/n8n/rest';
import type { StoredCredential, StoredWorkflow } from '../tools/n8n/types';
import { packPackage } from '../tools/pack';

/** All that a scene plays on: a local Instaply and a real n8n with this package in it. */
export interface Stage {
	sandbox: Sandbox;
	n8n: N8nInstance;
	rest: N8nRest;
	credential: StoredCredential;
	/** Imports a workflow of `examples/`, activates it and waits until it is live. */
	perform(example: string): Promise<StoredWorkflow>;
}

/**
 * Builds the stage around a sandbox.
 *
 * @param tell is told what is being done, because some of it takes minutes the first time
 * @param atEnd is given what to undo, last first, also when the stage is never finished
 */
export async function buildStage(
	sandbox: Sandbox,
	tell: (step: string) => void,
	atEnd: (undo: () => Promise<unknown>) => void,
): Promise<Stage> {
	tell('Building and packing the package');
	const tarball = await packPackage();
	atEnd(async () => await rm(dirname(tarball), { recursive: true, force: true }));
	tell('Looking for n8n');
	const installation = await installN8n();
	tell('Starting n8n with the package installed as a community node');
	const n8n = await startN8n({ installation, packageTarball: tarball });
	atEnd(async () => await n8n.stop());
	tell('Creating the owner and the credentials');
	const rest = new N8nRest(n8n.url);
	await rest.setupOwner();
	const credential = await rest.createCredential(
		'instaplyApi',
		{ token: sandbox.token, baseUrl: sandbox.url },
		'Instaply sandbox',
	);
	const shopKey = await createShopKey(rest);
	const perform = async (example: string) => {
		const workflow = await rest.createWorkflow(await readExample(example, credential, shopKey));
		tell(`Activating the workflow "${workflow.name}"`);
		await rest.activate(workflow);
		await rest.waitUntilPublished(workflow.id);
		return workflow;
	};
	return { sandbox, n8n, rest, credential, perform };
}
