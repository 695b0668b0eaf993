import type { IExecuteFunctions, IHttpRequestMethods, IWebhookFunctions } from 'n8n-workflow';

import { RAW_RESPONSE, toHttpResponse, type HttpResponse } from './http';

/**
 * A request without a body, which follows no redirects.
 *
 * @param headers of a delivery, for an address that takes no request without them
 */
export type Probe = (
	method: 'OPTIONS' | 'GET' | 'POST',
	url: string,
	headers?: Record<string, string>,
) => Promise<HttpResponse>;

/** What can send requests: whatever n8n calls a node with. */
export interface Sender {
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequest'>;
}

/** Marks the POST of a probe, which this package responds to without a look at anything else. */
const PROBE_HEADER = 'x-n8n-instaply-probe';

/** For a response as a whole: axios's own timeout ends no response that comes byte by byte. */
const TIMEOUT_MS = 5_000;

/** The only other HTTP exit, to addresses of this n8n alone. It never carries Instaply's token. */
export function probeWith(context: Sender, timeoutMs = TIMEOUT_MS): Probe {
	return async (method, url, headers = {}) => {
		const response = await context.helpers.httpRequest({
			...RAW_RESPONSE,
			// n8n's helper takes OPTIONS, but its type lacks it.
			method: method as IHttpRequestMethods,
			url,
			headers: { ...headers, ...headersOf(method, url) },
			timeout: timeoutMs,
			abortSignal: AbortSignal.timeout(timeoutMs),
		});
		return toHttpResponse(response);
	};
}

function headersOf(method: string, url: string): Record<string, string> {
	if (method === 'POST') return { [PROBE_HEADER]: '1' };
	// Without an Origin, n8n's response to OPTIONS says nothing; with one, a GET fails (2.41.1).
	return method === 'OPTIONS' ? { Origin: new URL(url).origin } : {};
}

/** Tells whether a call of a webhook only asks whether anybody waits there. */
export function isProbe(context: IWebhookFunctions): boolean {
	const { [PROBE_HEADER]: mark } = context.getHeaderData() as Record<string, unknown>;
	return mark !== undefined;
}
