import type { FastifyInstance } from 'fastify';

import {
	WEBHOOK_EVENTS,
	type CreateWebhookRequest,
	type UpdateWebhookRequest,
} from '../../nodes/Instaply/api/types';
import type { Context } from '../context';
import { answerCreated, answerList, answerWritten, webhookBody } from '../variants';
import { body, httpUrl, query, strictObject } from './schemas';

const extraHeader = strictObject(
	{
		name: { type: 'string', pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" },
		value: { type: 'string', pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$' },
	},
	['name', 'value'],
);

const fields = {
	url: httpUrl,
	enabled: { type: 'boolean' },
	// Assumed: an empty list is refused.
	subscribedEvents: {
		type: 'array',
		minItems: 1,
		uniqueItems: true,
		items: { type: 'string', enum: WEBHOOK_EVENTS },
	},
	extraHeaders: { type: 'array', items: extraHeader },
};

interface WebhookParams {
	webHookId: string;
}

/** "Webhook API". Create and list have a trailing slash, the others have none. */
export function webhookRoutes(api: FastifyInstance, { state, variants }: Context): void {
	api.post<{ Body: CreateWebhookRequest }>(
		'/webhooks/',
		{ schema: body(strictObject(fields, ['url', 'subscribedEvents'])) },
		(request, reply) => answerCreated(reply, state.createWebhook(request.body), variants),
	);

	api.get('/webhooks/', { schema: query() }, (_request, reply) =>
		answerList(reply, state.listWebhooks(), variants),
	);

	api.get<{ Params: WebhookParams }>(
		'/webhooks/:webHookId',
		{ schema: query() },
		(request, reply) => reply.send(webhookBody(state.webhook(request.params.webHookId), variants)),
	);

	api.post<{ Params: WebhookParams; Body: UpdateWebhookRequest }>(
		'/webhooks/:webHookId/update',
		{ schema: body(strictObject(fields)) },
		(request, reply) => {
			state.updateWebhook(request.params.webHookId, request.body);
			return answerWritten(reply, variants);
		},
	);

	// The document gives delete no body: none at all and an empty object are both accepted.
	api.post<{ Params: WebhookParams }>(
		'/webhooks/:webHookId/delete',
		{ schema: body(strictObject({}, [], { nullable: true })) },
		(request, reply) => {
			state.deleteWebhook(request.params.webHookId);
			return answerWritten(reply, variants);
		},
	);
}
