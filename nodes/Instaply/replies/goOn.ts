import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import { connect } from '../api/transport';
import { waitAtMost } from '../api/waitAtMost';
import { toResult } from '../common/result';
import { nodeContext } from '../n8n/retryOnFail';
import { waitAgain } from '../n8n/waiting';
import { wokenUp } from '../n8n/wokenUp';
import { questionIn, type PendingQuestion } from './pendingQuestion';
import { currentCount } from './replyCount';
import { removeReplyWebhook, replyCountOf } from './replyWebhook';

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
	const question = questionIn(nodeContext(context));
	const instaply = connect(context);
	const unanswered = woken.why === 'over' ? await unansweredIn(question, instaply) : 0;
	void forget(question, instaply);
	if (woken.why === 'retried') return undefined;
	const { json, ...item } = woken.item;
	return [{ ...item, json: unanswered > 0 ? { ...json, notAskedAgain: unanswered } : json }];
}

/** For the look at Instaply, with retries: the workflow goes on without it. */
const MAX_LOOK_MS = 3_000;
const NONE = { replies: 0, unanswered: 0 };

/** How often the customer was not asked again, as far as this process and Instaply tell. */
async function unansweredIn(
	question: PendingQuestion | undefined,
	instaply: Promise<InstaplyClient>,
): Promise<number> {
	if (question?.settings?.clarification === undefined) return 0;
	const look = instaply.then(async (client) => await replyCountOf(client, question));
	const stored = await waitAtMost(MAX_LOOK_MS, look);
	const count = stored !== undefined && 'value' in stored ? stored.value : NONE;
	return currentCount(question.fingerprint, count).unanswered;
}

/** In the background: where it cannot be done, the webhook is removed when it has expired. */
async function forget(
	question: PendingQuestion | undefined,
	instaply: Promise<InstaplyClient>,
): Promise<void> {
	const connected = await toResult(async () => await instaply);
	if (question !== undefined && 'value' in connected) {
		await removeReplyWebhook(connected.value, question);
	}
}
