import { createWebhookBody, updateWebhookBody } from '../api-requests';
import { receiverAt } from '../receiver';
import { body, noQuery, strictObject } from '../schemas';
import { sendCreateResponse, sendListResponse, sendWriteResponse, webhookBody } from '../variants';
import { route } from './route';

/** The document gives delete no body: none at all and an empty object are both accepted. */
const deleteBody = { ...strictObject({}), nullable: true };

/** "Webhook API". Create and list have a trailing slash, the others have none. */
export const webhookRoutes = [
	route(
		'POST /api/webhooks/',
		body(createWebhookBody),
		(request, reply, { state, activities, variants }) => {
			const webhook = state.createWebhook(request.body);
			const receiver = receiverAt(webhook.url);
			if (receiver.kind === 'question') {
				const { threadId, until } = receiver;
				activities.add({ threadId }, { kind: 'asks', until });
			}
			return sendCreateResponse(reply, webhook, variants);
		},
	),

	route('GET /api/webhooks/', noQuery, (_request, reply, { state, variants }) =>
		sendListResponse(reply, state.listWebhooks(), variants),
	),

	route('GET /api/webhooks/:webHookId', noQuery, ({ params }, reply, { state, variants }) =>
		reply.send(webhookBody(state.webhook(params.webHookId), variants)),
	),

	route(
		'POST /api/webhooks/:webHookId/update',
		body(updateWebhookBody),
		(request, reply, { state, variants }) => {
			const id = request.params.webHookId;
			const { extraHeaders: added } = request.body;
			const isAdded = variants.updatedHeaders === 'added' && added !== undefined;
			const extraHeaders = isAdded ? [...state.webhook(id).extraHeaders, ...added] : added;
			state.updateWebhook(id, { ...request.body, ...(extraHeaders && { extraHeaders }) });
			return sendWriteResponse(reply, variants);
		},
	),

	route(
		'POST /api/webhooks/:webHookId/delete',
		body(deleteBody),
		({ params }, reply, { state, activities, variants }) => {
			const receiver = receiverAt(state.webhook(params.webHookId).url);
			state.deleteWebhook(params.webHookId);
			if (receiver.kind === 'question') {
				activities.add({ threadId: receiver.threadId }, { kind: 'waits no longer' });
			}
			return sendWriteResponse(reply, variants);
		},
	),
];
