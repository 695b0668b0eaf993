/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { request } from 'node:http';

import { startServer, type LocalServer } from '../../../tools/process/server';

/** Serves what is on a port of this machine below a path, which it takes away, as many proxies do. */
export async function startSubpathProxy(port: number, path: string): Promise<LocalServer> {
	return await startServer((received, response) => {
		const { url = '', method, headers } = received;
		if (!url.startsWith(`${path}/`)) return void response.writeHead(404).end();
		const forwarded = request(
			{ host: '127.0.0.1', port, method, headers, path: url.slice(path.length) },
			(answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(response);
			},
		);
		forwarded.on('error', () => response.destroy());
		received.pipe(forwarded);
	});
}
