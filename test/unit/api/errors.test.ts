import {
	errorFromNetwork,
	errorFromResponse,
	unexpectedResponse,
} from '../../../nodes/Instaply/api/errors';
import type { ApiRequest } from '../../../nodes/Instaply/api/request';
import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';

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

const answered = (status: number, body: unknown = '', headers: Record<string, unknown> = {}) => ({
	status,
	headers,
	body: typeof body === 'string' ? body : JSON.stringify(body),
});

const DOUBT = 'It is not known whether the customer got this message';
const DOUBT_ABOUT_CHANGE = 'It is not known whether Instaply made this change';
const OUT_OF_REACH = "Thread 17 does not exist, or the token's user cannot see it";
const NOT_INSTAPLY = 'The answer is not what Instaply is known to send';

describe('explainAnswer', () => {
	it.each([
		[READ, 401, 'Instaply did not accept the token', 'credential-invalid'],
		[MESSAGE, 401, 'Instaply did not accept the token', 'credential-invalid'],
		[READ, 403, OUT_OF_REACH, 'configuration-invalid'],
		[MESSAGE, 404, OUT_OF_REACH, 'configuration-invalid'],
		[READ, 429, 'Instaply asks to slow down', 'rate-limited'],
		[READ, 500, 'Instaply is not available right now', 'temporarily-unavailable'],
		[READ, 599, 'Instaply is not available right now', 'temporarily-unavailable'],
		[CHANGE, 502, DOUBT_ABOUT_CHANGE, 'temporarily-unavailable'],
		[MESSAGE, 503, DOUBT, 'temporarily-unavailable'],
		[READ, 302, NOT_INSTAPLY, 'configuration-invalid'],
		[MESSAGE, 307, NOT_INSTAPLY, 'configuration-invalid'],
		[READ, 304, NOT_INSTAPLY, 'configuration-invalid'],
	])('%j answered with %d', (asked, status, message, cause) => {
		const error = errorFromResponse(asked, answered(status));
		expect(error).toBeInstanceOf(InstaplyError);
		expect(error).toMatchObject({
			message,
			httpStatus: status,
			failure: expect.objectContaining({ cause }),
			description: expect.stringMatching(/^[A-Z].*\.$/),
		});
	});

	it.each([400, 402, 405, 409, 413, 422, 451])('gives no classification for %d', (status) => {
		const { message, failure } = errorFromResponse(READ, answered(status));
		expect(message).toBe(`Instaply refused this request (HTTP status ${status})`);
		expect(failure).toBeUndefined();
	});

	it.each([
		[{ kind: 'customer', id: 'cust_001' }, 'Customer cust_001'],
		[{ kind: 'webhook', id: '301' }, 'Webhook 301'],
		[{ kind: 'thread', id: '17' }, 'Thread 17'],
		[{ kind: 'business', id: '1001' }, 'Business 1001'],
	] as const)('names %j', (subject, name) => {
		const { message } = errorFromResponse(request({ subject }), answered(404));
		expect(message).toBe(`${name} does not exist, or the token's user cannot see it`);
	});

	const LONG = 'a'.repeat(400);
	it.each([
		['developerMessage', { developerMessage: 'So it is' }, 'So it is'],
		['message', { message: 'So it is' }, 'So it is'],
		['error', { error: 'So it is' }, 'So it is'],
		['errors', { errors: [{ message: 'So it is' }, { message: 'And so' }] }, 'So it is'],
		['errors that are text', { errors: ['So it is'] }, 'So it is'],
		['an error that is an object', { error: { message: 'So it is' } }, 'So it is'],
		['the best of several', { error: 'Bad', message: 'Better', developerMessage: 'Best' }, 'Best'],
		['the next best of several', { developerMessage: '', message: 'So it is' }, 'So it is'],
		['the next best when one is null', { developerMessage: null, error: 'So it is' }, 'So it is'],
		['JSON text', '"So it is"', 'So it is'],
		['plain text', 'So it is', 'So it is'],
		['text without its period', 'So it is.', 'So it is'],
		['text on one line', '  So\n it\t is  ', 'So it is'],
		['text that compares', '1 < 2', '1 < 2'],
		['long text, shortened', LONG, `${'a'.repeat(300)}…`],
	])('finds the sentence in %s', (_, body, sentence) => {
		expect(errorFromResponse(READ, answered(400, body)).message).toBe(sentence);
		expect(errorFromResponse(READ, answered(401, body)).description).toMatch(
			new RegExp(`Instaply says: “${sentence}”\\.$`),
		);
	});

	it.each([
		['nothing', ''],
		['spaces', ' \n '],
		['a web page', '<!DOCTYPE html><html><h1>So it is</h1></html>'],
		['a web page in JSON', { message: '<html>So it is</html>' }],
		['null', 'null'],
		['a number', '17'],
		['true', 'true'],
		['an empty list', '[]'],
		['a list of nothing', '[null]'],
		['an empty object', '{}'],
		['other fields', { code: 17, details: 'So it is' }],
		['empty fields', { message: '', error: ' ' }],
		['fields that are no text', { message: 17, error: false, errors: [] }],
	])('finds no sentence in %s', (_, body) => {
		expect(errorFromResponse(READ, answered(400, body)).message).toBe(
			'Instaply refused this request (HTTP status 400)',
		);
		expect(errorFromResponse(READ, answered(401, body)).description).not.toContain('Instaply says');
	});

	it.each([
		['7', 7000],
		['0', 0],
		['0.5', 500],
		['-3', 0],
		[new Date(0).toUTCString(), 0],
		['soon', undefined],
		['', undefined],
		[' ', undefined],
		[undefined, undefined],
		[['7'], undefined],
	])('reads how long to wait from %j', (header, retryAfterMs) => {
		const { failure } = errorFromResponse(READ, answered(429, '', { 'retry-after': header }));
		expect(failure).toEqual({ cause: 'rate-limited', retryAfterMs });
	});

	it('reads until when to wait', () => {
		const later = new Date(Date.now() + 3_600_000).toUTCString();
		const { failure } = errorFromResponse(READ, answered(429, '', { 'retry-after': later }));
		const { retryAfterMs } = { retryAfterMs: 0, ...failure };
		expect(retryAfterMs).toBeGreaterThan(3_500_000);
		expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
	});
});

