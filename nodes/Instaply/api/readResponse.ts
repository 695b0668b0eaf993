import { isShallow } from '../common/isShallow';
import { parseJson, type Json } from '../common/json';
import { shorten } from '../common/shorten';
import type { HttpResponse } from '../n8n/http';
import type { Redaction } from './redaction';
import type { ApiResponse } from './request';

/** In characters; far more than the longest list that Instaply could send. */
const MAX_JSON_LENGTH = 10_000_000;

/** In characters: enough to see what came in the place of JSON. */
const MAX_TEXT_LENGTH = 10_000;

/** Reads a response, once and for all: what comes after this looks at its content alone. */
export function readResponse(
	{ status, headers, body }: HttpResponse,
	redact: Redaction,
): ApiResponse {
	return { status, headers, content: readBody(body, redact) };
}

function readBody(body: string, redact: Redaction): Json {
	if (body === '') return null;
	const json = body.length > MAX_JSON_LENGTH ? undefined : parseJson(body);
	const content = redact(json !== undefined && isShallow(json) ? json : body, body);
	// Last, so that no half of the token is left at the end.
	return typeof content === 'string' ? shorten(content, MAX_TEXT_LENGTH) : content;
}
