import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import { withCancelSignal } from '../n8n/cancelSignal';
import { networkFailureIn, RAW_RESPONSE, toHttpResponse } from '../n8n/http';
import type { Attempt } from './adaptiveLimit';
import { InstaplyClient } from './client';
import { accountKey, CREDENTIAL_NAME, readAccount, type Account } from './credential';
import { errorFromNetwork, TOO_LATE, unexpectedResponse } from './errors';
import { readResponse } from './readResponse';
import { tokenRedaction } from './redaction';
import type { ApiRequest, Transport } from './request';
import { Retry } from './retry';
import { unknownOutcome } from './unknownOutcome';

/** The parts of n8n from which Instaply is called. */
type ApiContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

const DEFAULT_TIMEOUT_MS = 30_000;

export interface ConnectOptions {
	/** How many milliseconds a response may take, to its last byte. */
	timeoutMs?: number;
	/** The user stopped the execution. */
	signal?: AbortSignal;
	/** Called with each request when it has ended. */
	note?: (attempt: Attempt) => void;
}

/**
 * Opens Instaply with the node's credential.
 *
 * @throws InstaplyError when the credential cannot be used
 */
export async function connect(
	context: ApiContext,
	options?: ConnectOptions,
): Promise<InstaplyClient> {
	const credential = await context.getCredentials(CREDENTIAL_NAME);
	return connectTo(readAccount(credential), context, options);
}

/**
 * Opens Instaply with the node's credential as it is for each input item: expressions in it may give
 * another account for each. Items of one account share a client, and with it cache and retries.
 *
 * @returns opens it for one item; throws InstaplyError when the credential cannot be used for it
 */
export function connectEachItem(
	context: IExecuteFunctions,
	options?: ConnectOptions,
): (itemIndex: number) => Promise<InstaplyClient> {
	const clients = new Map<string, InstaplyClient>();
	return async (itemIndex) => {
		const credential = await context.getCredentials(CREDENTIAL_NAME, itemIndex);
		const account = readAccount(credential);
		const key = accountKey(account);
		const client = clients.get(key) ?? connectTo(account, context, options);
		clients.set(key, client);
		return client;
	};
}

/** Opens Instaply with an account that is known already. */
export function connectTo(
	account: Account,
	context: ApiContext,
	{ timeoutMs = DEFAULT_TIMEOUT_MS, signal, note }: ConnectOptions = {},
): InstaplyClient {
	const send: Send = async (request, end) =>
		await context.helpers.httpRequestWithAuthentication.call(
			withCancelSignal(context, end),
			CREDENTIAL_NAME,
			{ ...request, abortSignal: end },
			// Otherwise n8n resolves the credential for each request, always for the first item.
			{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_NAME, data: { ...account } } },
		);
	const transport = httpTransport(send, account, timeoutMs, signal);
	return new InstaplyClient(account, transport, new Retry(signal, note));
}

/**
 * Sends a request with a helper of n8n.
 *
 * @param end ends the request
 * @throws what n8n or axios throws
 */
export type Send = (
	request: IHttpRequestOptions,
	end: AbortSignal,
) => Promise<IN8nHttpFullResponse>;

/** @param signal the user stopped the execution */
export function httpTransport(
	send: Send,
	{ token, baseUrl }: Account,
	timeoutMs: number,
	signal?: AbortSignal,
): Transport {
	// Some servers repeat what they were sent; a token must not reach a person that way.
	const redact = tokenRedaction(token);
	return async (request) => {
		// axios's own timeout limits the silence between two bytes, so a dripping response would never end.
		const deadline = AbortSignal.timeout(timeoutMs);
		const end = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
		let response: IN8nHttpFullResponse;
		try {
			response = await send(
				{
					...RAW_RESPONSE,
					baseURL: baseUrl,
					url: request.path,
					method: request.method,
					qs: request.query,
					body: request.body,
				},
				end,
			);
		} catch (error) {
			throw deadline.aborted
				? errorFromNetwork(request, TOO_LATE)
				: toInstaplyError(request, error);
		}
		try {
			return readResponse(toHttpResponse(response), redact);
		} catch {
			// Its message may hold what was read, or the token.
			throw unreadable(request);
		}
	};
}

/** No response is known that cannot be read. Should one come, a write may be done all the same. */
function unreadable(request: ApiRequest): InstaplyError {
	return request.effect === 'none'
		? unexpectedResponse(request)
		: unknownOutcome(request.effect, 'Instaply answered, but its answer could not be read.');
}

function toInstaplyError(request: ApiRequest, error: unknown): InstaplyError {
	const failure = networkFailureIn(error);
	if (failure !== undefined) return errorFromNetwork(request, failure.code);
	return new InstaplyError('n8n did not send this request', {
		description: error instanceof Error ? error.message : 'Check the Instaply credential.',
		failure: { cause: 'configuration-invalid' },
	});
}
