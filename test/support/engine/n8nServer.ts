/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setInterval as every, setImmediate as nextTurn } from 'node:timers/promises';

import { startServer } from '../../../tools/process/server';
import { isProbe, respondAboutExecution, type Executions } from './executions';

/** What is asked of an n8n: method and path, and whether it came with a token. */
type Asked = [method: string | undefined, path: string | undefined];

/** How one path responds instead of as n8n does. */
type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The webhook endpoints of an n8n 2.41.1, responding as measured: OPTIONS by itself, anything else as
 * a delivery. Where an execution waits, it responds for our node.
 */
export interface N8nServer {
	url: string;
	/** The methods for which workflows listen, by path. */
	listeners: Record<string, string[]>;
	/** The executions that n8n knows, by ID. */
	executions: Executions;
	/** What responds in the place of n8n, such as a proxy, by path. */
	instead: Record<string, Respond>;
	asked: Asked[];
	/** The paths at which our node was asked whether it waits. */
	probed: string[];
	headerNames: Set<string>;
	/** Requests that started a workflow, or that our node would have taken for a delivery. */
	started: Asked[];
	maxInFlight: number;
	close(): Promise<void>;
}

/** Responds byte by byte, until the connection is closed. */
export const drip: Respond = (_request, response) => {
	response.writeHead(404);
	void writeSlowly(response);
};

async function writeSlowly(response: ServerResponse): Promise<void> {
	for await (const byte of every(200, ' ')) {
		if (response.destroyed) return;
		response.write(byte);
	}
}

export async function startN8nServer(): Promise<N8nServer> {
	let inFlight = 0;
	const server = await startServer(async (request, response) => {
		const { method, url: path = '' } = request;
		n8n.asked.push([method, path]);
		if (isProbe(request)) n8n.probed.push(path);
		Object.keys(request.headers).forEach((name) => n8n.headerNames.add(name));
		inFlight += 1;
		n8n.maxInFlight = Math.max(n8n.maxInFlight, inFlight);
		response.once('close', () => (inFlight -= 1));
		await nextTurn();
		(n8n.instead[path] ?? respond)(request, response);
	});

	const respond: Respond = (request, response) => {
		const { method = '', url: path = '', headers } = request;
		const [, endpoint = '', rest = ''] = /^\/([^/]+)\/(.+)$/.exec(decodeURIComponent(path)) ?? [];
		const isTest = endpoint === 'webhook-test';
		const methods = n8n.listeners[path] ?? [];
		const missing = (words: string) =>
			response
				.writeHead(404, { 'content-type': 'application/json; charset=utf-8' })
				.end(JSON.stringify({ code: 404, message: words, hint: 'The workflow must be active' }));
		if (method === 'OPTIONS') {
			if (isTest && methods.length === 0) {
				return missing(`The requested webhook "${rest}" is not registered.`);
			}
			const allowed = ['OPTIONS', ...methods].join(', ');
			const isCors = headers.origin !== undefined && endpoint !== 'webhook-waiting';
			return response
				.writeHead(204, isCors ? { 'access-control-allow-methods': allowed } : {})
				.end();
		}
		if (endpoint === 'webhook-waiting') {
			if (!isProbe(request)) n8n.started.push([method, path]);
			return respondAboutExecution(n8n.executions, request, response);
		}
		if (headers.origin !== undefined && !isTest && !methods.includes(method)) {
			return response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Error</h1>');
		}
		if (methods.includes(method)) {
			n8n.started.push([method, path]);
			return response.end('{"message":"Workflow was started"}');
		}
		if (methods.length > 0) {
			return missing(
				`This webhook is not registered for ${method} requests. Did you mean to make a ${methods.join(' or ')} request?`,
			);
		}
		return missing(`The requested webhook "${method} ${rest}" is not registered.`);
	};

	const n8n: N8nServer = {
		url: server.url,
		listeners: {},
		executions: {},
		instead: {},
		asked: [],
		probed: [],
		headerNames: new Set(),
		started: [],
		maxInFlight: 0,
		close: server.close,
	};
	return n8n;
}
