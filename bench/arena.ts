/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { IConnections, INode } from 'n8n-workflow';

import { targetOf, type Target } from '../lab/deliveries';
import { withCredential } from '../lab/examples';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';
import { installN8n } from '../tools/n8n/install';
import { startN8n, type N8nInstance } from '../tools/n8n/instance';
import { N8nRest } from '../tools/n8n/rest';
import type { StoredWorkflow } from '../tools/n8n/types';
import { packPackage } from '../tools/pack';
import { waitUntil } from '../tools/process/wait';

export type Sketch = Pick<INode, 'name' | 'type' | 'parameters'> & Partial<INode>;

/** A real n8n and a sandbox on this machine, in which workflows take deliveries. */
export interface Arena {
	n8n: N8nInstance;
	sandbox: Sandbox;
	/** Saves nodes, each connected to the next, and puts them live. */
	publish(name: string, nodes: Sketch[]): Promise<StoredWorkflow>;
	/** Where the trigger of this package takes deliveries. */
	target(): Target;
	/** Waits until n8n has no execution under way. */
	idle(): Promise<void>;
	close(): Promise<void>;
}

/** @param options how the sandbox behaves */
export async function openArena(
	env: Record<string, string> = {},
	options: SandboxOptions = {},
): Promise<Arena> {
	const packageTarball = await packPackage();
	const sandbox = await startSandbox(options);
	const n8n = await startN8n({ installation: await installN8n(), packageTarball, env });
	const rest = new N8nRest(n8n.url);
	await rest.setupOwner();
	const credential = await rest.createCredential('instaplyApi', {
		token: sandbox.token,
		baseUrl: sandbox.url,
	});
	return {
		n8n,
		sandbox,
		async publish(name, nodes) {
			const workflow = await rest.createWorkflow(
				withCredential({ name, nodes: nodes.map(complete), connections: chain(nodes) }, credential),
			);
			await rest.activate(workflow);
			await rest.waitUntilPublished(workflow.id);
			return workflow;
		},
		target: () => targetOf(sandbox),
		async idle() {
			const isIdle = async () =>
				(await rest.executions({ status: ['new', 'running'] })).length === 0;
			await waitUntil(isIdle, { what: 'n8n to finish all executions', timeout: 300_000 });
		},
		async close() {
			await n8n.stop();
			await sandbox.close();
			await rm(dirname(packageTarball), { recursive: true, force: true });
		},
	};
}

function complete(node: Sketch, index: number): INode {
	return {
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		typeVersion: 1,
		position: [index * 220, 0],
		...node,
	};
}

function chain(nodes: Sketch[]): IConnections {
	const links = nodes.slice(1).map(({ name }, index) => {
		const next = { main: [[{ node: name, type: 'main' as const, index: 0 }]] };
		return [nodes[index]?.name, next];
	});
	return Object.fromEntries(links);
}