describe('explainSilence', () => {
	it.each(['ERR_CANCELED', 'ECONNRESET', 'ECONNABORTED', 'EHOSTUNREACH', 'EPROTO'])(
		'is not sure about a message after %s, which can come when it was sent',
		(code) => {
			expect(errorFromNetwork(MESSAGE, code)).toMatchObject({
				message: 'It is not known whether the customer got this message',
				isOutcomeUnknown: true,
				retry: undefined,
			});
		},
	);

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
		'is sure that nothing was sent after %s',
		(code) => {
			for (const asked of [READ, CHANGE, MESSAGE]) {
				expect(errorFromNetwork(asked, code)).toMatchObject({
					message: 'n8n could not reach Instaply',
					description: expect.stringMatching(/^Nothing was sent\./),
					failure: { cause: 'temporarily-unavailable' },
					httpStatus: undefined,
				});
			}
		},
	);

	it.each([
		...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
		...[
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'ERR_SSL_WRONG_VERSION_NUMBER',
		],
	])('is sure that nothing was sent after %s', (code) => {
		for (const asked of [READ, CHANGE, MESSAGE]) {
			expect(errorFromNetwork(asked, code)).toMatchObject({
				message: 'There is no secure connection to Instaply',
				description: expect.stringMatching(/^Nothing was sent: /),
				failure: { cause: 'configuration-invalid' },
			});
		}
	});

	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_BAD_RESPONSE', '', undefined])(
		'leaves in doubt only what was written after %s',
		(code) => {
			const cause = { cause: 'temporarily-unavailable' };
			expect(errorFromNetwork(READ, code)).toMatchObject({
				message: 'Instaply did not answer',
				failure: cause,
			});
			expect(errorFromNetwork(CHANGE, code)).toMatchObject({
				message: DOUBT_ABOUT_CHANGE,
				failure: cause,
			});
			expect(errorFromNetwork(MESSAGE, code)).toMatchObject({
				message: DOUBT,
				description: expect.stringContaining('before you send it again'),
				failure: cause,
			});
		},
	);
});

describe('unexpectedAnswer', () => {
	it.each([
		[{ kind: 'thread', id: '17' }, 'Thread 17: check that'],
		[{ kind: 'account' }, 'Account: check that'],
	] as const)('says what it was about and where to look: %j', (subject, words) => {
		const { message, description } = unexpectedResponse(request({ subject }));
		expect(message).toBe(NOT_INSTAPLY);
		expect(description).toContain(words);
		expect(description).toContain("'Base URL'");
	});
});
