/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { openLab, startLab, type Lab, type OwnLab } from '../../lab/lab';
import { packFor } from '../../lab/n8n';
import type { SandboxOptions } from '../../sandbox/server';
import { installN8n } from '../../tools/n8n/install';
import type { N8nInstance } from '../../tools/n8n/instance';
import { startQueueMode, type QueueMode } from '../../tools/n8n/queue';
import { N8nRest } from '../../tools/n8n/rest';
import { CleanUp } from '../../tools/process/cleanUp';
import { MEASURABLE } from '../heap';

/** An execution, as n8n stored it. */
interface StoredExecution {
	status: string;
	/** "Message 17", as the text of the first message in it begins; null when it begins otherwise. */
	text: string | null;
}

/** An n8n of one process or of several, with all that a soak looks at. */
export interface Installation {
	lab: Lab;
	/** Where deliveries come in. */
	url: string;
	processes: Array<{ name: string; n8n: N8nInstance }>;
	/** Those that are killed midway, and brought back. */
	killed: N8nInstance[];
	executionsOf(workflowId: string): Promise<StoredExecution[]>;
	close(): Promise<void>;
}

/** How long Instaply waits for a response is unknown; n8n takes long when it has much to do. */
const SANDBOX: SandboxOptions = { deliveryTimeoutMs: 60_000 };

/** One process does everything. */
export async function startSingle(env: Record<string, string>): Promise<Installation> {
	const lab = await startLab({ sandboxOptions: SANDBOX, env: { ...MEASURABLE, ...env } });
	return {
		lab,
		url: lab.n8nUrl,
		processes: [{ name: 'n8n', n8n: lab.n8n }],
		killed: [],
		executionsOf: async (workflowId) => await inSqlite(lab, workflowId),
		close: async () => await lab.close(),
	};
}

async function inSqlite({ n8n }: OwnLab, workflowId: string): Promise<StoredExecution[]> {
	const { node } = await installN8n();
	const script = `
		const { DatabaseSync } = require('node:sqlite');
		const [, file, workflowId] = process.argv;
		const rows = new DatabaseSync(file)
			.prepare('SELECT status, data FROM execution_entity JOIN execution_data ON executionId = id WHERE workflowId = ?')
			.iterate(workflowId);
		for (const { status, data } of rows) {
			console.log([status, /Message \\d+/.exec(data)?.[0] ?? ''].join('\\t'));
		}
	`;
	const database = join(n8n.userFolder, '.n8n', 'database.sqlite');
	const { stdout } = await promisify(execFile)(node, ['-e', script, database, workflowId], {
		maxBuffer: 64 * 1024 * 1024,
	});
	return stdout
		.split('\n')
		.filter(Boolean)
		.map((row) => toExecution(row.split('\t')));
}

function toExecution([status = '', text = '']: string[]): StoredExecution {
	return { status, text: text === '' ? null : text };
}

/** Two processes take deliveries, and two run executions. */
export async function startSeveral(env: Record<string, string>): Promise<Installation> {
	const cleanUp = new CleanUp();
	return await cleanUp.runOnFailure(async () => {
		const queue = await startQueueMode({
			installation: await installN8n(),
			packageTarball: await packFor(cleanUp),
			webhooks: 2,
			workers: 2,
			env: {
				...MEASURABLE,
				// What a killed worker had begun can be retried: see docs/reliability.md.
				QUEUE_WORKER_STALLED_INTERVAL: '0',
				...env,
			},
		});
		cleanUp.add(async () => await queue.stop());
		await new N8nRest(queue.main.url).setupOwner();
		const lab = await openLab(queue.main.url, { sandboxOptions: SANDBOX });
		cleanUp.add(async () => await lab.close());
		return {
			lab,
			url: queue.url,
			processes: processesOf(queue),
			killed: [queue.webhooks.at(-1), queue.workers.at(-1)].filter((n8n) => n8n !== undefined),
			executionsOf: async (workflowId) => await inPostgres(queue, workflowId),
			close: async () => await cleanUp.run(),
		};
	});
}

function processesOf({ main, webhooks, workers }: QueueMode) {
	return [
		{ name: 'main', n8n: main },
		...webhooks.map((n8n, index) => ({ name: `webhook ${index + 1}`, n8n })),
		...workers.map((n8n, index) => ({ name: `worker ${index + 1}`, n8n })),
	];
}

async function inPostgres({ postgres }: QueueMode, workflowId: string): Promise<StoredExecution[]> {
	const rows = await postgres.query(
		`SELECT status, substring(data from 'Message [0-9]+') FROM execution_entity JOIN execution_data ON "executionId" = id WHERE "workflowId" = '${workflowId}'`,
	);
	return rows.map(toExecution);
}
