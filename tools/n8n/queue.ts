import { randomBytes } from 'node:crypto';

import { freePorts } from '../ports';
import { startPostgres, type Postgres } from '../services/postgres';
import { startRedis } from '../services/redis';
import type { Service } from '../services/service';
import { startN8n, type N8nCommand, type N8nInstance, type StartOptions } from './instance';

export interface QueueModeOptions extends Pick<
	StartOptions,
	'installation' | 'packageTarball' | 'env'
> {
	/** Default 2. */
	workers?: number;
}

/** An n8n of several processes, each with a user folder of its own as in containers. */
export interface QueueMode {
	/** The editor, the REST interface and the activation of workflows; refuses deliveries. */
	main: N8nInstance;
	/** Takes the deliveries; its URL is n8n's public one. */
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
	env,
	...common
}: QueueModeOptions): Promise<QueueMode> {
	const services: Service[] = [];
	const instances: Array<Promise<N8nInstance>> = [];
	const stop = async () => {
		for (const started of await Promise.allSettled(instances)) {
			if (started.status === 'fulfilled') await started.value.stop();
		}
		await Promise.all(services.map(async (service) => await service.stop()));
	};
	let hasStarted = false;
	try {
		const postgres = await startPostgres();
		services.push(postgres);
		const redis = await startRedis();
		services.push(redis);
		const [port = 0] = await freePorts(1);
		const shared = { ...settings(postgres, redis, `http://127.0.0.1:${port}/`), ...env };
		const start = (command: N8nCommand, options: Pick<StartOptions, 'port'> = {}) => {
			const instance = startN8n({ ...common, ...options, command, env: shared });
			instances.push(instance);
			return instance;
		};
		// The first one sets up the database.
		const main = await start('start');
		const [webhook, ...workers] = await Promise.all([
			start('webhook', { port }),
			...Array.from({ length: workerCount }, () => start('worker')),
		]);
		hasStarted = true;
		return { main, webhook, workers, postgres, stop };
	} finally {
		if (!hasStarted) await stop();
	}
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
