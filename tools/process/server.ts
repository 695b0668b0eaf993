/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type RequestListener } from 'node:http';
import type { Server } from 'node:net';

/** An HTTP server that was started for as long as it is needed. */
export interface LocalServer {
	/** Without a slash at the end, such as `http://127.0.0.1:41234`. */
	url: string;
	/** Ends it, and all connections to it. */
	close(): Promise<void>;
}

/** Starts an HTTP server on a free port, of 127.0.0.1 unless another address is given. */
export async function startServer(listener: RequestListener, host?: string): Promise<LocalServer> {
	const server = await listen(createServer(listener), host);
	return {
		url: addressOf(server),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Has a server listen on a free port. */
export async function listen<T extends Server>(server: T, host = '127.0.0.1'): Promise<T> {
	return await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, host, () => resolve(server));
	});
}

/** Without a slash at the end, such as `http://127.0.0.1:41234`. Throws when the server is not up. */
export function addressOf(server: Server): string {
	return `http://127.0.0.1:${portOf(server)}`;
}

/** Throws when the server is not up. */
export function portOf(server: Server): number {
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('The server is not up');
	return address.port;
}
