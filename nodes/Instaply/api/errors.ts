import { InstaplyError } from '../common/InstaplyError';
import type { Json } from '../common/json';
import { messageIn, quoted } from './errorMessage';
import type { ApiRequest, ApiResponse } from './request';
import { retryAfterMs } from './retryAfter';
import { unknownOutcome } from './unknownOutcome';

/*
 * What may be retried is decided here, by giving an error `retry`; how, in retry.ts:
 * - status 429, whatever the request: Instaply did not process it. Pauses all requests.
 * - a connection that was never made, whatever the request.
 * - status 408 or 5xx and a connection that broke, for reads alone.
 * Nothing else is. After the last of these, the outcome of a write is unknown: a customer who gets
 * nothing is better off than one who gets everything twice.
 */

/** Explains a response that is not a success. */
export function errorFromResponse(request: ApiRequest, response: ApiResponse): InstaplyError {
	const { status, headers, content } = response;
	const says = quoted(content);
	const afterMs = retryAfterMs(headers);

	if (status === 401) {
		return new InstaplyError('Instaply did not accept the token', {
			description: `Check 'API Token' in the Instaply credential: whether it was copied completely, and whether it is still valid.${says}`,
			httpStatus: status,
			failure: { cause: 'credential-invalid' },
		});
	}
	if (status === 403 || status === 404) return outOfReach(request, status, says);
	if (status === 429) {
		return new InstaplyError('Instaply asks to slow down', {
			description: `Too many requests were made in a short time. Wait a little, then run this item again.${says}`,
			httpStatus: status,
			failure: { cause: 'rate-limited', retryAfterMs: afterMs },
			retry: { afterMs, pausesAll: true },
		});
	}
	if (status >= 500 || status === REQUEST_TIMEOUT || isRedirectAfterWrite(request, status)) {
		return request.effect === 'none'
			? new InstaplyError('Instaply is not available right now', {
					description: `It answered with HTTP status ${status}. Try again later.${says}`,
					httpStatus: status,
					failure: { cause: 'temporarily-unavailable', retryAfterMs: afterMs },
					retry: { afterMs },
				})
			: unknownOutcome(
					request.effect,
					`Instaply answered with HTTP status ${status}.${says}`,
					status,
				);
	}
	if (status >= 300 && status < 400) return unexpectedResponse(request, { httpStatus: status });
	return new InstaplyError(
		messageIn(content) ?? `Instaply refused this request (HTTP status ${status})`,
		{
			description: `Instaply refused the values of this item. Correct them, then run it again.${adviceFor(request)}`,
			httpStatus: status,
		},
	);
}

/** Some gateways also send it when Instaply takes too long. */
const REQUEST_TIMEOUT = 408;

/** Unlike other redirects, these two may mean that a write was done, and lead to a page about it. */
function isRedirectAfterWrite({ effect }: ApiRequest, status: number): boolean {
	return effect !== 'none' && (status === 302 || status === 303);
}

function outOfReach(request: ApiRequest, status: 403 | 404, says: string): InstaplyError {
	const { kind } = request.subject;
	const notAllowed = (message: string, description: string) =>
		new InstaplyError(message, {
			description: `${description}${says}`,
			httpStatus: status,
			failure: { cause: 'configuration-invalid' },
		});
	if (kind === 'account') {
		return status === 404
			? unexpectedResponse(request, { httpStatus: status })
			: notAllowed(
					"Instaply does not let the token's user manage webhooks",
					'Ask your Instaply customer representative to allow it.',
				);
	}
	if (kind === 'business' && status === 403) {
		return notAllowed(
			`${subjectOf(request)} does not belong to your organization`,
			"Nothing was sent. Check the ID: conversations can be started only with a business of the token's own organization.",
		);
	}
	return notAllowed(
		`${subjectOf(request)} does not exist, or the token's user cannot see it`,
		'Check the ID. A token belongs to one Instaply user and reaches only what that user can see.',
	);
}

/** The document does not say in which words Instaply refuses a text when the window is closed. */
function adviceFor({ effect }: ApiRequest): string {
	return effect === 'message'
		? " If it was a text and WhatsApp no longer allows one, send a template, or set 'When Window Is Closed' to 'Send a Template Instead'."
		: '';
}

