import { randomBytes } from 'node:crypto';

import { startBalancer } from '../process/balancer';
import { CleanUp } from '../process/cleanUp';
import { freePorts } from '../process/ports';
import { startPostgres, type Postgres } from '../services/postgres';
import { startRedis } from '../services/redis';
import type { Service } from '../services/service';
import {
	isReady,
	startN8n,
	type N8nCommand,
	type N8nInstance,
	type StartOptions,
} from './instance';

export interface QueueModeOptions extends Pick<
	StartOptions,
	'installation' | 'packageTarball' | 'env'
> {
	/** Default 2. */
	workers?: number;
	/** Processes that take deliveries; default 1. Several have a load balancer in front of them. */
	webhooks?: number;
}

/** An n8n of several processes, each with a user folder of its own as in containers. */
export interface QueueMode {
	/** The editor, the REST interface and the activation of workflows; refuses deliveries. */
	main: N8nInstance;
	/** n8n's public one, to which deliveries come; without a slash at the end. */
	url: string;
	/** Take the deliveries. */
	webhooks: N8nInstance[];
	/** The first of them; the only one by default, its URL being the public one. */
	webhook: N8nInstance;
	/** Run the executions, ten at a time each. */
	workers: N8nInstance[];
	/** The database of all of them. */
	postgres: Postgres;
	stop(): Promise<void>;
}

/**
 * Starts n8n in queue mode, with a PostgreSQL and a Redis of its own, and resolves when all processes
 * are ready, after about 30 seconds. Throws as `startN8n` and `startService` do, with nothing left
 * behind; nothing outlives this process.
 */
export async function startQueueMode({
	workers: workerCount = 2,
	webhooks: webhookCount = 1,
	env,
	...common
}: QueueModeOptions): Promise<QueueMode> {
	const cleanUp = new CleanUp();
	return await cleanUp.runOnFailure(async () => {
		const postgres = await startPostgres();
		cleanUp.add(async () => await postgres.stop());
		const redis = await startRedis();
		cleanUp.add(async () => await redis.stop());
		const ports = await freePorts(webhookCount);
		let url = `http://127.0.0.1:${ports[0]}`;
		if (webhookCount > 1) {
			// While n8n starts, it answers deliveries with 404 for some seconds (measured on 2.41.1).
			const balancer = await startBalancer(
				ports,
				async (port) => await isReady(`http://127.0.0.1:${port}`, 'webhook'),
			);
			cleanUp.add(async () => await balancer.close());
			url = balancer.url;
		}
		const shared = { ...settings(postgres, redis, `${url}/`), ...env };
		const start = async (command: N8nCommand, options: Pick<StartOptions, 'port'> = {}) => {
			const starting = startN8n({ ...common, ...options, command, env: shared });
			// At once: when one of them fails, the others may still be starting.
			cleanUp.add(async () => await (await starting.catch(() => undefined))?.stop());
			return await starting;
		};
		// The first one sets up the database.
		const main = await start('start');
		const [webhooks, workers] = await Promise.all([
			Promise.all(ports.map(async (port) => await start('webhook', { port }))),
			Promise.all(Array.from({ length: workerCount }, async () => await start('worker'))),
		]);
		const [webhook] = webhooks;
		if (webhook === undefined) throw new Error('n8n in queue mode needs a webhook process');
		const stop = async () => await cleanUp.run();
		return { url, main, webhook, webhooks, workers, postgres, stop };
	});
}

/** What all processes of one n8n have in common. */
function settings(postgres: Postgres, redis: Service, publicUrl: string): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_USER: postgres.user,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		WEBHOOK_URL: publicUrl,
		N8N_WEBHOOK_URL: publicUrl,
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	};
}
