import {
	NodeApiError,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import { InstaplyClient } from './client';
import { errorFromNetwork } from './errors';
import type { ApiRequest, Transport } from './request';
import { Retry } from './retry';

/** The parts of n8n from which Instaply is called. */
export type ApiContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

const CREDENTIAL = 'instaplyApi';
const DEFAULT_TIMEOUT_MS = 30_000;

/** How one run of a node asks Instaply. */
export interface ConnectOptions {
	/** How many milliseconds to wait for an answer. */
	timeoutMs?: number;
	/** Tells that the user stopped the execution. */
	signal?: AbortSignal;
}

/**
 * Opens Instaply with the node's credential.
 *
 * @throws InstaplyError when the credential's base URL is not one
 */
export async function connect(
	context: ApiContext,
	{ timeoutMs = DEFAULT_TIMEOUT_MS, signal }: ConnectOptions = {},
): Promise<InstaplyClient> {
	const { baseUrl, token } = await context.getCredentials(CREDENTIAL);
	const transport = httpTransport(context, readBaseUrl(baseUrl), timeoutMs);
	return new InstaplyClient(withoutSecret(String(token), transport), new Retry(signal));
}

function readBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
	if (!/^https?:\/\/[^/?#][^?#]*$/.test(text) || !URL.canParse(text)) {
		throw new InstaplyError("'Base URL' in the Instaply credential is not a web address", {
			description: 'Open the credential and set it to https://me.instaply.com.',
			failure: { cause: 'configuration-invalid' },
		});
	}
	return text;
}

function httpTransport(context: ApiContext, baseURL: string, timeout: number): Transport {
	return async (request) => {
		let response: IN8nHttpFullResponse;
		try {
			response = await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
				baseURL,
				url: request.path,
				method: request.method,
				qs: request.query,
				body: request.body,
				timeout,
				// The body is read as text because some answers are empty or not JSON.
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// A redirect would carry the token to another host and turn a POST into a GET.
				disableFollowRedirect: true,
			});
		} catch (error) {
			throw toInstaplyError(request, error);
		}
		return {
			status: response.statusCode,
			headers: response.headers,
			body: typeof response.body === 'string' ? response.body : '',
		};
	};
}

/** Some servers repeat what they were sent; a token must not reach a person that way. */
function withoutSecret(secret: string, transport: Transport): Transport {
	return async (request) => {
		const answer = await transport(request);
		return secret === '' ? answer : { ...answer, body: answer.body.replaceAll(secret, '…') };
	};
}

/** n8n wraps what axios threw, once or twice; what never was axios's was stopped by n8n itself. */
function toInstaplyError(request: ApiRequest, error: unknown): InstaplyError {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if ('isAxiosError' in cause || isCodeOnly(cause)) {
			return errorFromNetwork(request, codeOf(cause));
		}
	}
	return new InstaplyError('n8n did not send this request', {
		description: error instanceof Error ? error.message : 'Check the Instaply credential.',
		failure: { cause: 'configuration-invalid' },
	});
}

/** n8n 1 and 2.0 keep nothing of what axios threw but its code, in the place of an HTTP status. */
function isCodeOnly(error: Error): error is NodeApiError {
	return error instanceof NodeApiError && error.cause === undefined && error.httpCode !== null;
}

function codeOf(error: Error): string | undefined {
	// Node gives it the code EPROTO, which it also gives to connections that break later.
	if (error.message.includes('wrong version number')) return 'ERR_SSL_WRONG_VERSION_NUMBER';
	if (isCodeOnly(error)) return error.httpCode ?? undefined;
	return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
