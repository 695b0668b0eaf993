import { InstaplyError } from '../common/InstaplyError';
import { parseJson, type Json } from '../common/json';
import type { HttpResponse } from '../n8n/http';
import type { ApiRequest } from './request';

/**
 * Explains an answer that is not a success.
 *
 * The document names no error body except `developerMessage`; every other place where a sentence
 * may stand is assumed.
 */
export function errorFromResponse(request: ApiRequest, answer: HttpResponse): InstaplyError {
	const { status } = answer;
	const sentence = messageInBody(answer.body);
	const says = sentence === undefined ? '' : ` Instaply says: “${sentence}”.`;
	const afterMs = retryAfterMs(answer.headers);

	if (status === 401) {
		return new InstaplyError('Instaply did not accept the token', {
			description: `Open the Instaply credential of this node and check 'API Token'.${says}`,
			httpStatus: status,
			failure: { cause: 'credential-invalid' },
		});
	}
	if (request.subject.kind === 'account' && status === 403) {
		return new InstaplyError("Instaply does not let the token's user manage webhooks", {
			description: `Ask your Instaply customer representative to allow it.${says}`,
			httpStatus: status,
			failure: { cause: 'configuration-invalid' },
		});
	}
	if (request.subject.kind === 'account' && status === 404) {
		return unexpectedResponse(request, status);
	}
	if (request.subject.kind === 'business' && status === 403) {
		return new InstaplyError(`${subjectOf(request)} does not belong to your organization`, {
			description: `Nothing was sent. Check the ID: conversations can be started only with a business of the token's own organization.${says}`,
			httpStatus: status,
			failure: { cause: 'configuration-invalid' },
		});
	}
	if (status === 403 || status === 404) {
		return new InstaplyError(
			`${subjectOf(request)} does not exist, or the token's user cannot see it`,
			{
				description: `Check the ID. A token belongs to one Instaply user and reaches only what that user can see.${says}`,
				httpStatus: status,
				failure: { cause: 'configuration-invalid' },
			},
		);
	}
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
					description: `It answered with HTTP status ${status}. Run this item again later.${says}`,
					httpStatus: status,
					failure: { cause: 'temporarily-unavailable', retryAfterMs: afterMs },
					retry: { afterMs },
				})
			: outcomeUnknown(
					request.effect,
					`Instaply answered with HTTP status ${status}.${says}`,
					status,
				);
	}
	if (status >= 300 && status < 400) return unexpectedResponse(request, status);
	return new InstaplyError(sentence ?? `Instaply refused this request (HTTP status ${status})`, {
		description: `Instaply refused the values of this item. Correct them, then run it again.${adviceFor(request)}`,
		httpStatus: status,
	});
}

/** Also what some gateways say when it is Instaply that takes too long. */
const REQUEST_TIMEOUT = 408;

/** Unlike other redirects, these may mean that a write was done, and that a page tells so. */
function isRedirectAfterWrite({ effect }: ApiRequest, status: number): boolean {
	return effect !== 'none' && (status === 302 || status === 303);
}

/** In which words Instaply refuses a text into a closed window is not documented. */
function adviceFor({ effect }: ApiRequest): string {
	return effect === 'message'
		? " If it was a text and WhatsApp no longer allows one, send a template, or set 'When Window Is Closed' to 'Send a Template Instead'."
		: '';
}

/** Codes of Node that are certain to mean that the request never reached Instaply. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** Codes for a connection that is not made because the server cannot prove who it is. */
const NOT_TRUSTED =
	/^(CERT_|UNABLE_TO_|(DEPTH_ZERO_)?SELF_SIGNED_|ERR_TLS_CERT_|ERR_SSL_WRONG_VERSION_NUMBER)/;

/**
 * Explains a request that got no answer.
 *
 * @param code the code that Node gave (`ECONNREFUSED`, `ECONNABORTED`, ...), when it gave one
 */
