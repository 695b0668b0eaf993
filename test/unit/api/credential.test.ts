import { InstaplyApi } from '../../../credentials/InstaplyApi.credentials';
import * as lab from '../../../lab/nodes';
import { CREDENTIAL_NAME, readAccount, readBaseUrl } from '../../../nodes/Instaply/api/credential';
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

describe('readAccount', () => {
	const baseUrl = 'https://me.instaply.com';

	it.each(['secret', ' secret', 'secret\n', '\tsecret\r\n', '\u00a0secret '])(
		'reads the token %j without the white space that was pasted along with it',
		(token) => {
			expect(readAccount({ token, baseUrl: `${baseUrl}/` })).toEqual({ token: 'secret', baseUrl });
		},
	);

	it.each(['', ' ', undefined, null, 7])('refuses the token %j', (token) => {
		expect(() => readAccount({ token, baseUrl })).toThrow(
			"'API Token' in the Instaply credential is empty",
		);
	});
});

describe('A token beyond measure', () => {
	const longest = 'x'.repeat(2_000);
	const refusal = "'API Token' in the Instaply credential is too long for a token";

	it('is refused before a request, and not shown', async () => {
		const credential = { token: `${longest}y`, baseUrl: 'https://me.instaply.com' };
		expect(() => readAccount(credential)).toThrow(refusal);
		const request = new InstaplyApi().authenticate(credential, { url: '/' });
		await expect(request).rejects.toThrow(refusal);
		await expect(request).rejects.toMatchObject({
			description: expect.not.stringContaining('xxx'),
		});
	});

	it('is longer than 2,000 characters', () => {
		const credential = { token: ` ${longest} `, baseUrl: 'https://me.instaply.com' };
		expect(readAccount(credential).token).toBe(longest);
	});
});

describe('readBaseUrl', () => {
	it.each([
		['https://me.instaply.com', 'https://me.instaply.com'],
		['https://me.instaply.com/', 'https://me.instaply.com'],
		[' https://me.instaply.com// ', 'https://me.instaply.com'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['https://proxy.example.com/instaply/', 'https://proxy.example.com/instaply'],
		['HTTPS://Me.Instaply.com/Api', 'https://me.instaply.com/Api'],
		['me.instaply.com', 'https://me.instaply.com'],
		['me.instaply.com:8443/', 'https://me.instaply.com:8443'],
		['localhost:3100', 'http://localhost:3100'],
		['127.0.0.1:3100', 'http://127.0.0.1:3100'],
		['sandbox:3100', 'http://sandbox:3100'],
	])('reads %j', (value, url) => {
		expect(readBaseUrl(value)).toBe(url);
	});

	it.each([
		...['', '  ', 'ftp://me.instaply.com', 'https://', 'http:///api', '//me.instaply.com'],
		...['nonsense', 'https:me.instaply.com', 'https:/me.instaply.com', 'https:\\\\me.instaply.com'],
		...['mailto:ada@example.com', 'javascript:alert(1)', `https://a.com/${'/'.repeat(2_000)}`],
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

	it('is a token without the white space of a copy', async () => {
		const authenticated = await authenticate({ token: ' secret\r\n' }, { url: '/' });
		expect(authenticated.headers).toEqual(headers);
	});

	it('is nothing without a token: the request does not go out', async () => {
		await expect(authenticate({ token: ' ' }, { url: '/' })).rejects.toThrow(
			"'API Token' in the Instaply credential is empty",
		);
	});
});
