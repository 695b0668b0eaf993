import type { Lab } from '../../lab/lab';
import { CREDENTIAL_NAME } from '../../lab/nodes';
import { openSharedLab } from '../support/e2e/lab';
import { startStubServer } from '../support/e2e/stubServer';

describe('The credential', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = await openSharedLab();
	});
	afterAll(async () => await lab.close());

	const test = async (data: Record<string, string>) =>
		await lab.rest.testCredential(await lab.rest.createCredential(CREDENTIAL_NAME, data));

	it('is accepted when the token is good', async () => {
		const { token } = lab.sandbox;
		expect(await test({ token, baseUrl: lab.baseUrl })).toMatchObject({ status: 'OK' });
	});

	it.each([
		['ends in a slash', (url: string) => `${url}/`],
		['is in capitals, with spaces around it', (url: string) => ` ${url.toUpperCase()} `],
		['has no http://', (url: string) => url.replace('http://', '')],
	])('is accepted when the base URL %s', async (_, change) => {
		const { token } = lab.sandbox;
		expect(await test({ token, baseUrl: change(lab.baseUrl) })).toMatchObject({ status: 'OK' });
	});

	it('is refused with a sentence when the token is bad', async () => {
		expect(await test({ token: 'wrong', baseUrl: lab.baseUrl })).toEqual({
			status: 'Error',
			message: expect.stringContaining(
				"Instaply did not accept the token. Check 'API Token' in the Instaply credential",
			),
		});
	});

	it('says what to do when nothing is at the base URL', async () => {
		expect(await test({ token: 'x', baseUrl: 'http://127.0.0.1:9' })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^n8n could not reach Instaply\. .*'Base URL'/),
		});
	});

	it('is not carried to another host by a redirect', async () => {
		const elsewhere = await startStubServer(() => ({}));
		const { token } = lab.sandbox;
		const headers = { location: elsewhere.url };
		lab.sandbox.faults.add({ route: 'GET /api/webhooks/', kind: 'status', status: 302, headers });
		expect(await test({ token, baseUrl: lab.baseUrl })).toMatchObject({ status: 'Error' });
		expect(elsewhere.requests).toEqual([]);
		await elsewhere.close();
	});

	it.each(['/#/inbox', '/?view=inbox', '?', '#'])(
		'is refused when the base URL ends in %s',
		async (end) => {
			const page = await startStubServer(() => ({}));
			expect(await test({ token: 'x', baseUrl: `${page.url}${end}` })).toMatchObject({
				status: 'Error',
			});
			expect(page.requests).toEqual([]);
			await page.close();
		},
	);

	it('asks for a read, with both headers, and changes nothing', () => {
		const asked = lab.sandbox.requests();
		expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
			asked.map(() => 'GET /api/webhooks/'),
		);
		for (const { headerNames } of asked) {
			expect(headerNames).toEqual(expect.arrayContaining(['token', 'content-type']));
		}
	});
});
