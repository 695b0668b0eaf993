import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { toResult } from '../common/result';
import { sendTestRequest } from '../n8n/credentialTest';
import { withAdvice } from '../n8n/nodeError';
import { InstaplyClient } from './client';
import { authenticated, readAccount } from './credential';
import { httpTransport } from './transport';

const TIMEOUT_MS = 15_000;

/**
 * Tests a credential with the same requests, and in the same words, as the nodes. Listing the webhooks
 * is the only documented read that needs no ID.
 */
async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const tested = await toResult(async () => {
		const account = readAccount(data);
		const transport = httpTransport(
			async (request, end) => {
				return await sendTestRequest(this, authenticated(account.token, request), end);
			},
			account,
			TIMEOUT_MS,
		);
		const once = { run: async <T>(request: () => Promise<T>) => await request() };
		await new InstaplyClient(account, transport, once).webhooks();
	});
	if ('value' in tested) return { status: 'OK', message: 'Connection successful!' };
	const shown = withAdvice(tested.error);
	return { status: 'Error', message: shown instanceof Error ? shown.message : String(shown) };
}

/** The test, by the name in `testedBy` of both nodes. */
export const credentialTest = { testCredential };
