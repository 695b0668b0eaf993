import type { IWebhookFunctions } from 'n8n-workflow';

import { fingerprintOf } from '../common/fingerprint';
import { toResult } from '../common/result';
import { CREDENTIAL_NAME, readBaseUrl } from './credential';

/**
 * Tells the account of a node's credential from others, for as long as this process runs: different
 * accounts may use the same IDs.
 *
 * @returns empty text when the node has no credential that can be read
 */
export async function accountOf(context: IWebhookFunctions): Promise<string> {
	const account = await toResult(async () => {
		const { token, baseUrl } = await context.getCredentials(CREDENTIAL_NAME);
		return fingerprintOf(JSON.stringify([readBaseUrl(baseUrl), String(token).trim()]));
	});
	return 'value' in account ? account.value : '';
}
