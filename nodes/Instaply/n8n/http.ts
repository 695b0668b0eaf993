import { NodeApiError, type IHttpRequestOptions, type IN8nHttpFullResponse } from 'n8n-workflow';

/*
 * What is assumed of n8n's HTTP helpers, `httpRequest` and `httpRequestWithAuthentication`.
 */

/** What came back over HTTP. Header names are in lower case. */
export interface HttpResponse {
	status: number;
	headers: Record<string, unknown>;
	body: string;
}

/** Has n8n give back every response as it came, whatever its status, as `toHttpResponse` reads it. */
export const RAW_RESPONSE = {
	// Bytes: n8n would take any text for UTF-8, and parse JSON, but some bodies are empty or not JSON.
	encoding: 'arraybuffer',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	// A redirect would carry a token to another host and turn a POST into a GET.
	disableFollowRedirect: true,
} satisfies Partial<IHttpRequestOptions>;

export function toHttpResponse({ statusCode, headers, body }: IN8nHttpFullResponse): HttpResponse {
	const text = body instanceof Uint8Array ? decode(body, headers['content-type']) : '';
	return { status: statusCode, headers, body: text };
}

/** As UTF-8 when the Content-Type names no charset, or none that is known. Drops a byte order mark. */
function decode(bytes: Uint8Array, contentType: unknown): string {
	const [, charset] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(String(contentType)) ?? [];
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return new TextDecoder().decode(bytes);
	}
}

/** A request that went out, or was about to, and got no response. */
interface NetworkFailure {
	/** Node's or axios's, such as `ECONNREFUSED`. */
	code?: string;
}

/** More than n8n wraps around an error. Causes may go in a circle. */
const MAX_CAUSES = 10;

/**
 * Finds what axios threw in what n8n threw: n8n wraps it in errors of its own, once on 2.41.1.
 *
 * @returns undefined when there is nothing of axios in it: n8n itself did not send the request
 */
export function networkFailureIn(error: unknown): NetworkFailure | undefined {
	let depth = 0;
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if ((depth += 1) > MAX_CAUSES) break;
		const remaining = remainingCode(cause);
		if (remaining === undefined && !('isAxiosError' in cause)) continue;
		// Node gives it the code EPROTO, which it also gives to connections that break later.
		const isPlainHttp = cause.message.includes('wrong version number');
		return { code: isPlainHttp ? 'ERR_SSL_WRONG_VERSION_NUMBER' : (remaining ?? codeOf(cause)) };
	}
	return undefined;
}

/**
 * On n8n 1 and 2.0, only the code of axios's error is left, where an HTTP status would be.
 *
 * @returns undefined when the error is not one of these
 */
function remainingCode(error: Error): string | undefined {
	if (!(error instanceof NodeApiError) || error.cause !== undefined) return undefined;
	return error.httpCode ?? undefined;
}

function codeOf(error: Error): string | undefined {
	return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
