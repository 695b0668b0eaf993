import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import { networkFailureIn, RAW_RESPONSE, toHttpResponse, type HttpResponse } from '../n8n/http';
import { InstaplyClient } from './client';
import { CREDENTIAL_NAME, readBaseUrl, readToken } from './credential';
import { errorFromNetwork } from './errors';
import { readResponse } from './readResponse';
import { tokenRedaction } from './redaction';
import type { ApiRequest, Transport } from './request';
import { Retry } from './retry';

/** The parts of n8n from which Instaply is called. */
type ApiContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

const DEFAULT_TIMEOUT_MS = 30_000;

interface ConnectOptions {
	/** How many milliseconds to wait for a response. */
	timeoutMs?: number;
	/** The user stopped the execution. */
	signal?: AbortSignal;
}

/**
 * Opens Instaply with the node's credential.
 *
 * @throws InstaplyError when the credential's base URL cannot be used
 */
export async function connect(
	context: ApiContext,
	{ timeoutMs = DEFAULT_TIMEOUT_MS, signal }: ConnectOptions = {},
): Promise<InstaplyClient> {
	const credential = await context.getCredentials(CREDENTIAL_NAME);
	const baseUrl = readBaseUrl(credential.baseUrl);
	const transport = httpTransport(context, baseUrl, timeoutMs);
	const redacted = withoutToken(readToken(credential.token), transport);
	return new InstaplyClient(baseUrl, redacted, new Retry(signal));
}

type HttpTransport = (request: ApiRequest) => Promise<HttpResponse>;

function httpTransport(context: ApiContext, baseURL: string, timeout: number): HttpTransport {
	return async (request) => {
		let response: IN8nHttpFullResponse;
		try {
			response = await context.helpers.httpRequestWithAuthentication.call(
				context,
				CREDENTIAL_NAME,
				{
					...RAW_RESPONSE,
					baseURL,
					url: request.path,
					method: request.method,
					qs: request.query,
					body: request.body,
					timeout,
				},
			);
		} catch (error) {
			throw toInstaplyError(request, error);
		}
		return toHttpResponse(response);
	};
}

/** Some servers repeat what they were sent; a token must not reach a person that way. */
function withoutToken(token: string, transport: HttpTransport): Transport {
	const redact = tokenRedaction(token);
	return async (request) => readResponse(await transport(request), redact);
}

function toInstaplyError(request: ApiRequest, error: unknown): InstaplyError {
	const failure = networkFailureIn(error);
	if (failure !== undefined) return errorFromNetwork(request, failure.code);
	return new InstaplyError('n8n did not send this request', {
		description: error instanceof Error ? error.message : 'Check the Instaply credential.',
		failure: { cause: 'configuration-invalid' },
	});
}
