/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import '../support/engine/quiet';

import { createServer as createTlsServer } from 'node:https';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { generate } from 'selfsigned';

import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../nodes/Instaply/InstaplyTrigger.node';
import { THREADS } from '../../sandbox/server';
import { addressOf, listen, startServer } from '../../tools/process/server';
import { additionalData } from '../support/engine/engine';
import { runInstaply } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';
import { explanation } from '../support/engine/words';

const sandbox = useSandbox();

/** Tests a credential as n8n does when it is saved. */
async function test(data: ICredentialDataDecryptedObject) {
	const context = new CredentialTestContext(additionalData(data));
	return await new Instaply().methods.credentialTest.testCredential.call(context, {
		id: '1',
		name: 'Instaply',
		type: 'instaplyApi',
		data,
	});
}

const credential = (changes: { token?: string; baseUrl?: string } = {}) => ({
	token: sandbox.current.token,
	baseUrl: sandbox.current.url,
	...changes,
});

describe('The test of the credential', () => {
	it('is the same in both nodes, and asks for a read', async () => {
		expect(new InstaplyTrigger().methods.credentialTest).toBe(
			new Instaply().methods.credentialTest,
		);
		expect(await test(credential())).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(sent(sandbox.current)).toEqual([['GET /api/webhooks/']]);
	});

	it.each([
		['spaces around the token', () => ({ token: ` ${sandbox.current.token}\r\n` })],
		['spaces and slashes', () => ({ baseUrl: ` ${sandbox.current.url}// ` })],
		['capitals', () => ({ baseUrl: sandbox.current.url.replace('http', 'HTTP') })],
		['no http://', () => ({ baseUrl: sandbox.current.url.replace('http://', '') })],
	])('agrees with the nodes about %s', async (_, changes) => {
		expect(await test(credential(changes()))).toMatchObject({ status: 'OK' });
		const { items } = await runInstaply(sandbox.current, {
			parameters: { resource: 'thread', operation: 'get', customerThreadId: THREADS.webchat },
			...changes(),
		});
		expect(items).toHaveLength(1);
	});

	it.each([
		['a token that is not known', () => ({ token: 'not-the-right-token' })],
		['no token', () => ({ token: ' ' })],
		['what is too long for a token', () => ({ token: 'x'.repeat(2_001) })],
		['an address without a server', () => ({ baseUrl: 'http://127.0.0.1:9' })],
		['no web address', () => ({ baseUrl: 'ftp://me.instaply.com' })],
		['the address of a page', () => ({ baseUrl: `${sandbox.current.url}/#/inbox` })],
		['an address that has no Instaply', () => ({ baseUrl: `${sandbox.current.url}/api` })],
	])('says the same as the nodes, and what to do, about %s', async (_, changes) => {
		const { status, message } = await test(credential(changes()));
		const run = await runInstaply(sandbox.current, {
			parameters: { resource: 'webhook', operation: 'getAll' },
			...changes(),
		});
		const { message: said, description } = explanation(run);
		expect({ status, message }).toEqual({ status: 'Error', message: `${said}. ${description}` });
		expect(message).not.toMatch(/ECONN|ENOTFOUND/);
	});

	describe('says in words, without a code, that', () => {
		const CODE = /[A-Z]{3,}_|E[A-Z]{5,}|getaddrinfo|connect |socket|axios|undefined/;
		const said = async (data: ICredentialDataDecryptedObject) => {
			const { status, message } = await test(data);
			expect(status).toBe('Error');
			expect(message).not.toMatch(CODE);
			expect(message).toContain("'Base URL' in the Instaply credential");
			return message;
		};

		it('nothing answers there', async () => {
			const message = await said(credential({ baseUrl: 'http://127.0.0.1:9' }));
			expect(message).toContain('no server answers at this address');
		});

		it('there is no such name', async () => {
			// Longer than a name may be, so that the look-up gives the same without a network.
			const baseUrl = `https://${'m'.repeat(64)}.instaply.com`;
			expect(await said(credential({ baseUrl }))).toContain('there is no server of this name');
		});

		it('no answer came in time', async () => {
			const timeIsUp = new AbortController();
			const silent = await startServer(() => timeIsUp.abort());
			const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(timeIsUp.signal);
			try {
				const message = await said(credential({ baseUrl: silent.url }));
				expect(message).toContain('No complete answer came in time. Try again later.');
				expect(timeout).toHaveBeenCalledTimes(1);
			} finally {
				timeout.mockRestore();
				await silent.close();
			}
		});

		it('the certificate is not trusted', async () => {
			const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
			const server = await listen(
				createTlsServer({ key, cert }, (_, response) => response.end('[]')),
			);
			const baseUrl = addressOf(server).replace('http:', 'https:');
			const message = await said(credential({ baseUrl }));
			await new Promise((resolve) => server.close(resolve));
			expect(message).toContain("the server's certificate is not trusted");
		});

		it('the server knows no https', async () => {
			const baseUrl = sandbox.current.url.replace('http:', 'https:');
			expect(await said(credential({ baseUrl }))).toContain('the server knows no https');
		});

		it.each(['notJson', 'drop'] as const)('it is not Instaply (%s)', async (kind) => {
			sandbox.current.faults.add({ route: 'GET /api/webhooks/', kind });
			const message = await said(credential());
			expect(message).toContain(
				kind === 'drop'
					? 'The connection ended without an answer'
					: 'Something else than Instaply may have answered',
			);
		});

		it('there is nothing of Instaply at that path', async () => {
			const message = await said(credential({ baseUrl: `${sandbox.current.url}/api` }));
			expect(message).toContain('is the address of Instaply, with nothing behind it');
		});
	});

	it('does not carry the token to another host', async () => {
		const visits: unknown[] = [];
		const elsewhere = await startServer((request, response) => {
			visits.push(request.url);
			response.end('[]');
		});
		const headers = { location: `${elsewhere.url}/api/webhooks/` };
		sandbox.current.faults.add({
			route: 'GET /api/webhooks/',
			kind: 'status',
			status: 302,
			headers,
		});
		expect(await test(credential())).toMatchObject({ status: 'Error' });
		await elsewhere.close();
		expect(visits).toEqual([]);
	});
});
