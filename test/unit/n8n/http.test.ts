import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { networkFailureIn, RAW_RESPONSE, toHttpResponse } from '../../../nodes/Instaply/n8n/http';
import { NODE } from '../../support/unit/node';

/** As axios throws it. */
const axiosError = (code: string, message = 'connect failed') =>
	Object.assign(new Error(message), { isAxiosError: true, code });

/** n8n 2.41 has what axios threw as the cause of its own error. */
const wrapped = (error: Error) => Object.assign(new Error('n8n'), { cause: error });

/** n8n 1 and 2.0 have nothing but the code, where an HTTP status would be. */
function codeAlone(httpCode: string | null, message = 'n8n'): NodeApiError {
	const error = new NodeApiError(NODE, { message }, { message });
	return Object.assign(error, { cause: undefined, httpCode });
}

describe('networkFailureIn', () => {
	it.each([
		['as it is', axiosError('ECONNRESET')],
		['wrapped once', wrapped(axiosError('ECONNRESET'))],
		['wrapped twice', wrapped(wrapped(axiosError('ECONNRESET')))],
		['of which only the code is left', codeAlone('ECONNRESET')],
		['of which only the code is left, wrapped', wrapped(codeAlone('ECONNRESET'))],
	])('finds the code of what axios threw, %s', (_, error) => {
		expect(networkFailureIn(error)).toEqual({ code: 'ECONNRESET' });
	});

	it.each([
		['axios', wrapped(axiosError('EPROTO', 'SSL routines: wrong version number'))],
		['n8n 1', codeAlone('EPROTO', 'SSL routines: wrong version number')],
	])('knows a server without TLS, with %s', (_, error) => {
		expect(networkFailureIn(error)).toEqual({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
	});

	it('ends where causes go in a circle', () => {
		const error = new Error('one');
		error.cause = new Error('other', { cause: error });
		expect(networkFailureIn(error)).toBeUndefined();
	});

	it('finds a failure without a code', () => {
		const error = Object.assign(new Error('aborted'), { isAxiosError: true });
		expect(networkFailureIn(wrapped(error))).toEqual({ code: undefined });
	});

	it.each([
		['another error', new Error('Not allowed')],
		['an error of n8n', new NodeOperationError(NODE, 'No credential')],
		['an error of n8n without a code', codeAlone(null)],
		['no error', 'ECONNRESET'],
		['nothing', undefined],
	])('finds none in %s', (_, error) => {
		expect(networkFailureIn(error)).toBeUndefined();
	});

	it("takes no status for a code where n8n's error has a cause", () => {
		const error = Object.assign(codeAlone('404'), { cause: new Error('Not found') });
		expect(networkFailureIn(error)).toBeUndefined();
	});
});

describe('toHttpResponse', () => {
	const bodyOf = (bytes: Buffer, contentType?: string) =>
		toHttpResponse({ statusCode: 200, headers: { 'content-type': contentType }, body: bytes }).body;
	const text = 'Cliente não encontrado: 5 €';

	it('reads what n8n gives with RAW_RESPONSE', () => {
		expect(RAW_RESPONSE).toEqual({
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		const headers = { 'content-type': 'text/plain' };
		const response = toHttpResponse({ statusCode: 204, headers, body: Buffer.from('text') });
		expect(response).toEqual({ status: 204, headers, body: 'text' });
	});

	it.each([
		['application/json; charset=ISO-8859-1', Buffer.from('S\xe3o', 'latin1'), 'São'],
		['text/plain;charset="ISO-8859-15"', Buffer.from('5 \xa4', 'latin1'), '5 €'],
		['text/plain; Charset = latin1; more=1', Buffer.from('S\xe3o', 'latin1'), 'São'],
		['text/plain; charset=utf-16le', Buffer.from('São', 'utf16le'), 'São'],
	])('decodes what is %s', (contentType, bytes, content) => {
		expect(bodyOf(bytes, contentType)).toBe(content);
	});

	it.each([
		'application/json',
		'text/plain; charset=utf-8',
		'text/html; charset=none',
		'',
		undefined,
	])('takes the rest for UTF-8 (%s)', (contentType) => {
		expect(bodyOf(Buffer.from(text), contentType)).toBe(text);
	});

	it('drops a byte order mark', () => {
		expect(bodyOf(Buffer.from('\uFEFF{}'))).toBe('{}');
	});

	it('goes on where bytes are no text', () => {
		expect(bodyOf(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\uFFFDb');
	});

	it('takes a body that is no bytes for an empty one', () => {
		expect(toHttpResponse({ statusCode: 200, headers: {}, body: {} }).body).toBe('');
	});
});
