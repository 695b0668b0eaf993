/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

import { THREAD_STATUSES } from '../api-types';
import type { Context } from '../context';
import { FAULT_KINDS, type Fault } from '../faults';
import { CHANNELS } from '../model';
import { Refusal } from '../refusal';
import {
	body,
	boolean,
	httpUrl,
	nonEmptyString,
	oneOfWords,
	strictObject,
	type Static,
} from '../schemas';
import {
	ERROR_BODIES,
	LIST_ANSWERS,
	LISTED_HEADERS,
	UPDATED_HEADERS,
	WEBHOOK_ANSWERS,
	WRITE_ANSWERS,
} from '../variants';
import { API_ROUTES } from './api';
import { eventRoutes } from './events';
import { route } from './route';
import { viewRoutes } from './views';

const integer = { type: 'integer', minimum: 0 } as const;

const attachment = strictObject(
	{
		uuid: nonEmptyString,
		name: nonEmptyString,
		contentType: nonEmptyString,
		contentLength: integer,
	},
	'name',
	'contentType',
	'contentLength',
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
	channel: oneOfWords(CHANNELS),
	status: oneOfWords(THREAD_STATUSES),
	windowOpen: boolean,
});

const transferBody = strictObject(
	{ businessId: { type: ['string', 'integer'] }, employeeUserId: integer },
	'businessId',
);

const faultBody = strictObject(
	{
		route: oneOfWords(API_ROUTES),
		kind: oneOfWords(FAULT_KINDS),
		times: { type: 'integer', minimum: 1 },
		status: { type: 'integer', minimum: 200, maximum: 599 },
		headers: { type: 'object', additionalProperties: { type: 'string' } },
		body: {},
		ms: integer,
	},
	'route',
	'kind',
);

const variantsBody = strictObject({
	webhookAnswer: oneOfWords(WEBHOOK_ANSWERS),
	listAnswer: oneOfWords(LIST_ANSWERS),
	writeAnswer: oneOfWords(WRITE_ANSWERS),
	errorBody: oneOfWords(ERROR_BODIES),
	listedHeaders: oneOfWords(LISTED_HEADERS),
	updatedHeaders: oneOfWords(UPDATED_HEADERS),
});

const ROUTES = [
	...eventRoutes,
	...viewRoutes,

	route('POST /sandbox/threads', body(threadBody), (request, _reply, { state }) =>
		state.addThread(request.body),
	),

	route(
		'POST /sandbox/threads/:id/messages',
		body(messageBody),
		async ({ params, body: { from, internal, ...draft } }, _reply, { instaply }) => {
			if (from !== 'employee' && internal) {
				throw new Refusal(400, 'Only an employee can write an internal message');
			}
			const { what, deliveries } =
				from === 'employee'
					? instaply.employeeWrites(params.id, draft, internal ?? false)
					: instaply.customerWrites(params.id, draft);
			return { message: what, deliveries: await deliveries };
		},
	),

	route(
		'POST /sandbox/threads/:id/transfer',
		body(transferBody),
		async ({ params, body: { businessId, employeeUserId } }, _reply, { instaply }) => {
			const { what, deliveries } = instaply.transfer(params.id, String(businessId), employeeUserId);
			return { transfer: what, deliveries: await deliveries };
		},
	),

	route(
		'POST /sandbox/threads/:id/window',
		body(strictObject({ open: boolean }, 'open')),
		({ params, body: { open } }, _reply, { state }) => {
			state.setWindow(params.id, open);
			return { threadId: params.id, open };
		},
	),

	route('POST /sandbox/deliveries/:id/redeliver', {}, ({ params }, _reply, { deliveries }) =>
		deliveries.redeliver(Number(params.id)),
	),

	route('POST /sandbox/faults', body(faultBody), (request, reply, { faults }) => {
		faults.add(toFault(request.body));
		return reply.code(201).send(request.body);
	}),

	route('DELETE /sandbox/faults', {}, (_request, reply, { faults }) => {
		faults.clear();
		return reply.code(204).send();
	}),

	route('POST /sandbox/variants', body(variantsBody), (request, _reply, { variants }) =>
		Object.assign(variants, request.body),
	),

	route(
		'POST /sandbox/legacy-urls',
		body(strictObject({ url: httpUrl }, 'url')),
		(request, _reply, { legacyUrls, changes }) => {
			legacyUrls.push(request.body.url);
			changes.tell();
			return legacyUrls;
		},
	),
];

/** Every control endpoint. */
export const CONTROL_ROUTES: readonly string[] = ROUTES.map(({ name }) => name);

/**
 * The endpoints with which a person or another process drives the sandbox. They need no token: they
 * are served to this machine only, wherever the sandbox listens, and to no web page but its own.
 */
export function registerControl(control: FastifyInstance, context: Context): void {
	control.addHook('onRequest', async ({ headers, socket }) => {
		if (!isFromThisMachine(socket) || !isFromOwnPage(headers, socket)) {
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
	for (const { register } of ROUTES) register(control, context);
}

/** @throws Refusal when a field is missing that only this kind of fault needs */
function toFault({ kind, status, ms, body: content, ...rest }: Static<typeof faultBody>): Fault {
	switch (kind) {
		case 'status':
			return { ...rest, kind, status: required(status, 'status'), body: content };
		case 'delay':
		case 'answerDelayed':
			return { ...rest, kind, ms: required(ms, 'ms') };
		case 'notJson':
			return { ...rest, kind, status };
		case 'answerReplaced':
			return { ...rest, kind, status, body: content };
		default:
			return { ...rest, kind };
	}
}

function required<T>(value: T | undefined, name: string): T {
	if (value === undefined) throw new Refusal(400, `body must have required property '${name}'`);
	return value;
}

type Ends = Pick<Socket, 'remoteAddress' | 'localAddress'>;

/** A machine that connects to an address of its own does so from this address. */
function isFromThisMachine({ remoteAddress, localAddress }: Ends): boolean {
	return remoteAddress !== undefined && remoteAddress === localAddress;
}

/**
 * Refuses every web page but the sandbox's own: browsers send the origin of a page. Checking the host
 * name guards against DNS rebinding, where a foreign name resolves to an address of this machine.
 */
function isFromOwnPage(
	{ host = '', origin }: IncomingHttpHeaders,
	{ localAddress = '' }: Ends,
): boolean {
	const url = `http://${host}`;
	if (!URL.canParse(url) || (origin !== undefined && origin !== url)) return false;
	const { hostname } = new URL(url);
	// A socket for both kinds of IP has addresses such as ::ffff:192.0.2.1.
	const address = localAddress.replace(/^::ffff:/, '');
	return ['127.0.0.1', 'localhost', '[::1]', address, `[${address}]`].includes(hostname);
}
