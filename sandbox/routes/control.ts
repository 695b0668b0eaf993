/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

import { API_ROUTES } from '../api-routes';
import type { Context } from '../context';
import type { Fault } from '../faults';
import type { Draft, NewThread } from '../model';
import { Refusal } from '../refusal';
import {
	ERROR_BODIES,
	LIST_ANSWERS,
	WEBHOOK_ANSWERS,
	WRITE_ANSWERS,
	type Variants,
} from '../variants';
import { eventRoutes } from './events';
import { body, httpUrl, nonEmptyString, strictObject } from './schemas';
import { viewRoutes } from './views';

const integer = { type: 'integer', minimum: 0 };
const boolean = { type: 'boolean' };
const oneOfWords = (words: readonly string[]) => ({ type: 'string', enum: words });

const attachment = strictObject(
	{
		uuid: nonEmptyString,
		name: nonEmptyString,
		contentType: nonEmptyString,
		contentLength: integer,
	},
	['name', 'contentType', 'contentLength'],
);

const messageBody = strictObject({
	from: oneOfWords(['customer', 'employee']),
	text: nonEmptyString,
	attachment,
	internal: boolean,
});

const threadBody = strictObject({
	customerId: nonEmptyString,
	businessId: integer,
	channel: oneOfWords(['WEBCHAT', 'SMS', 'WHATSAPP', 'EMAIL']),
	status: oneOfWords(['waiting', 'replied', 'resolved']),
	windowOpen: boolean,
});

const faultBody = strictObject(
	{
		route: oneOfWords(API_ROUTES),
		kind: oneOfWords([
			'status',
			'notJson',
			'delay',
			'drop',
			'hang',
			'answerDelayed',
			'answerLost',
			'answerReplaced',
		]),
		times: { type: 'integer', minimum: 1 },
		status: { type: 'integer', minimum: 200, maximum: 599 },
		headers: { type: 'object', additionalProperties: { type: 'string' } },
		body: {},
		ms: integer,
	},
	['route', 'kind'],
	{
		allOf: [
			demandsWhen('status', 'status'),
			demandsWhen('delay', 'ms'),
			demandsWhen('answerDelayed', 'ms'),
		],
	},
);

const variantsBody = strictObject({
	webhookAnswer: oneOfWords(WEBHOOK_ANSWERS),
	listAnswer: oneOfWords(LIST_ANSWERS),
	writeAnswer: oneOfWords(WRITE_ANSWERS),
	errorBody: oneOfWords(ERROR_BODIES),
});

function demandsWhen(kind: string, field: string) {
	return {
		if: { type: 'object', properties: { kind: { const: kind } } },
		then: { type: 'object', required: [field] },
	};
}

interface ById {
	Params: { id: string };
}

/**
 * The endpoints with which a person, or another process, drives the sandbox. They need no token:
 * they answer on the loopback interface only, and to no web page but the sandbox's own.
 */
export function controlRoutes(control: FastifyInstance, context: Context, token: string): void {
	const { state, instaply, deliveries, faults, variants, legacyUrls, changes } = context;

	control.addHook('onRequest', async ({ headers }) => {
		if (!isFromHere(headers)) {
			throw new Refusal(403, 'The sandbox is driven from this machine only');
		}
	});
	control.setErrorHandler<{ statusCode?: number; message: string }>((error, _request, reply) =>
		reply.code(error.statusCode ?? 500).send({
			message:
				error.statusCode === 415 ? 'Send JSON: Content-Type: application/json' : error.message,
		}),
	);
	control.setNotFoundHandler((request, reply) =>
		reply.code(404).send({ message: `There is no ${request.method} ${request.url}` }),
	);

	eventRoutes(control, context);
	viewRoutes(control, context, token);

	control.post<{ Body: NewThread }>('/threads', { schema: body(threadBody) }, (request) =>
		state.addThread(request.body),
	);

	control.post<ById & { Body: Draft & { from?: 'customer' | 'employee'; internal?: boolean } }>(
		'/threads/:id/messages',
		{ schema: body(messageBody) },
		async ({ params, body: { from, internal, ...draft } }) => {
			if (from !== 'employee' && internal) {
				throw new Refusal(400, 'Only an employee can write an internal message');
			}
			const { what, deliveries: delivered } =
				from === 'employee'
					? instaply.employeeWrites(params.id, draft, internal ?? false)
					: instaply.customerWrites(params.id, draft);
			return { message: what, deliveries: await delivered };
		},
	);

	control.post<ById & { Body: { businessId: string | number; employeeUserId?: number } }>(
		'/threads/:id/transfer',
		{
			schema: body(
				strictObject(
					{
						businessId: { type: ['string', 'integer'] },
						employeeUserId: integer,
					},
					['businessId'],
				),
			),
		},
		async ({ params, body: { businessId, employeeUserId } }) => {
			const { what, deliveries: delivered } = instaply.transfer(
				params.id,
				String(businessId),
				employeeUserId,
			);
			return { transfer: what, deliveries: await delivered };
		},
	);

	control.post<ById & { Body: { open: boolean } }>(
		'/threads/:id/window',
		{ schema: body(strictObject({ open: boolean }, ['open'])) },
		({ params, body: { open } }) => {
			state.setWindow(params.id, open);
			return { threadId: params.id, open };
		},
	);

	control.post<ById>('/deliveries/:id/redeliver', (request) =>
		deliveries.redeliver(Number(request.params.id)),
	);

	control.post<{ Body: Fault }>('/faults', { schema: body(faultBody) }, (request, reply) => {
		faults.add(request.body);
		return reply.code(201).send(request.body);
	});
	control.delete('/faults', (_request, reply) => {
		faults.clear();
		return reply.code(204).send();
	});

	control.post<{ Body: Partial<Variants> }>(
		'/variants',
		{ schema: body(variantsBody) },
		(request) => Object.assign(variants, request.body),
	);

	control.post<{ Body: { url: string } }>(
		'/legacy-urls',
		{ schema: body(strictObject({ url: httpUrl }, ['url'])) },
		(request) => {
			legacyUrls.push(request.body.url);
			changes.tell();
			return legacyUrls;
		},
	);
}

/**
 * Refuses every web page but the sandbox's own: browsers tell the origin of a page. The name guards
 * against DNS rebinding, where a foreign name resolves to 127.0.0.1.
 */
function isFromHere({ host = '', origin }: IncomingHttpHeaders): boolean {
	const url = `http://${host}`;
	if (!URL.canParse(url) || (origin !== undefined && origin !== url)) return false;
	return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
