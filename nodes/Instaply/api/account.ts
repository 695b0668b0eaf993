import type { IWebhookFunctions } from 'n8n-workflow';

import { RecentValues } from '../common/recent';
import { toResult } from '../common/result';
import { accountKey, CREDENTIAL_NAME, readAccount } from './credential';

/** More than the triggers of one n8n. */
const CAPACITY = 10_000;

/** By the secret of a registration. */
const accounts = new RecentValues<Promise<string>>(CAPACITY);

/**
 * Tells the account that a trigger is registered in from others, for as long as this process runs:
 * different accounts may use the same IDs.
 *
 * The credential is read once for each registration, which stays in its account whatever becomes of the
 * credential. For each delivery it would cost more than all else that a trigger does: n8n looks it up in
 * its database, and by default prepares a sandbox for the expressions in it (measured on 2.41.1).
 *
 * @param secret of the registration: each has its own
 * @returns empty text when the node has no credential that can be read
 */
export async function accountOf(context: IWebhookFunctions, secret: string): Promise<string> {
	const account = accounts.get(secret) ?? readAccountKey(context);
	accounts.set(secret, account);
	const key = await account;
	if (key === '' && accounts.get(secret) === account) accounts.delete(secret);
	return key;
}

async function readAccountKey(context: IWebhookFunctions): Promise<string> {
	const key = await toResult(async () =>
		accountKey(readAccount(await context.getCredentials(CREDENTIAL_NAME))),
	);
	return 'value' in key ? key.value : '';
}
