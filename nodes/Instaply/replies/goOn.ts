import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/transport';
import { toResult } from '../common/result';
import { nodeContext } from '../n8n/retryOnFail';
import { waitAgain } from '../n8n/waiting';
import { wokenUp } from '../n8n/wokenUp';
import { questionIn, type PendingQuestion } from './pendingQuestion';
import { removeReplyWebhook } from './replyWebhook';

/**
 * Goes on with a question for which the node has put its execution to wait, when n8n calls it again.
 *
 * @returns what comes out of the node; undefined when it has not asked yet, or is to ask again because a
 * person retries the execution
 */
export async function goOn(context: IExecuteFunctions): Promise<INodeExecutionData[] | undefined> {
	const woken = wokenUp(context);
	if (woken === undefined) return undefined;
	if (woken.why === 'early') {
		await waitAgain(context, woken.end);
		return [];
	}
	void forget(context, questionIn(nodeContext(context)));
	return woken.why === 'over' ? [woken.item] : undefined;
}

/** In the background: where it cannot be done, the webhook is removed when it has expired. */
async function forget(context: IExecuteFunctions, question?: PendingQuestion): Promise<void> {
	if (question === undefined) return;
	const connected = await toResult(async () => await connect(context));
	if ('value' in connected) await removeReplyWebhook(connected.value, question);
}
