import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { toResult } from '../common/result';
import { claimDelivery } from '../delivery/claimDelivery';
import { accept, refuse } from '../delivery/respond';
import { textOf } from '../delivery/simplify';
import { parametersOf } from '../n8n/parameters';
import { isReview } from '../n8n/review';
import { waitingItem } from '../n8n/waiting';
import { warn } from '../n8n/warn';
import { clarify } from './clarify';
import { waitOptions } from './options';
import type { Reply } from './reply';
import { currentCount } from './replyCount';
import { replyItem, withCameIn, type ReplyItem } from './replyItem';
import { storedReplyCount } from './replyWebhook';
import { waitSettings, type WaitSettings } from './settings';
import { recordAnswer, recordTaken, recordWhenAccepted } from './takenMessages';
import { tidyUp } from './tidyUp';
import { judge } from './verdict';

/** Resumes the execution with a reply, or asks the customer again. Never rejects. */
export async function takeReply(
	context: IWebhookFunctions,
	reply: Reply,
): Promise<IWebhookResponseData> {
	const taken = await toResult(async () => await resumeOrClarify(context, reply));
	if ('value' in taken) return taken.value;
	// Thrown, the error would end the execution.
	warn(context, 'A reply could not be taken, and its execution still waits', taken.error);
	return refuse(context, 500, 'Not taken');
}

async function resumeOrClarify(
	context: IWebhookFunctions,
	reply: Reply,
): Promise<IWebhookResponseData> {
	const settings = reply.question.settings ?? readSettings(context);
	const { event, question, ticket } = reply;
	const written = {
		text: textOf(event),
		channel: event.channel ?? null,
		time: event.writtenAt,
		timezone: context.getTimezone(),
	};
	const verdict = judge(written, settings);
	if (!verdict.isAccepted && (await clarify(context, reply, settings, verdict))) {
		void recordWhenAccepted(context, event, ticket.fingerprint, recordTaken);
		return accept('not an accepted reply');
	}
	const wait = { ...ticket, since: question.sentAt ?? ticket.since };
	const item = replyItem(wait, event, verdict, Date.now());
	const { unanswered } = currentCount(
		ticket.fingerprint,
		storedReplyCount(context.getHeaderData()),
	);
	return await resume(
		context,
		reply,
		unanswered > 0 ? { ...item, notAskedAgain: unanswered } : item,
	);
}

/** Only for what an earlier version asked: by now, expressions see the item of a wait that timed out. */
function readSettings(context: IWebhookFunctions): WaitSettings {
	return waitSettings(waitOptions.value(parametersOf(context)), isReview(context.getNode()));
}

async function resume(
	context: IWebhookFunctions,
	{ event, question, ticket, secret }: Reply,
	item: ReplyItem,
): Promise<IWebhookResponseData> {
	// n8n 1 lets two replies at once resume an execution twice.
	const response = await claimDelivery(context, ticket.fingerprint, 'no longer awaited');
	if (response !== undefined) return response;
	void recordWhenAccepted(context, event, ticket.fingerprint, recordAnswer);
	void tidyUp(context, question, secret);
	const { json, ...rest } = inputItem(context);
	return { ...accept('resumed'), workflowData: [[{ ...rest, json: withCameIn(item, json) }]] };
}

/** What came into the node, and over it the fields of a wait that timed out. */
function inputItem(context: IWebhookFunctions): INodeExecutionData {
	const item = waitingItem(context);
	if (item !== undefined) return item;
	warn(context, 'n8n does not tell what came into the node, so the workflow goes on without it');
	return { json: {} };
}
