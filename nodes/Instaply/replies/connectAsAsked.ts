import type { IWebhookFunctions } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import { connect, connectTo, type ConnectOptions } from '../api/transport';
import { InstaplyError } from '../common/InstaplyError';
import type { PendingQuestion } from './pendingQuestion';
import { openAccount } from './sealedAccount';

/**
 * Opens Instaply with the account in which the customer was asked, and no other. A question of an
 * earlier version has stored none: it is that of the node's credential.
 *
 * @param secret of the question's webhook
 * @throws InstaplyError when there is no telling which account it was
 */
export async function connectAsAsked(
	context: IWebhookFunctions,
	{ account: sealed }: PendingQuestion,
	secret: string,
	options?: ConnectOptions,
): Promise<InstaplyClient> {
	if (sealed === undefined) return await connect(context, options);
	const account = openAccount(sealed, secret);
	if (account !== undefined) return connectTo(account, context, options);
	throw new InstaplyError('It is not known in which account the customer was asked', {
		description: 'What n8n has stored with this execution was changed.',
	});
}
