import type {
	ICredentialTestFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

/**
 * Sends a request from the test of a credential. Of n8n's helpers, that has only this old one, with
 * options of its own and without a signal (measured on 1.123, 2.0 and 2.41.1).
 *
 * @param end gives the request up
 */
export async function sendTestRequest(
	{ helpers: { request } }: ICredentialTestFunctions,
	{ baseURL, url, qs, method, headers, body }: IHttpRequestOptions,
	end: AbortSignal,
): Promise<IN8nHttpFullResponse> {
	const response = request({
		baseURL,
		uri: url,
		qs,
		method,
		headers,
		body,
		// The body as bytes.
		encoding: null,
		resolveWithFullResponse: true,
		simple: false,
		// A redirect would carry the token to another host.
		followRedirect: false,
		followAllRedirects: false,
	});
	const givenUp = new Promise<never>((_, reject) => {
		end.addEventListener('abort', () => reject(new Error('Given up')), { once: true });
	});
	return await Promise.race([response, givenUp]);
}
