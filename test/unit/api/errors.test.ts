import {
	errorFromNetwork,
	errorFromResponse,
	unexpectedResponse,
} from '../../../nodes/Instaply/api/errors';
import type { ApiRequest, ApiResponse } from '../../../nodes/Instaply/api/request';
import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import type { Json } from '../../../nodes/Instaply/common/json';

const request = (more: Partial<ApiRequest> = {}): ApiRequest => ({
	method: 'GET',
	path: '/api/any',
	effect: 'none',
	subject: { kind: 'thread', id: '17' },
	...more,
});
const READ = request();
const CHANGE = request({ effect: 'change' });
const MESSAGE = request({ effect: 'message' });

const responseWith = (
	status: number,
	content: Json = null,
	headers: Record<string, unknown> = {},
): ApiResponse => ({ status, headers, content });

const UNKNOWN_MESSAGE = 'It is not known whether the customer got this message';
const UNKNOWN_CHANGE = 'It is not known whether Instaply made this change';
const OUT_OF_REACH = "Thread 17 does not exist, or the token's user cannot see it";
const NOT_INSTAPLY = 'The answer is not what Instaply is known to send';

describe('errorFromResponse', () => {
	it.each([
		[READ, 401, 'Instaply did not accept the token', 'credential-invalid'],
		[MESSAGE, 401, 'Instaply did not accept the token', 'credential-invalid'],
		[READ, 403, OUT_OF_REACH, 'configuration-invalid'],
		[MESSAGE, 404, OUT_OF_REACH, 'configuration-invalid'],
		[READ, 429, 'Instaply asks to slow down', 'rate-limited'],
		[READ, 500, 'Instaply is not available right now', 'temporarily-unavailable'],
		[READ, 599, 'Instaply is not available right now', 'temporarily-unavailable'],
		[CHANGE, 502, UNKNOWN_CHANGE, 'temporarily-unavailable'],
		[MESSAGE, 503, UNKNOWN_MESSAGE, 'temporarily-unavailable'],
		[READ, 302, NOT_INSTAPLY, 'configuration-invalid'],
		[MESSAGE, 307, NOT_INSTAPLY, 'configuration-invalid'],
		[READ, 304, NOT_INSTAPLY, 'configuration-invalid'],
	])('%j answered with %d', (asked, status, message, cause) => {
		const error = errorFromResponse(asked, responseWith(status));
		expect(error).toBeInstanceOf(InstaplyError);
		expect(error).toMatchObject({
			message,
			httpStatus: status,
			failure: expect.objectContaining({ cause }),
			description: expect.stringMatching(/^[A-Z].*\.$/),
		});
	});

	it.each([400, 402, 405, 409, 413, 422, 451])('gives no classification for %d', (status) => {
		const { message, failure } = errorFromResponse(READ, responseWith(status));
		expect(message).toBe(`Instaply refused this request (HTTP status ${status})`);
		expect(failure).toBeUndefined();
	});

	it.each([
		[{ kind: 'customer', id: 'cust_001' }, 'Customer cust_001'],
		[{ kind: 'webhook', id: '301' }, 'Webhook 301'],
		[{ kind: 'thread', id: '17' }, 'Thread 17'],
		[{ kind: 'business', id: '1001' }, 'Business 1001'],
	] as const)('names %j', (subject, name) => {
		const { message } = errorFromResponse(request({ subject }), responseWith(404));
		expect(message).toBe(`${name} does not exist, or the token's user cannot see it`);
	});

	it('quotes what Instaply says, in the place of a message of its own or beside it', () => {
		const says = { message: 'So it is' };
		expect(errorFromResponse(READ, responseWith(400, says)).message).toBe('So it is');
		for (const status of [401, 403, 429, 500]) {
			const { description } = errorFromResponse(READ, responseWith(status, says));
			expect(description).toMatch(/Instaply says: “So it is”\.$/);
			expect(errorFromResponse(READ, responseWith(status)).description).not.toContain(
				'Instaply says',
			);
		}
	});

	it('passes on how long Instaply asked to wait, to n8n too', () => {
		const { failure, retry } = errorFromResponse(
			READ,
			responseWith(429, null, { 'retry-after': '7' }),
		);
		expect(failure).toEqual({ cause: 'rate-limited', retryAfterMs: 7000 });
		expect(retry).toEqual({ afterMs: 7000, pausesAll: true });
	});
});

