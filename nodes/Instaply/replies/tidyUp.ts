import type { IWebhookFunctions } from 'n8n-workflow';

import { toResult } from '../common/result';
import { warn } from '../n8n/warn';
import { isAccepted } from '../n8n/webhookResponse';
import { connectAsAsked } from './connectAsAsked';
import type { PendingQuestion } from './pendingQuestion';
import { removeReplyWebhook } from './replyWebhook';

/**
 * Removes the webhook of an answered question, but not before n8n has stored that the execution goes
 * on: until then, the reply may have to be delivered again. Never rejects.
 */
export async function tidyUp(
	context: IWebhookFunctions,
	question: PendingQuestion,
	secret: string,
): Promise<void> {
	const connection = toResult(async () => await connectAsAsked(context, question, secret));
	if (!(await isAccepted(context))) return;
	const connected = await connection;
	if ('value' in connected && (await removeReplyWebhook(connected.value, question))) return;
	warn(context, 'The webhook of an answered question is still at Instaply, to be removed later');
}
