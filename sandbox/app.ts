/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';

import type { Context } from './context';
import type { Fault } from './faults';
import type { RequestRecord } from './journal';
import { registerApi, type ApiSettings } from './routes/api';
import { registerControl } from './routes/control';
import { registerPage } from './routes/page';
import { validationSentence } from './schemas';
import { sendErrorResponse, TEXT } from './variants';

declare module 'fastify' {
	interface FastifyRequest {
		/** Undefined for the control endpoints and the page, which are not journaled. */
		record: RequestRecord | undefined;
		/** The fault injected into this request. */
		fault: Fault | undefined;
		/** Why it was refused. */
		refusal: string | undefined;
	}
}

/** The paths of the page and of the control endpoints. */
const NOT_INSTAPLY = /^\/($|page\/|sandbox\/)/;

/** How the HTTP server behaves. */
export interface AppSettings extends ApiSettings {
	/** Called with every request to the API once it is over. */
	onRequest?: (record: RequestRecord) => void;
}

/** The HTTP server: Instaply's API under /api, the control endpoints under /sandbox, the page. */
export function buildApp(context: Context, settings: AppSettings): FastifyInstance {
	const app = fastify({
		ajv: {
			customOptions: {
				allowUnionTypes: true,
				coerceTypes: false,
				removeAdditional: false,
				useDefaults: false,
			},
		},
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		schemaErrorFormatter: validationSentence,
	});
	acceptJsonOnly(app);
	journalRequests(app, context, settings);

	app.setErrorHandler<{ statusCode?: number; message: string }>((error, request, reply) => {
		request.refusal = error.message;
		return sendErrorResponse(reply, error.statusCode ?? 500, error.message, context.variants);
	});
	app.setNotFoundHandler((request, reply) =>
		sendErrorResponse(reply, 404, `There is no ${request.method} ${request.url}`, context.variants),
	);
	void app.register(async (api) => await registerApi(api, context, settings), {
		prefix: '/api',
	});
	void app.register(async (control) => registerControl(control, context), {
		prefix: '/sandbox',
	});
	void app.register(registerPage);
	return app;
}

/** An empty body is read as null: "Delete Webhook" has none, and the other schemas refuse null. */
function acceptJsonOnly(app: FastifyInstance): void {
	const parseJson = app.getDefaultJsonParser('error', 'error');
	app.removeAllContentTypeParsers();
	app.addContentTypeParser<string>(
		'application/json',
		{ parseAs: 'string' },
		(request, text, done) => {
			if (text === '') done(null, null);
			else parseJson(request, text, done);
		},
	);
}

function journalRequests(
	app: FastifyInstance,
	{ journal, activities, token }: Context,
	{ onRequest }: AppSettings,
): void {
	app.decorateRequest('record', undefined);
	app.decorateRequest('fault', undefined);
	app.decorateRequest('refusal', undefined);

	app.addHook('onRequest', async (request, reply) => {
		const [path = ''] = request.url.split('?');
		if (NOT_INSTAPLY.test(path)) return;
		const pattern = request.routeOptions.url;
		const record = journal.start({
			method: request.method,
			path,
			route: pattern === undefined ? null : `${request.method} ${pattern}`,
			query: request.query,
			headerNames: Object.keys(request.headers),
			token: judgeToken(request.headers.token, token),
		});
		request.record = record;
		reply.raw.once('close', () => {
			journal.end(record, null);
			onRequest?.(record);
		});
	});

	app.addHook('preValidation', async (request) => {
		if (request.record) request.record.body = request.body ?? undefined;
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const { record, fault } = request;
		if (fault?.kind === 'answerDelayed') await delay(fault.ms, undefined, { ref: false });
		if (fault?.kind === 'answerLost') {
			request.raw.socket.destroy();
			return payload;
		}
		if (fault?.kind === 'answerReplaced') void reply.code(fault.status ?? 200);
		if (record) journal.end(record, reply.statusCode);
		if (record && reply.statusCode >= 400) {
			activities.addRefused(record, request.refusal ?? `the response was ${reply.statusCode}`);
		}
		if (fault?.kind !== 'answerReplaced') return payload;
		const isText = typeof fault.body === 'string';
		void reply.removeHeader('content-length').type(isText ? TEXT : 'application/json');
		return isText ? fault.body : JSON.stringify(fault.body);
	});
}

function judgeToken(given: string | string[] | undefined, token: string): RequestRecord['token'] {
	if (given === undefined || given === '') return 'missing';
	return timingSafeEqual(digest(String(given)), digest(token)) ? 'valid' : 'wrong';
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
