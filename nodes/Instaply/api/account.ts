import type { IWebhookFunctions } from 'n8n-workflow';

import { toResult } from '../common/result';
import { accountKey, CREDENTIAL_NAME, readAccount } from './credential';

/** By delivery, which asks more than once. */
const accounts = new WeakMap<IWebhookFunctions, Promise<string>>();

/**
 * Tells the account of a node's credential from others, for as long as this process runs: different
 * accounts may use the same IDs.
 *
 * @returns empty text when the node has no credential that can be read
 */
export async function accountOf(context: IWebhookFunctions): Promise<string> {
	const account = accounts.get(context) ?? readAccountKey(context);
	accounts.set(context, account);
	return await account;
}

async function readAccountKey(context: IWebhookFunctions): Promise<string> {
	const key = await toResult(async () =>
		accountKey(readAccount(await context.getCredentials(CREDENTIAL_NAME))),
	);
	return 'value' in key ? key.value : '';
}
