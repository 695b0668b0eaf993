/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { withCredential } from '../../../lab/examples';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { installN8n } from '../../../tools/n8n/install';
import { startN8n, type N8nInstance, type StartOptions } from '../../../tools/n8n/instance';
import { itemsOf, N8nRest } from '../../../tools/n8n/rest';
import type {
	Execution,
	StoredCredential,
	StoredWorkflow,
	Workflow,
} from '../../../tools/n8n/types';
import { waitUntil } from '../../../tools/process/wait';

export const INSTAPLY = 'n8n-nodes-instaply.instaply';
export const INSTAPLY_TRIGGER = 'n8n-nodes-instaply.instaplyTrigger';

/** n8n 1 and 2.0, which tests run on only when N8N_VERSION says so. */
export const isOldN8n = /^(1|2\.0)\./.test(process.env.N8N_VERSION ?? '');

/** What a user has: an n8n to work in, an account at Instaply (a sandbox), and its credential. */
export interface World {
	rest: N8nRest;
	n8nUrl: string;
	sandbox: Sandbox;
	credential: StoredCredential;
	/** Saves a workflow with the credential filled in. */
	save(nodes: NodeSketch[], connections?: IConnections, pinData?: PinData): Promise<StoredWorkflow>;
	/** Saves a workflow and puts it live. */
	publish(nodes: NodeSketch[], connections?: IConnections): Promise<StoredWorkflow>;
	/** Takes a workflow down again and waits until that is done. */
	unpublish(workflow: StoredWorkflow): Promise<void>;
	/** Runs one operation of the Instaply node behind a manual trigger that gives `input`. */
	runOperation(
		parameters: INodeParameters,
		more?: { input?: IDataObject[]; settings?: Partial<INode> },
	): Promise<Operated>;
	close(): Promise<void>;
}

export interface Operated {
	execution: Execution;
	items: unknown[];
}

export type NodeSketch = Pick<INode, 'name' | 'type' | 'parameters'> & Partial<INode>;

/** What nodes are to put out instead of running, by their names. */
type PinData = Record<string, IDataObject[]>;

let count = 0;

/** Starts an n8n besides the one that all tests share, for tests that restart or load it. */
export async function startOwnN8n(
	options: Omit<StartOptions, 'installation'>,
): Promise<N8nInstance> {
	const n8n = await startN8n({
		installation: await installN8n(),
		packageTarball: process.env.PACKAGE_UNDER_TEST,
		...options,
	});
	await new N8nRest(n8n.url).setupOwner();
	return n8n;
}

export async function openWorld(n8nUrl = process.env.N8N_UNDER_TEST ?? ''): Promise<World> {
	const rest = new N8nRest(n8nUrl);
	await rest.login();
	const sandbox = await startSandbox();
	const credential = await rest.createCredential('instaplyApi', {
		token: sandbox.token,
		baseUrl: sandbox.url,
	});
	const published = new Set<StoredWorkflow>();

	const save = async (
		nodes: NodeSketch[],
		connections: IConnections = {},
		pinData: PinData = {},
	) => {
		count += 1;
		const workflow = withCredential(
			{
				name: `Test ${count}`,
				nodes: nodes.map(complete),
				connections,
				pinData: asItems(pinData),
				// As the editor sets it. Without it, n8n 2.41.1 shows a model nothing of what tools answer.
				settings: { executionOrder: 'v1' },
			},
			credential,
		);
		return await rest.createWorkflow(workflow);
	};
	const publish = async (nodes: NodeSketch[], connections: IConnections = {}) => {
		const workflow = await save(nodes, connections);
		await rest.activate(workflow);
		published.add(workflow);
		await rest.waitUntilPublished(workflow.id);
		return workflow;
	};
	const unpublish = async (workflow: StoredWorkflow) => {
		published.delete(workflow);
		await takeDown(rest, workflow);
	};
	const runOperation: World['runOperation'] = async (
		parameters,
		{ input = [{}], settings = {} } = {},
	) => {
		const workflow = await save(
			[
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{ name: 'Instaply', type: INSTAPLY, parameters, ...settings },
			],
			{ Start: { main: [[{ node: 'Instaply', type: 'main', index: 0 }]] } },
			{ Start: input },
		);
		const id = await rest.runManually(workflow, { trigger: 'Start', destination: 'Instaply' });
		const execution = await rest.waitForEnd(id);
		return { execution, items: itemsOf(execution, 'Instaply').map(({ json }) => json) };
	};
	const close = async () => {
		for (const workflow of published) await unpublish(workflow);
		await sandbox.close();
	};
	return { rest, n8nUrl, sandbox, credential, save, publish, unpublish, runOperation, close };
}

function asItems(pinData: PinData): Workflow['pinData'] {
	const entries = Object.entries(pinData);
	return Object.fromEntries(entries.map(([node, data]) => [node, data.map((json) => ({ json }))]));
}

/** n8n deactivates in the background, and needs the sandbox for it. */
async function takeDown(rest: N8nRest, workflow: StoredWorkflow): Promise<void> {
	await rest.deactivate(workflow);
	const isOver = async () => (await rest.publicationStatus(workflow.id))?.status !== 'in_progress';
	await waitUntil(isOver, { what: `${workflow.name} to be unpublished` });
}

function complete(node: NodeSketch, index: number): INode {
	return {
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		typeVersion: 1,
		position: [index * 220, 0],
		...node,
	};
}