describe('What may be retried', () => {
	const CONVERSATION = request({ effect: 'conversation' });
	const WRITES = [CHANGE, MESSAGE, CONVERSATION];

	it('is any request that Instaply answered with 429, which pauses all', () => {
		for (const asked of [READ, ...WRITES]) {
			expect(errorFromResponse(asked, responseWith(429)).retry).toEqual({ pausesAll: true });
		}
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
		'is any request for which there was no connection: %s',
		(code) => {
			for (const asked of [READ, ...WRITES])
				expect(errorFromNetwork(asked, code).retry).toEqual({});
		},
	);

	it.each([408, 500, 502, 503, 504])('are reads after status %d, and no write', (status) => {
		const response = responseWith(status, null, { 'retry-after': '7' });
		expect(errorFromResponse(READ, response).retry).toEqual({ afterMs: 7000 });
		for (const write of WRITES) {
			const error = errorFromResponse(write, response);
			expect(error).toMatchObject({ retry: undefined, isOutcomeUnknown: true });
		}
	});

	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', undefined])(
		'are reads after %s, and no write',
		(code) => {
			expect(errorFromNetwork(READ, code).retry).toEqual({});
			for (const write of WRITES) {
				const error = errorFromNetwork(write, code);
				expect(error).toMatchObject({ retry: undefined, isOutcomeUnknown: true });
			}
		},
	);

	it.each([302, 303])('is no write that was redirected with %d, as it may be done', (status) => {
		for (const write of WRITES) {
			const error = errorFromResponse(write, responseWith(status));
			expect(error).toMatchObject({ retry: undefined, isOutcomeUnknown: true });
		}
	});

	it.each([301, 307, 400, 401, 403, 404, 409, 422])('is nothing after status %d', (status) => {
		for (const asked of [READ, ...WRITES]) {
			const error = errorFromResponse(asked, responseWith(status));
			expect(error).toMatchObject({ retry: undefined, isOutcomeUnknown: false });
		}
	});

	it.each(['CERT_HAS_EXPIRED', 'ERR_SSL_WRONG_VERSION_NUMBER'])('is nothing after %s', (code) => {
		for (const asked of [READ, ...WRITES]) {
			const error = errorFromNetwork(asked, code);
			expect(error).toMatchObject({ retry: undefined, isOutcomeUnknown: false });
		}
	});
});

describe('errorFromNetwork', () => {
	it.each(['ERR_CANCELED', 'ECONNRESET', 'ECONNABORTED', 'EHOSTUNREACH', 'EPROTO'])(
		'does not know of a message after %s, which can come when it was sent',
		(code) => {
			expect(errorFromNetwork(MESSAGE, code)).toMatchObject({
				message: UNKNOWN_MESSAGE,
				isOutcomeUnknown: true,
				retry: undefined,
			});
		},
	);

	it.each([
		['ECONNREFUSED', 'no server answers at this address'],
		['ENOTFOUND', 'there is no server of this name'],
		['EAI_AGAIN', 'the address of the server could not be looked up'],
	])('is sure that nothing was sent after %s, and says in words why', (code, reason) => {
		for (const asked of [READ, CHANGE, MESSAGE]) {
			const error = errorFromNetwork(asked, code);
			expect(error).toMatchObject({
				message: 'n8n could not reach Instaply',
				failure: { cause: 'temporarily-unavailable' },
				httpStatus: undefined,
			});
			expect(error.description.startsWith(`Nothing was sent: ${reason}.`)).toBe(true);
			expect(error.description).toContain("'Base URL' in the Instaply credential");
			expect(error.description).not.toContain(code);
		}
	});

	it.each([
		...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
		...['ERR_TLS_CERT_ALTNAME_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	])('is sure that nothing was sent after %s', (code) => {
		for (const asked of [READ, CHANGE, MESSAGE]) {
			expect(errorFromNetwork(asked, code)).toMatchObject({
				message: 'There is no secure connection to Instaply',
				description: expect.stringMatching(/^Nothing was sent: the server's certificate /),
				failure: { cause: 'configuration-invalid' },
			});
		}
	});

	it('does not speak of certificates where the server has none', () => {
		for (const asked of [READ, CHANGE, MESSAGE]) {
			expect(errorFromNetwork(asked, 'ERR_SSL_WRONG_VERSION_NUMBER')).toMatchObject({
				message: 'There is no secure connection to Instaply',
				description: expect.stringMatching(
					/^Nothing was sent: the server knows no https\..*http:\/\//,
				),
				failure: { cause: 'configuration-invalid' },
			});
		}
	});

	it.each([
		['ETIMEDOUT', 'No complete answer came in time.'],
		['ECONNRESET', 'The connection ended without an answer.'],
	])('says what to do when it happens again and again: %s', (code, reason) => {
		const { description } = errorFromNetwork(READ, code);
		expect(description.startsWith(`${reason} Try again later.`)).toBe(true);
		expect(description).toContain("'Base URL' in the Instaply credential");
	});

	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_BAD_RESPONSE', '', undefined])(
		'has an unknown outcome only for writes after %s',
		(code) => {
			const cause = { cause: 'temporarily-unavailable' };
			expect(errorFromNetwork(READ, code)).toMatchObject({
				message: 'Instaply did not answer',
				failure: cause,
			});
			expect(errorFromNetwork(CHANGE, code)).toMatchObject({
				message: UNKNOWN_CHANGE,
				failure: cause,
			});
			expect(errorFromNetwork(MESSAGE, code)).toMatchObject({
				message: UNKNOWN_MESSAGE,
				description: expect.stringContaining('before you send it again'),
				failure: cause,
			});
		},
	);
});

describe('unexpectedResponse', () => {
	it.each([
		[{ kind: 'thread', id: '17' }, 'may have answered about Thread 17. Check that'],
		[{ kind: 'account' }, 'may have answered. Check that'],
	] as const)('says what it was about and where to look: %j', (subject, words) => {
		const { message, description } = unexpectedResponse(request({ subject }));
		expect(message).toBe(NOT_INSTAPLY);
		expect(description).toContain(words);
		expect(description).toContain("'Base URL'");
	});

	it('quotes the sentence of an answer that has one', () => {
		const content = { error: 'Too many reads' };
		const { description } = unexpectedResponse(READ, { content });
		expect(description).toMatch(/ Instaply says: “Too many reads”\.$/);
	});
});
