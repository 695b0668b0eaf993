/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { join } from 'node:path';

import { findServices } from './find';
import { startService, type Service } from './service';

/** Starts an empty Redis that keeps everything in memory. Throws as `startService` does. */
export async function startRedis(): Promise<Service> {
	const { redis: programs } = findServices();
	return await startService({
		name: 'redis',
		command: (port, folder) => [
			join(programs, 'redis-server'),
			...['--port', String(port)],
			...['--bind', '127.0.0.1'],
			...['--dir', folder],
			...['--save', ''],
		],
		probe: (port) => [join(programs, 'redis-cli'), '-h', '127.0.0.1', '-p', String(port), 'ping'],
	});
}
