/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { connect, createServer, type Socket } from 'node:net';

import { addressOf, listen } from '../../../tools/process/server';

/** A proxy whose connections can be cut, as when a computer sleeps. */
export interface Proxy {
	/** Where to find the server behind it. */
	url: string;
	/** Ends all connections and lets no new one through. */
	cut(): void;
	restore(): void;
	close(): Promise<void>;
}

/** Starts a proxy of the server at `url`, on a port of its own. */
export async function startProxy(url: string): Promise<Proxy> {
	const { hostname, port } = new URL(url);
	const sockets = new Set<Socket>();
	let isCut = false;
	const server = createServer((near) => {
		if (isCut) return near.destroy();
		const far = connect(Number(port), hostname);
		for (const [one, other] of [
			[near, far],
			[far, near],
		] as const) {
			sockets.add(one);
			one.pipe(other);
			one.on('error', () => {});
			one.once('close', () => {
				sockets.delete(one);
				other.destroy();
			});
		}
		return near;
	});
	const endAll = () => sockets.forEach((socket) => socket.destroy());
	return {
		url: addressOf(await listen(server)),
		cut() {
			isCut = true;
			endAll();
		},
		restore() {
			isCut = false;
		},
		async close() {
			endAll();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
