/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:net';

import { listen, portOf } from './server';

/** `count` different TCP ports of 127.0.0.1 that the system says are free right now. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(
		Array.from({ length: count }, async () => await listen(createServer())),
	);
	const ports = servers.map(portOf);
	await Promise.all(
		servers.map(async (server) => await new Promise((resolve) => server.close(resolve))),
	);
	return ports;
}
