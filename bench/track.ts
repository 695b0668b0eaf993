/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { withCredential } from '../lab/examples';
import { startSandbox, type Sandbox } from '../sandbox/server';
import type { N8nInstallation } from '../tools/n8n/install';
import { startN8n, type N8nInstance } from '../tools/n8n/instance';
import { N8nRest } from '../tools/n8n/rest';
import type { StoredCredential } from '../tools/n8n/types';
import type { Contender } from './contenders';
import { watchMemory } from './memory';

/** What one run showed. */
export interface Lap {
	/** How long the sending node took, in ms, as n8n says. */
	nodeMs: number;
	/** The most requests at Instaply at once. */
	inFlight: number;
	/** Messages that arrived before one that was to go out earlier in the same thread. */
	inversions: number;
	/** Messages that arrived. */
	messages: number;
	/** The most memory that n8n held, in MB. */
	peakMb: number;
}

/** What contenders run on. */
export interface Setting {
	installation: N8nInstallation;
	packageTarball: string;
	/** By how many ms the sandbox delays each answer. */
	latencyMs: number;
	/** How large n8n's heap may become, in MB. */
	heapMb: number;
}

/** One real n8n and one sandbox, on which contenders send items. */
export class Track {
	private constructor(
		private readonly n8n: N8nInstance,
		private readonly rest: N8nRest,
		private readonly sandbox: Sandbox,
		private readonly credential: StoredCredential,
	) {}

	static async open(setting: Setting): Promise<Track> {
		const { installation, packageTarball, latencyMs, heapMb } = setting;
		const sandbox = await startSandbox({ latencyMs });
		const n8n = await startN8n({
			installation,
			packageTarball,
			env: { NODE_OPTIONS: `--max-old-space-size=${heapMb}` },
		});
		const rest = new N8nRest(n8n.url);
		await rest.setupOwner();
		const credential = await rest.createCredential('instaplyApi', {
			token: sandbox.token,
			baseUrl: sandbox.url,
		});
		return new Track(n8n, rest, sandbox, credential);
	}

	/** Lets a contender send `count` items, over `threads` threads in turn. */
	async run({ nodeFor }: Contender, count: number, threads: number): Promise<Lap> {
		this.sandbox.clearRecords();
		const ids = Array.from({ length: threads }, () => this.sandbox.addThread().id);
		const items = Array.from({ length: count }, (_, index) => ({
			thread: String(ids[index % threads]),
			text: `message ${index}`,
		}));
		const source = await serve(JSON.stringify(items));
		const workflow = await this.rest.createWorkflow(
			withCredential(
				{
					name: 'Benchmark',
					nodes: [
						{
							id: '1',
							name: 'Start',
							type: 'n8n-nodes-base.manualTrigger',
							typeVersion: 1,
							position: [0, 0],
							parameters: {},
						},
						{
							id: '2',
							name: 'Items',
							type: 'n8n-nodes-base.httpRequest',
							typeVersion: 4.2,
							position: [200, 0],
							parameters: { url: source.url },
						},
						{
							id: '3',
							name: 'Send',
							position: [400, 0],
							credentials: {
								instaplyApi: { id: this.credential.id, name: this.credential.name },
							},
							...nodeFor(this.sandbox.url),
						},
					],
					connections: {
						Start: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
						Items: { main: [[{ node: 'Send', type: 'main', index: 0 }]] },
					},
				},
				this.credential,
			),
		);
		const memory = watchMemory(this.n8n.pid ?? 0);
		const id = await this.rest.runManually(workflow, { trigger: 'Start', destination: 'Send' });
		const execution = await this.rest.waitForEnd(id, { timeout: 300_000, interval: 500 });
		const peakMb = memory.stop();
		await source.close();
		await this.rest.deleteWorkflow(workflow);
		const [ran] = execution.data.resultData.runData.Send ?? [];
		if (execution.status !== 'success' || ran === undefined) {
			throw new Error(`The execution ended as ${execution.status}`);
		}
		const conversations = ids.map((thread) => this.sandbox.conversation(thread));
		return {
			nodeMs: ran.executionTime,
			inFlight: this.sandbox.maxInFlight(),
			inversions: conversations
				.map((messages) => inversionsIn(messages.map(({ body }) => Number(body?.split(' ')[1]))))
				.reduce((sum, inversions) => sum + inversions, 0),
			messages: conversations.flat().length,
			peakMb,
		};
	}

	/** Resolves to whether n8n has ended by itself. */
	async hasEnded(): Promise<boolean> {
		// A connection breaks some moments before.
		await delay(1_000);
		return this.n8n.hasEnded;
	}

	async close(): Promise<void> {
		await this.n8n.stop();
		await this.sandbox.close();
	}
}

/** How many neighbours stand the wrong way round. */
function inversionsIn(numbers: number[]): number {
	return numbers.filter((number, index) => number < (numbers[index - 1] ?? -1)).length;
}

async function serve(json: string): Promise<{ url: string; close(): Promise<void> }> {
	const server = createServer((_, response) => {
		response.setHeader('content-type', 'application/json').end(json);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address: AddressInfo | string | null = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	return {
		url: `http://127.0.0.1:${port}/`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
