import '../support/engine/quiet';

import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../nodes/Instaply/InstaplyTrigger.node';
import { THREADS } from '../../sandbox/server';
import { startServer } from '../../tools/process/server';
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

	it('does not take a web page for Instaply', async () => {
		sandbox.current.faults.add({ route: 'GET /api/webhooks/', kind: 'notJson' });
		expect(await test(credential())).toMatchObject({
			status: 'Error',
			message: expect.stringContaining("check that 'Base URL'"),
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
