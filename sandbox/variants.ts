import type { FastifyReply } from 'fastify';

import type { StoredWebhook } from './model';

/** The media types of responses that are not JSON. */
export const TEXT = 'text/plain; charset=utf-8';
export const HTML = 'text/html; charset=utf-8';

/** The response to create: the key that holds the id, an object one level down, or no body. */
export const WEBHOOK_ANSWERS = ['id', 'webHookId', 'webhookId', 'nested', 'empty'] as const;
/** The response to list: a bare array, or `{ "webhooks": [...] }`. */
export const LIST_ANSWERS = ['array', 'wrapped'] as const;
/** The response to other writes: nothing, `{ "result": "ok" }`, or the word `OK` as plain text. */
export const WRITE_ANSWERS = ['empty', 'json', 'text'] as const;
/** Where the sentence of an error is: under a key of a JSON object, in a text or HTML body, nowhere. */
export const ERROR_BODIES = [
	'developerMessage',
	'message',
	'error',
	'errors',
	'text',
	'html',
	'empty',
] as const;

/** The extra headers of listed webhooks: as they are, with stars for their values, or left out. */
export const LISTED_HEADERS = ['values', 'masked', 'none'] as const;
/** What an update does with extra headers: it replaces those there are, or adds to them. */
export const UPDATED_HEADERS = ['replaced', 'added'] as const;

/** What the API document leaves open about responses. May be changed while the sandbox runs. */
export interface Variants {
	/** `empty` and `nested` concern create; list and get then name the id `id`. */
	webhookAnswer: (typeof WEBHOOK_ANSWERS)[number];
	listAnswer: (typeof LIST_ANSWERS)[number];
	/** Send, update status, update profile, update webhook and delete webhook. */
	writeAnswer: (typeof WRITE_ANSWERS)[number];
	/** `errors` is `{ "errors": [{ "message": … }] }`. */
	errorBody: (typeof ERROR_BODIES)[number];
	listedHeaders: (typeof LISTED_HEADERS)[number];
	updatedHeaders: (typeof UPDATED_HEADERS)[number];
}

/** The responses assumed to be the likeliest. */
export const DEFAULT_VARIANTS: Variants = {
	webhookAnswer: 'id',
	listAnswer: 'array',
	writeAnswer: 'json',
	errorBody: 'developerMessage',
	listedHeaders: 'values',
	updatedHeaders: 'replaced',
};

/** A webhook in the responses to list and get. */
export function webhookBody({ id, ...fields }: StoredWebhook, variants: Variants) {
	const { webhookAnswer } = variants;
	const idKey = webhookAnswer === 'nested' || webhookAnswer === 'empty' ? 'id' : webhookAnswer;
	const { extraHeaders, ...others } = fields;
	switch (variants.listedHeaders) {
		case 'values':
			return { [idKey]: id, ...fields };
		case 'masked': {
			const masked = extraHeaders.map(({ name }) => ({ name, value: '********' }));
			return { [idKey]: id, ...others, extraHeaders: masked };
		}
		case 'none':
			return { [idKey]: id, ...others };
	}
}

/** Responds to "Create Webhook". */
export function sendCreateResponse(
	reply: FastifyReply,
	webhook: StoredWebhook,
	variants: Variants,
) {
	const body = webhookBody(webhook, variants);
	if (variants.webhookAnswer === 'empty') return reply.send();
	return reply.send(variants.webhookAnswer === 'nested' ? { webhook: body } : body);
}

/** Responds to "List Webhooks". */
export function sendListResponse(
	reply: FastifyReply,
	webhooks: StoredWebhook[],
	variants: Variants,
) {
	const bodies = webhooks.map((webhook) => webhookBody(webhook, variants));
	return reply.send(variants.listAnswer === 'array' ? bodies : { webhooks: bodies });
}

/** Responds to a write whose response is documented nowhere. */
export function sendWriteResponse(reply: FastifyReply, variants: Variants) {
	if (variants.writeAnswer === 'empty') return reply.send();
	if (variants.writeAnswer === 'text') return reply.type(TEXT).send('OK');
	return reply.send({ result: 'ok' });
}

/** Responds with an error status; `variants.errorBody` decides where its sentence is. */
export function sendErrorResponse(
	reply: FastifyReply,
	status: number,
	sentence: string,
	variants: Variants,
) {
	void reply.code(status);
	switch (variants.errorBody) {
		case 'empty':
			return reply.send();
		case 'text':
			return reply.type(TEXT).send(sentence);
		case 'html':
			return reply.type(HTML).send(htmlPage(status, sentence));
		case 'errors':
			return reply.send({ errors: [{ message: sentence }] });
		default:
			return reply.send({ [variants.errorBody]: sentence });
	}
}

/** An error page, such as a proxy in front of Instaply might return. */
export function htmlPage(status: number, sentence: string): string {
	const text = sentence.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	return `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${text}</h1></body></html>`;
}
