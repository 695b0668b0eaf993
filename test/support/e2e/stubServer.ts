/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingHttpHeaders } from 'node:http';
import fastify from 'fastify';

import { listenHost, urlForN8n } from '../../../tools/n8n/reach';

export interface StubRequest {
	method: string;
	/** What follows the question mark of the URL. */
	query: unknown;
	headers: IncomingHttpHeaders;
	body: unknown;
}

/** Stands in for a service of somebody else, and remembers what it is asked. */
export interface StubServer {
	/** As n8n has to call it. */
	url: string;
	requests: StubRequest[];
	close(): Promise<void>;
}

/** @param respond returns a status, or what goes out as JSON */
export async function startStubServer(
	respond: (request: StubRequest) => number | object,
): Promise<StubServer> {
	const requests: StubRequest[] = [];
	const server = fastify({ forceCloseConnections: true });
	server.all('/', async ({ method, query, headers, body }, reply) => {
		const request = { method, query, headers, body };
		requests.push(request);
		const response = respond(request);
		return typeof response === 'number' ? await reply.code(response).send() : response;
	});
	return {
		url: urlForN8n(await server.listen({ host: listenHost(), port: 0 })),
		requests,
		close: async () => await server.close(),
	};
}
