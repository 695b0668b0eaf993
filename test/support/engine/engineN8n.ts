import './quiet';

import express from 'express';

import { startServer } from '../../../tools/process/server';
import { isProbe, respondAboutExecution, type Executions } from './executions';
import { keepRawBody } from './rawBody';

type Handler = (request: express.Request, response: express.Response) => Promise<void>;

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
	/** What n8n knows of executions; one that waits takes what is POSTed. */
	readonly executions: Executions = {};
	private readonly waiting = new Map<string, Handler>();

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
		this.executions[executionId] = 'waiting';
		this.waiting.set(executionId, handler);
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
		if (!isProbe(request)) {
			this.forwarded.push(id);
			await this.onForward(id);
		}
		const handler = this.waiting.get(id);
		if (handler !== undefined && this.executions[id] === 'waiting') {
			return await handler(request, response);
		}
		respondAboutExecution(this.executions, request, response);
	}
}
