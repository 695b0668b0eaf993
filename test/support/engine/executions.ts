/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The executions that an n8n knows, by ID. */
export type Executions = Record<string, 'waiting' | 'running' | 'stopped' | 'ended'>;

/** Whether our node would take a request for a question whether it waits, and not for a delivery. */
export function isProbe({ method, headers }: IncomingMessage): boolean {
	return method === 'POST' && headers['x-n8n-instaply-probe'] !== undefined;
}

/**
 * What an n8n 2.41.1 responds to a POST to the address of an execution (measured). Where one waits, it
 * responds for our node.
 */
export function respondAboutExecution(
	executions: Executions,
	{ url: path = '' }: IncomingMessage,
	response: ServerResponse,
): void {
	const [, id = ''] = /^\/webhook-waiting\/([^/?]+)/.exec(path) ?? [];
	const json = (status: number, body: unknown) =>
		void response
			.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
			.end(JSON.stringify(body));
	const about = (status: number, words: string) =>
		json(status, { code: status, message: `The execution "${id}" ${words}` });
	switch (executions[id]) {
		case undefined:
			return about(404, 'does not exist.');
		case 'running':
			return about(409, 'is running already.');
		case 'stopped':
			return about(409, 'has finished with error.');
		case 'waiting':
			return json(200, { status: 'waiting' });
		case 'ended':
			response
				.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
				.end('<h1>No action required</h1>');
	}
}
