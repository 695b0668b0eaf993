/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { startServer, type LocalServer } from './server';

/**
 * Serves what several servers of this machine do, each request by the next of them, as a load balancer
 * does. One that takes no connection is passed over. A request that one of them has begun to read is
 * not made again: where no response comes of it, it is a 502.
 *
 * @param ports of the servers; may change at any time
 * @param isReady tells whether a server takes requests; one that does not is passed over, too
 */
export async function startBalancer(
	ports: readonly number[],
	isReady: (port: number) => Promise<boolean> = async () => true,
): Promise<LocalServer> {
	let turn = 0;
	const balance = async (received: IncomingMessage, response: ServerResponse) => {
		const body = await buffer(received);
		const first = (turn += 1);
		for (let index = 0; index < ports.length; index += 1) {
			const port = ports[(first + index) % ports.length] ?? 0;
			if (!(await isReady(port))) continue;
			if (await isPassedOn(port, received, body, response)) return;
		}
		response.writeHead(502).end();
	};
	return await startServer((received, response) => {
		balance(received, response).catch(() => response.destroy());
	});
}

/** @returns false when there was no connection */
async function isPassedOn(
	port: number,
	{ method, url, headers }: IncomingMessage,
	body: Buffer,
	response: ServerResponse,
): Promise<boolean> {
	return await new Promise((resolve) => {
		const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.once('error', () => response.destroy());
			answer.pipe(response);
			resolve(true);
		});
		passed.once('error', (error) => {
			if ('code' in error && error.code === 'ECONNREFUSED') return resolve(false);
			if (!response.headersSent) response.writeHead(502).end();
			resolve(true);
		});
		passed.end(body);
	});
}
