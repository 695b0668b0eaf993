import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { connect } from '../api/transport';
import { isJsonObject } from '../common/json';
import { toResult } from '../common/result';
import { claim } from '../delivery/duplicates';
import { parseDelivery, type MessageEvent } from '../delivery/event';
import { readDelivery } from '../delivery/readDelivery';
import { accept, refuse } from '../delivery/respond';
import { matchingSecret } from '../delivery/secret';
import { isAccepted } from '../n8n/webhookResponse';
import { recordTaken } from './isAwaited';
import { waitOptions } from './options';
import { readPendingQuestion, type PendingQuestion } from './pendingQuestion';
import { inTurn, recordReply } from './replyCount';
import { answered } from './replyItem';
import { removeReplyWebhook, storedReplyCount, storeReplyCount } from './replyWebhook';
import { isReply, ticketFromQuery, type ResumeTicket } from './resumeTicket';
import { waitSettings, type WaitSettings } from './settings';

/** How n8n reaches a waiting execution: by the ID of the node that it waits in. */
export const waitingWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: '={{ $nodeId }}',
		isFullPath: true,
		restartWebhook: true,
		responseMode: 'onReceived',
		responseData: '',
	},
];

/**
 * Takes one delivery for a waiting execution, and resumes it when it is the awaited reply. Anything
 * else is answered and leaves it waiting.
 */
export async function receiveReply(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const terms = ticketFromQuery(context.getQueryData());
	if (
		terms === undefined ||
		matchingSecret(context.getHeaderData(), terms.fingerprint) === undefined
	) {
		return refuse(context, 401, 'Unauthorized');
	}
	const read = readDelivery(context, parseDelivery);
	if ('response' in read) return read.response;
	const { event } = read;
	if (!isReply(event, terms)) return accept('ignored');
	const awaited = (await readPendingQuestion(context)) ?? { fingerprint: terms.fingerprint };
	if (awaited.fingerprint !== terms.fingerprint) {
		// What an earlier pass of a loop waited for, and could not remove.
		void stopOnceAccepted(context, { fingerprint: terms.fingerprint });
		return accept('no longer awaited');
	}
	// A reply that is delivered twice must not be answered twice.
	const key = `${terms.fingerprint} ${event.messageId}`;
	if (!(await claim(key, async () => await isAccepted(context)))) return accept('duplicate');
	const taken = await toResult(async () => await take(context, event, terms, awaited));
	if ('value' in taken) return taken.value;
	// Thrown, it would end the execution.
	warn(context, 'A reply could not be taken, and its execution still waits', taken.error);
	return refuse(context, 500, 'Not taken');
}

async function take(
	context: IWebhookFunctions,
	event: MessageEvent,
	terms: ResumeTicket,
	awaited: PendingQuestion,
): Promise<IWebhookResponseData> {
	const settings = awaited.settings ?? readSettings(context);
	const outcome = answered(terms, event, settings, Date.now());
	if (outcome.matched === false) {
		const tries = recordReply(terms.fingerprint, storedReplyCount(context.getHeaderData()));
		if (tries < settings.maxTries) {
			const { clarification: text } = settings;
			await inTurn(terms.fingerprint, async () => {
				await askAgain(context, awaited, { terms, tries, text });
			});
			return accept('not an accepted reply');
		}
	}
	// n8n 1 lets two replies at once resume an execution twice.
	if (!(await claim(terms.fingerprint, async () => await isAccepted(context)))) {
		return accept('no longer awaited');
	}
	recordTaken(event);
	void stopOnceAccepted(context, awaited);
	const { json, ...rest } = waitingItem(context);
	return { ...accept('resumed'), workflowData: [[{ ...rest, json: { ...json, ...outcome } }]] };
}

/** Expressions see the item of a wait that timed out by now, not what came into the node. */
function readSettings(context: IWebhookFunctions): WaitSettings {
	const parameter = (name: string) => context.getNodeParameter(name, null) ?? undefined;
	return waitSettings(waitOptions.value(parameter), context.getNode());
}

/**
 * The item that goes on when the wait times out, the only one that n8n stored: what came into the
 * node, and over it an outcome, whose place the reply takes.
 */
function waitingItem(context: IWebhookFunctions): INodeExecutionData {
	const item: unknown = context.evaluateExpression('{{ $input.item }}');
	if (isJsonObject(item) && isJsonObject(item.json)) return { ...item, json: item.json };
	warn(context, 'n8n does not tell what came into the node, so the workflow goes on without it');
	return { json: {} };
}

/**
 * Told to Instaply first, so that other processes of n8n know it, too. Only replies that come to
 * several of them at once can have more messages sent than wanted. Never rejects.
 */
async function askAgain(
	context: IWebhookFunctions,
	awaited: PendingQuestion,
	{ terms, tries, text }: { terms: ResumeTicket; tries: number; text?: string },
): Promise<void> {
	const asked = await toResult(async () => {
		const instaply = await connect(context);
		const { customerThreadId, fingerprint } = terms;
		const secret = matchingSecret(context.getHeaderData(), fingerprint) ?? '';
		await storeReplyCount(instaply, awaited, secret, tries);
		if (text !== undefined) await instaply.sendMessage({ customerThreadId, text });
	});
	if ('error' in asked) warn(context, 'A customer could not be asked again', asked.error);
}

/** Not before n8n has stored that the execution goes on: until then the reply may have to come again. */
async function stopOnceAccepted(
	context: IWebhookFunctions,
	awaited: PendingQuestion,
): Promise<void> {
	const connection = toResult(async () => await connect(context));
	if (!(await isAccepted(context))) return;
	const connected = await connection;
	if ('value' in connected && (await removeReplyWebhook(connected.value, awaited))) return;
	warn(context, 'The webhook of an answered question is still at Instaply, to be removed later');
}

function warn(context: IWebhookFunctions, message: string, error?: unknown): void {
	const reason = error instanceof Error ? { reason: error.message } : {};
	context.logger.warn(message, {
		node: context.getNode().name,
		workflow: context.getWorkflow().id,
		...reason,
	});
}
