/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { Agent } from 'node:http';
import { networkInterfaces } from 'node:os';
import axios from 'axios';

import { startSandbox, THREADS } from '../../sandbox/server';
import { start } from '../support/sandbox/server';

const others = Object.values(networkInterfaces())
	.flatMap((list) => list ?? [])
	.filter(({ family, internal }) => family === 'IPv4' && !internal)
	.map(({ address }) => address);

const statusOf = async (url: string, options = {}) =>
	(await axios.get(url, { proxy: false, validateStatus: () => true, ...options })).status;

describe('Where the sandbox listens', () => {
	it('is this machine alone unless it is told otherwise', async () => {
		const { sandbox } = await start();
		const { port } = new URL(sandbox.url);
		expect(sandbox.addresses).toEqual({ own: sandbox.url, docker: null, network: [] });
		for (const address of others) {
			await expect(statusOf(`http://${address}:${port}/`)).rejects.toThrow('ECONNREFUSED');
		}
	});

	it('can be all interfaces, and then it says its address for each', async () => {
		const { sandbox } = await start({ host: '0.0.0.0' });
		const { port } = new URL(sandbox.url);
		const network = others.map((address) => `http://${address}:${port}`);
		const docker = `http://host.docker.internal:${port}`;
		expect(sandbox.addresses).toEqual({ own: `http://127.0.0.1:${port}`, docker, network });
		for (const url of [sandbox.url, ...network]) {
			expect(await statusOf(`${url}/sandbox/threads`)).toBe(200);
			expect(await statusOf(`${url}/api/webhooks/`)).toBe(401);
		}
	});

	it('can be one address', async () => {
		const [host = '127.0.0.1'] = others;
		const { sandbox } = await start({ host });
		expect(sandbox.url).toMatch(`http://${host}:`);
		expect(sandbox.addresses).toEqual({ own: sandbox.url, docker: null, network: [] });
		expect(await statusOf(`${sandbox.url}/sandbox/threads`)).toBe(200);
	});

	it('cannot be the address of another machine', async () => {
		await expect(startSandbox({ host: '203.0.113.1' })).rejects.toThrow('EADDRNOTAVAIL');
	});

	// Only on Linux has a machine without further settings a second address by which it can pose as another.
	(process.platform === 'linux' ? it : it.skip)(
		'lets others use the API, but neither drive it nor read its token',
		async () => {
			const { sandbox } = await start({ host: '0.0.0.0' });
			const httpAgent = new Agent({ localAddress: '127.0.0.2' });
			const headers = { token: sandbox.token, 'Content-Type': 'application/json' };
			const from = { httpAgent, headers, data: '' };
			const details = `get-customer-thread-details?customerThreadId=${THREADS.webchat}`;
			expect(await statusOf(`${sandbox.url}/api/${details}`, from)).toBe(200);
			expect(await statusOf(`${sandbox.url}/sandbox/credential`, from)).toBe(403);
			expect(await statusOf(`${sandbox.url}/sandbox/credential`)).toBe(200);
			httpAgent.destroy();
		},
	);
});
