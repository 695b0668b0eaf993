import type { Lab } from '../../lab/lab';
import { CREDENTIAL_NAME } from '../../lab/nodes';
import { isOldN8n, openSharedLab } from '../support/e2e/lab';
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
		const { token, url } = lab.sandbox;
		expect(await test({ token, baseUrl: url })).toMatchObject({ status: 'OK' });
	});

	it('is accepted when the base URL ends in a slash', async () => {
		const { token, url } = lab.sandbox;
		expect(await test({ token, baseUrl: `${url}/` })).toMatchObject({ status: 'OK' });
	});

	it('is refused with a sentence when the token is bad', async () => {
		expect(await test({ token: 'wrong', baseUrl: lab.sandbox.url })).toEqual({
			status: 'Error',
			// n8n 1 and 2.0 do not look at what a credential has to say.
			message: isOldN8n
				? 'Authorization failed - please check your credentials'
				: 'Instaply did not accept this token. Check that it was copied completely.',
		});
	});

	it('is not carried to another host by a redirect', async () => {
		const elsewhere = await startStubServer(() => ({}));
		const { token, url } = lab.sandbox;
		const headers = { location: elsewhere.url };
		lab.sandbox.faults.add({ route: 'GET /api/webhooks/', kind: 'status', status: 302, headers });
		expect(await test({ token, baseUrl: url })).toMatchObject({ status: 'Error' });
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
