/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

import { startServer, type LocalServer } from '../../../tools/process/server';
import { foreignN8n, prepareForeignN8n, type ForeignN8n } from '../../support/e2e/foreignN8n';
import { remove, temporaryFolder } from '../../support/package/files';

describe('The n8n that the environment names', () => {
	it('is none without N8N_URL', () => {
		expect(foreignN8n({})).toBeUndefined();
		expect(foreignN8n({ N8N_URL: '', N8N_EMAIL: 'claire@example.com' })).toBeUndefined();
	});

	it('has an address without a slash at the end, and the owner of the tests unless told otherwise', () => {
		const { url, owner, installCommand } = foreignN8n({ N8N_URL: 'http://localhost:5678//' }) ?? {};
		expect(url).toBe('http://localhost:5678');
		expect(owner?.email).toBe('owner@example.com');
		expect(installCommand).toBeUndefined();
	});

	it('has the login that is given', () => {
		const env = { N8N_URL: 'http://x', N8N_EMAIL: 'claire@example.com', N8N_PASSWORD: 'Secret-1' };
		expect(foreignN8n(env)?.owner).toMatchObject({
			email: 'claire@example.com',
			password: 'Secret-1',
		});
	});

	it.each(['localhost:5678', 'http://', 'ftp://n8n'])(
		'is refused when its address is %s',
		(url) => {
			expect(() => foreignN8n({ N8N_URL: url })).toThrow('N8N_URL has to be an address');
		},
	);
});

describe('An n8n that somebody else has started', () => {
	const NODES = [
		{ name: 'n8n-nodes-instaply.instaply' },
		{ name: 'n8n-nodes-instaply.instaplyTrigger' },
	];
	let n8n: LocalServer;
	let requests: Array<{ path?: string; body: unknown }>;
	let isNew: boolean;
	let address: string;
	let nodes: object[];
	let folder: string;

	beforeEach(async () => {
		folder = await temporaryFolder();
		requests = [];
		isNew = false;
		nodes = NODES;
		n8n = await startServer(async (request, response) => {
			const { url: path, method } = request;
			const body = method === 'POST' ? await json(request) : undefined;
			if (method === 'POST') requests.push({ path, body });
			const userManagement = { showSetupOnFirstLoad: isNew };
			const settings = { versionCli: '3.3.0', urlBaseWebhook: address, userManagement };
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify(path === '/types/nodes.json' ? nodes : { data: settings }));
		});
		address = `${n8n.url}/`;
	});
	afterEach(async () => {
		await n8n.close();
		await remove(folder);
	});

	const packed = jest.fn(async () => join(folder, 'package.tgz'));
	const prepare = async (more: Partial<ForeignN8n> = {}) => {
		const found = foreignN8n({ N8N_URL: n8n.url });
		if (found === undefined) throw new Error('There is none');
		return await prepareForeignN8n({ ...found, ...more }, packed);
	};

	it('is logged in to, and says its version', async () => {
		expect(await prepare()).toBe('3.3.0');
		expect(requests.map(({ path }) => path)).toEqual(['/rest/login']);
		expect(packed).not.toHaveBeenCalled();
	});

	it('gets its first user where it has none', async () => {
		isNew = true;
		await prepare();
		expect(requests).toMatchObject([
			{ path: '/rest/owner/setup', body: { email: 'owner@example.com' } },
		]);
	});

	it('is refused when webhooks would have another address than the tests expect', async () => {
		address = 'http://n8n.example.com/';
		await expect(prepare()).rejects.toThrow(
			'n8n says that its public address is http://n8n.example.com/: set its N8N_WEBHOOK_URL',
		);
	});

	it.each([
		['is missing', []],
		['is there by half', NODES.slice(0, 1)],
	])('is refused, with the way out, when the package %s', async (_, found) => {
		nodes = found;
		await expect(prepare()).rejects.toThrow(/has no Instaply nodes: .*UNVERIFIED_PACKAGES/);
	});

	it('is given the package by the command', async () => {
		const script = join(folder, 'install.cjs');
		const copies = `require('node:fs').writeFileSync('${join(folder, 'got').replaceAll('\\', '/')}', process.env.PACKAGE_TARBALL)`;
		await writeFile(script, copies);
		await prepare({ installCommand: `"${process.execPath}" "${script}"` });
		expect(await readFile(join(folder, 'got'), 'utf8')).toBe(join(folder, 'package.tgz'));
	});

	it('is not tested when the command does not do it', async () => {
		const installCommand = `"${process.execPath}" -e "process.exit(3)"`;
		await expect(prepare({ installCommand })).rejects.toThrow('N8N_INSTALL_COMMAND ended with 3');
		expect(requests).toEqual([]);
	});
});
