/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Context } from '../context';
import type { Fault } from '../faults';
import { Refusal } from '../refusal';
import { HTML, htmlPage, sendErrorResponse } from '../variants';
import { customerRoutes } from './customers';
import { messageRoutes } from './messages';
import { threadRoutes } from './threads';
import { webhookRoutes } from './webhooks';
import { widgetRoutes } from './widget';

const ROUTES = [
	...messageRoutes,
	...threadRoutes,
	...customerRoutes,
	...webhookRoutes,
	...widgetRoutes,
];

/** Names a route of Instaply's API, for faults and for filtering the journal. */
export type ApiRoute = (typeof ROUTES)[number]['name'];

/** Every route of Instaply's API, as the API document writes it. */
export const API_ROUTES: readonly ApiRoute[] = ROUTES.map(({ name }) => name);

/** How the API responds to everything. */
export interface ApiSettings {
	/** Milliseconds by which every response is delayed, or gives them for each. */
	latencyMs: number | (() => number);
	/** Assumed: what comes beyond that within a second gets a 429. Default: without a limit. */
	requestsPerSecond?: number;
}

/** Instaply's public API. */
export async function registerApi(
	api: FastifyInstance,
	context: Context,
	{ latencyMs, requestsPerSecond }: ApiSettings,
): Promise<void> {
	if (requestsPerSecond !== undefined) {
		await api.register(rateLimit, { max: requestsPerSecond, timeWindow: 1000 });
	}
	if (latencyMs !== 0) {
		const latency = typeof latencyMs === 'function' ? latencyMs : () => latencyMs;
		api.addHook('onRequest', () => delay(latency(), undefined, { ref: false }));
	}
	api.addHook('onRequest', demandHeaders);
	api.addHook('preHandler', async (request, reply) => {
		const fault = context.faults.strike(request.record?.route ?? null, request);
		request.fault = fault;
		if (fault) await inject(fault, request, reply, context);
	});
	for (const { register } of ROUTES) register(api, context);
}

/** "Authentication": every request carries both headers, a GET too. */
async function demandHeaders({ record, headers }: FastifyRequest): Promise<void> {
	if (record?.token === 'missing') throw new Refusal(401, 'The header "token" is missing');
	if (record?.token === 'wrong') throw new Refusal(401, 'The API token is not valid');
	const [mediaType = ''] = (headers['content-type'] ?? '').split(';');
	if (mediaType.trim().toLowerCase() !== 'application/json') {
		throw new Refusal(400, 'The header "Content-Type" must be application/json');
	}
}

/** Injects faults that act before the handler. The `answer…` kinds act on its response. */
async function inject(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
	{ variants }: Context,
): Promise<unknown> {
	switch (fault.kind) {
		case 'delay':
			return await delay(fault.ms, undefined, { ref: false });
		case 'drop':
			reply.hijack();
			return request.raw.socket.destroy();
		case 'hang':
			return reply.hijack();
		case 'notJson': {
			const status = fault.status ?? 200;
			return reply.code(status).type(HTML).send(htmlPage(status, 'Please sign in'));
		}
		case 'status': {
			void reply.headers(fault.headers ?? {});
			if (fault.body !== undefined) return reply.code(fault.status).send(fault.body);
			return sendErrorResponse(reply, fault.status, `Injected fault: ${fault.status}`, variants);
		}
		default:
			return undefined;
	}
}
