/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Server } from 'node:net';

/** Starts a server on a free port of this machine. */
export async function listen<T extends Server>(server: T): Promise<T> {
	server.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return server;
}

/** Without a trailing slash, such as `http://127.0.0.1:41234`. */
export function addressOf(server: Server): string {
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('The server is not up');
	return `http://127.0.0.1:${address.port}`;
}
