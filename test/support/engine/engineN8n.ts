import './quiet';

import express from 'express';

import { startServer } from '../../../tools/process/server';
import { keepRawBody } from './rawBody';

type Handler = (request: express.Request, response: express.Response) => Promise<void>;

/** The title of the page that n8n shows where a node has waited for a person (2.41.1). */
const OVER_PAGE = '<title>No action required</title><h1>No action required</h1>';

/**
 * One n8n for triggers and for executions that wait, which reach each other at its public address. It
 * responds as n8n 2.41.1 does, also for what is gone.
 */
export class EngineN8n {
	/** What was POSTed to executions that wait or waited, by their ID. */
	readonly forwarded: string[] = [];
	/** Called before n8n hands a POST to an execution that waits. */
	onForward: (executionId: string) => Promise<void> | void = () => {};
	private readonly triggers = new Map<string, Handler>();
	private readonly executions = new Map<string, Handler>();
	private readonly said = new Map<string, { status: number; body: string }>();

	private constructor(
		readonly url: string,
		readonly close: () => Promise<void>,
	) {}

	static async start(): Promise<EngineN8n> {
		const app = express();
		const server = await startServer(app);
		const n8n = new EngineN8n(server.url, async () => await server.close());
		app.use(express.json({ limit: '16mb', verify: keepRawBody }));
		app.use(async (request, response) => {
			await n8n.dispatch(request, response);
		});
		return n8n;
	}

	/** @param path of the trigger's URL */
	listen(path: string, handler: Handler): void {
		this.triggers.set(path, handler);
	}

	unlisten(path: string): void {
		this.triggers.delete(path);
	}

	wait(executionId: string, handler: Handler): void {
		this.executions.set(executionId, handler);
	}

	/** An execution that went on; so n8n shows a page. */
	finish(executionId: string): void {
		this.executions.delete(executionId);
		this.said.set(executionId, { status: 200, body: OVER_PAGE });
	}

	/** One that somebody stopped. */
	stop(executionId: string): void {
		this.executions.delete(executionId);
		this.sayOf(executionId, 409, 'has finished with error.');
	}

	/** One that is not stored yet. */
	run(executionId: string): void {
		this.sayOf(executionId, 409, 'is running already.');
	}

	private sayOf(executionId: string, code: number, words: string): void {
		const message = `The execution "${executionId}" ${words}`;
		this.said.set(executionId, { status: code, body: JSON.stringify({ code, message }) });
	}

	private async dispatch(request: express.Request, response: express.Response): Promise<void> {
		const [, endpoint, id = ''] = request.path.split('/');
		if (endpoint === 'webhook-waiting') return await this.resume(id, request, response);
		const path = request.path.replace(/\/$/, '');
		const handler = this.triggers.get(path);
		if (request.method === 'OPTIONS') {
			const methods = handler === undefined ? ['OPTIONS'] : ['OPTIONS', 'POST'];
			response.setHeader('access-control-allow-methods', methods.join(', ')).status(204).end();
		} else if (handler !== undefined && request.method === 'POST') {
			await handler(request, response);
		} else {
			const name = decodeURIComponent(path).replace(/^\/webhook\//, '');
			const message = `The requested webhook "${request.method} ${name}" is not registered.`;
			response.status(404).json({ code: 404, message });
		}
	}

	private async resume(
		id: string,
		request: express.Request,
		response: express.Response,
	): Promise<void> {
		if (request.get('x-n8n-instaply-probe') === undefined) {
			this.forwarded.push(id);
			await this.onForward(id);
		}
		const handler = this.executions.get(id);
		const said = this.said.get(id);
		if (handler !== undefined) return await handler(request, response);
		if (said === undefined) {
			const message = `The execution "${id}" does not exist.`;
			return void response.status(404).json({ code: 404, message });
		}
		const type = said.body.startsWith('<') ? 'text/html' : 'application/json';
		response.status(said.status).type(type).send(said.body);
	}
}
