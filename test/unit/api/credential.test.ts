import { InstaplyApi } from '../../../credentials/InstaplyApi.credentials';
import * as lab from '../../../lab/nodes';
import { CREDENTIAL_NAME, readBaseUrl, readToken } from '../../../nodes/Instaply/api/credential';
import { Instaply } from '../../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../../nodes/Instaply/InstaplyTrigger.node';

describe('The name of the credential', () => {
	it('is the same where the nodes, the credential and the lab repeat it', () => {
		expect([new InstaplyApi().name, lab.CREDENTIAL_NAME]).toEqual([
			CREDENTIAL_NAME,
			CREDENTIAL_NAME,
		]);
		for (const { description } of [new Instaply(), new InstaplyTrigger()]) {
			expect(description.credentials).toMatchObject([{ name: CREDENTIAL_NAME }]);
		}
	});
});

describe('readToken', () => {
	it.each([
		['tok-1', 'tok-1'],
		[' tok-1\r\n', 'tok-1'],
		['\u00a0tok 1\t', 'tok 1'],
		[17, '17'],
		['', ''],
		[undefined, ''],
		[null, ''],
	])('reads %j', (value, token) => {
		expect(readToken(value)).toBe(token);
	});
});

describe('readBaseUrl', () => {
	it.each([
		['https://me.instaply.com', 'https://me.instaply.com'],
		['https://me.instaply.com/', 'https://me.instaply.com'],
		[' https://me.instaply.com// ', 'https://me.instaply.com'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['https://proxy.example.com/instaply/', 'https://proxy.example.com/instaply'],
	])('reads %j', (value, url) => {
		expect(readBaseUrl(value)).toBe(url);
	});

	it.each([
		...['', '  ', 'me.instaply.com', 'ftp://me.instaply.com', 'https://', 'http:///api'],
		...['https://me.instaply.com/#/inbox', 'https://me.instaply.com?a=b'],
		...['https://me.instaply.com/?', 'https://me.instaply.com#', 'https://a b', undefined, 7],
	])('refuses %j', (value) => {
		expect(() => readBaseUrl(value)).toThrow(
			"'Base URL' in the Instaply credential is not a web address",
		);
	});
});

describe('What the credential adds to a request', () => {
	const credential = { token: 'secret', baseUrl: 'https://me.instaply.com/' };
	const authenticate = new InstaplyApi().authenticate;
	const headers = { token: 'secret', 'Content-Type': 'application/json' };

	it('are both headers, and nothing else of its own', async () => {
		const request = { url: 'https://me.instaply.com/api/webhooks/', headers: { a: 'b' } };
		expect(await authenticate(credential, request)).toEqual({
			...request,
			headers: { a: 'b', ...headers },
		});
	});

	it('is a token without the white space that was pasted along with it', async () => {
		const pasted = { ...credential, token: ' secret\n' };
		expect(await authenticate(pasted, { url: '/' })).toMatchObject({ headers });
	});

	it('is a base URL to which a path can be appended', async () => {
		const request = { url: '/api/webhooks/', baseURL: credential.baseUrl };
		expect(await authenticate(credential, request)).toEqual({
			url: '/api/webhooks/',
			baseURL: 'https://me.instaply.com',
			headers,
		});
	});

	it.each(['', 'https://me.instaply.com/#/inbox', 'https://me.instaply.com/?'])(
		'is nothing when the base URL is %j: the request does not go out',
		async (baseURL) => {
			await expect(authenticate(credential, { url: '/api/webhooks/', baseURL })).rejects.toThrow(
				'is not a web address',
			);
		},
	);
});
