import axios from 'axios';

import { API_ROUTES, type ApiRoute } from '../../sandbox/server';
import { sentence, start } from '../support/sandbox/server';

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Sends exactly these headers. */
async function call(url: string, route: ApiRoute, headers: Record<string, string>) {
	const [method = '', path = ''] = route.split(' ');
	return await axios.request({
		method,
		url: url + path.replace(/:\w+/, '1'),
		headers,
		data: headers['Content-Type'] ? '{}' : undefined,
		transformRequest: [(data: unknown) => data],
		validateStatus: () => true,
		proxy: false,
	});
}

describe('The headers that the sandbox demands', () => {
	describe.each(API_ROUTES)('%s', (route) => {
		it('refuses a request without a token', async () => {
			const { sandbox } = await start();
			const { status, data } = await call(sandbox.url, route, JSON_TYPE);
			expect(status).toBe(401);
			expect(sentence(data)).toContain('token');
		});

		it('refuses a wrong token', async () => {
			const { sandbox } = await start();
			const { status } = await call(sandbox.url, route, {
				...JSON_TYPE,
				token: `${sandbox.token}x`,
			});
			expect(status).toBe(401);
		});

		it('refuses a request without Content-Type', async () => {
			const { sandbox } = await start();
			const { status, data } = await call(sandbox.url, route, { token: sandbox.token });
			expect(status).toBe(400);
			expect(sentence(data)).toContain('Content-Type');
		});

		it('refuses another Content-Type', async () => {
			const { sandbox } = await start();
			const headers = { token: sandbox.token, 'Content-Type': 'text/plain' };
			expect((await call(sandbox.url, route, headers)).status).toBe(400);
		});

		it('exists, and is journaled under its own name', async () => {
			const { sandbox } = await start();
			const headers = { token: sandbox.token, 'Content-Type': 'application/json; charset=utf-8' };
			await call(sandbox.url, route, headers);
			expect(sandbox.requests()).toEqual([expect.objectContaining({ route, token: 'valid' })]);
		});
	});

	it('has a random token unless one is given', async () => {
		const [one, other, given] = [await start(), await start(), await start({ token: 'given' })];
		expect(one.sandbox.token).not.toBe(other.sandbox.token);
		expect(given.sandbox.token).toBe('given');
	});

	it.each(['/api/webhooks', '/api/webhooks/1/', '/api/nothing', '/nothing'])(
		'returns 404 on %s, which the API does not have',
		async (path) => {
			const { sandbox } = await start();
			const { status, data } = await axios.get(sandbox.url + path, {
				headers: { token: sandbox.token, ...JSON_TYPE },
				data: '',
				validateStatus: () => true,
			});
			expect(status).toBe(404);
			sentence(data);
		},
	);
});