export function errorFromNetwork(request: ApiRequest, code: string | undefined): InstaplyError {
	if (code === 'ERR_CANCELED') {
		return request.effect === 'none'
			? stopped()
			: outcomeUnknown(request.effect, 'The execution was stopped before Instaply answered.');
	}
	if (code !== undefined && NEVER_SENT.includes(code)) {
		return new InstaplyError('n8n could not reach Instaply', {
			description:
				"Nothing was sent. Check that n8n has internet access and that 'Base URL' in the Instaply credential is right, then run this item again.",
			failure: { cause: 'temporarily-unavailable' },
			retry: {},
		});
	}
	if (code !== undefined && NOT_TRUSTED.test(code)) {
		return new InstaplyError('There is no secure connection to Instaply', {
			description:
				"Nothing was sent: the server's certificate is not trusted. Check 'Base URL' in the Instaply credential, and any proxy between n8n and the internet.",
			failure: { cause: 'configuration-invalid' },
		});
	}
	return request.effect === 'none'
		? new InstaplyError('Instaply did not answer', {
				description: 'The connection ended without an answer. Run this item again later.',
				failure: { cause: 'temporarily-unavailable' },
				retry: {},
			})
		: outcomeUnknown(request.effect, 'The connection ended before Instaply answered.');
}

/** Explains a success whose content is not what the document describes. */
export function unexpectedResponse(request: ApiRequest, httpStatus?: number): InstaplyError {
	return new InstaplyError('The answer is not what Instaply is known to send', {
		description: `${subjectOf(request)}: check that 'Base URL' in the Instaply credential points to Instaply.`,
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

/** Explains an answer to starting a thread that names none: the message may be there all the same. */
export function threadNotNamed(): InstaplyError {
	return outcomeUnknown(
		'conversation',
		"Instaply's answer does not name the thread. Check that 'Base URL' in the Instaply credential points to Instaply.",
	);
}

type Write = Exclude<ApiRequest['effect'], 'none'>;

/** What is not known when a write got no clear answer, and what to do. */
const UNCERTAIN_OUTCOME: Record<Write, [message: string, advice: string]> = {
	change: [
		'It is not known whether Instaply made this change',
		'Look in Instaply before you run this item again.',
	],
	message: [
		'It is not known whether the customer got this message',
		'Look at the conversation in Instaply before you send it again.',
	],
	conversation: [
		'It is not known whether this conversation was started',
		'Look for it in Instaply before you start it again.',
	],
};

function outcomeUnknown(effect: Write, why: string, httpStatus?: number): InstaplyError {
	const [message, advice] = UNCERTAIN_OUTCOME[effect];
	return new InstaplyError(message, {
		description: `${why} ${advice}`,
		httpStatus,
		failure: { cause: 'temporarily-unavailable' },
		isOutcomeUnknown: true,
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

const MAX_MESSAGE_LENGTH = 300;

/** Finds the sentence that a person can read in an error body; HTML pages have none. */
function messageInBody(body: string): string | undefined {
	const content = parseJson(body);
	const text = content === undefined ? plainText(body) : messageIn(content);
	const sentence = text?.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
	if (!sentence) return undefined;
	return sentence.length > MAX_MESSAGE_LENGTH
		? `${sentence.slice(0, MAX_MESSAGE_LENGTH)}…`
		: sentence;
}

function plainText(body: string): string | undefined {
	return /<[a-z!/]/i.test(body) ? undefined : body;
}

function messageIn(content: Json): string | undefined {
	if (typeof content === 'string') return plainText(content);
	if (Array.isArray(content)) return content[0] === undefined ? undefined : messageIn(content[0]);
	if (typeof content !== 'object' || content === null) return undefined;
	for (const key of ['developerMessage', 'message', 'error', 'errors']) {
		const value = content[key];
		const sentence = value === undefined ? undefined : messageIn(value);
		if (sentence) return sentence;
	}
	return undefined;
}

/** `Retry-After` is a number of seconds or an HTTP date. */
function retryAfterMs(headers: Record<string, unknown>): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
	return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
