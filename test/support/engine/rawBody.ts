/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage } from 'node:http';

/** Keeps a body as received, and its charset, as n8n does, when express reads it. */
export function keepRawBody(
	request: IncomingMessage,
	_response: unknown,
	rawBody: Buffer,
	encoding: string,
): void {
	Object.assign(request, { rawBody, encoding });
}