/** The code for a response that was not complete in time; Node's own for a connection that was not. */
export const TOO_LATE = 'ETIMEDOUT';

/** Codes of Node with which a request certainly never reached Instaply, and what they mean. */
const NEVER_SENT: Partial<Record<string, string>> = {
	ECONNREFUSED:
		"no server answers at this address. Check 'Base URL' in the Instaply credential. If it is right, a firewall may be in the way, or the sandbox there is not running.",
	ENOTFOUND:
		"there is no server of this name. Check 'Base URL' in the Instaply credential for a typing mistake, and that n8n has internet access.",
	EAI_AGAIN:
		"the address of the server could not be looked up. Check that n8n has internet access and that 'Base URL' in the Instaply credential is right, then try again.",
};

const PLAIN_HTTP = 'ERR_SSL_WRONG_VERSION_NUMBER';

/** Codes of Node for a server that cannot prove who it is, to which nothing is sent. */
const NOT_TRUSTED = /^(CERT_|UNABLE_TO_|(DEPTH_ZERO_)?SELF_SIGNED_|ERR_TLS_CERT_)/;

/**
 * Explains a request that got no response.
 *
 * @param code of Node or axios (`ECONNREFUSED`, `ECONNABORTED`, ...), if there is one
 */
export function errorFromNetwork(request: ApiRequest, code: string | undefined): InstaplyError {
	if (code === 'ERR_CANCELED') {
		return request.effect === 'none'
			? stopped()
			: unknownOutcome(request.effect, 'The execution was stopped before Instaply answered.');
	}
	const unreached = NEVER_SENT[code ?? ''];
	if (unreached !== undefined) {
		return new InstaplyError('n8n could not reach Instaply', {
			description: `Nothing was sent: ${unreached}`,
			failure: { cause: 'temporarily-unavailable' },
			retry: {},
		});
	}
	if (code === PLAIN_HTTP) {
		return insecure(
			"the server knows no https. Check whether 'Base URL' in the Instaply credential has to begin with http://, as it does for a sandbox.",
		);
	}
	if (code !== undefined && NOT_TRUSTED.test(code)) {
		return insecure(
			"the server's certificate is not trusted, has run out or is for another address. Check 'Base URL' in the Instaply credential, and any proxy between n8n and the internet.",
		);
	}
	const isTooLate = code === TOO_LATE;
	return request.effect === 'none'
		? new InstaplyError('Instaply did not answer', {
				description: isTooLate
					? `No complete answer came in time. ${LATER}`
					: `The connection ended without an answer. ${LATER}`,
				failure: { cause: 'temporarily-unavailable' },
				retry: {},
			})
		: unknownOutcome(
				request.effect,
				isTooLate
					? 'No complete answer came in time.'
					: 'The connection ended before Instaply answered.',
			);
}

/** It is also the test of a credential, which has no items. */
const LATER =
	"Try again later. If this goes on, check 'Base URL' in the Instaply credential, and whether n8n has internet access.";

function insecure(reason: string): InstaplyError {
	return new InstaplyError('There is no secure connection to Instaply', {
		description: `Nothing was sent: ${reason}`,
		failure: { cause: 'configuration-invalid' },
	});
}

/** Explains a success whose content is not what the document describes. */
export function unexpectedResponse(
	request: ApiRequest,
	{ httpStatus, content = null }: { httpStatus?: number; content?: Json } = {},
): InstaplyError {
	const about = request.subject.id === undefined ? '' : ` about ${subjectOf(request)}`;
	return new InstaplyError('The answer is not what Instaply is known to send', {
		description: `Something else than Instaply may have answered${about}. Check that 'Base URL' in the Instaply credential is the address of Instaply, with nothing behind it.${quoted(content)}`,
		httpStatus,
		failure: { cause: 'configuration-invalid' },
	});
}

/** Explains why an item was not begun after the user stopped the execution. */
export function stopped(): InstaplyError {
	return new InstaplyError('The execution was stopped', {
		description: 'Nothing more was sent after that.',
	});
}

function subjectOf({ subject }: ApiRequest): string {
	const name = {
		thread: 'Thread',
		customer: 'Customer',
		business: 'Business',
		webhook: 'Webhook',
		account: 'Account',
	};
	return subject.id === undefined ? name[subject.kind] : `${name[subject.kind]} ${subject.id}`;
}
