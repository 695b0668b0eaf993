import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { accountOf } from '../api/account';
import type { InstaplyEvent, MessageEvent } from '../delivery/event';
import type { ReadDelivery } from '../delivery/readDelivery';
import { accept, acceptAtOnce } from '../delivery/respond';
import { aiAgentFields, simplifyEvent, textOf } from '../delivery/simplify';
import { withoutIsolate } from '../n8n/isolate';
import { bodySize, isTestRun } from '../n8n/webhook';
import { isLegacy, type TriggerParameters } from './fields';
import { Groups } from './groups';
import { readSecret } from './storedRegistration';

/*
 * Collects what a customer writes in a row into one run. Instaply gets its response at once: it may
 * make its deliveries one at a time, as the sandbox does, so that one that is held would hold up those of
 * all customers, and the next message of the same one with them. So what is collected is lost when n8n
 * ends before the group does. n8n 2.41.1 tells no node that it is about to, and ends within 200 ms.
 */

/** A delivery that holds a message. */
export interface ReadMessage extends ReadDelivery {
	event: MessageEvent;
}

const groups = new Groups<ReadMessage>();

/** The deliveries that start the workflow with a group, by key, until they have. */
const starting = new Map<string, Promise<unknown>>();

/**
 * Puts a message to those before it. The delivery of the first one starts the workflow, when the group
 * has ended, and the others start nothing.
 *
 * @param seconds how long the customer has to write nothing more
 */
export async function collectMessage(
	context: IWebhookFunctions,
	message: ReadMessage,
	parameters: TriggerParameters,
	seconds: number,
): Promise<IWebhookResponseData> {
	const { fromCustomer, invisible } = message.event;
	const key = await groupKey(context, message.event);
	const collected = groups.add(key, {
		value: message,
		bytes: bodySize(context),
		kind: JSON.stringify([fromCustomer, invisible]),
		quietMs: seconds * 1000,
	});
	if (collected === undefined) return accept('collected');
	const response = acceptAtOnce(context, 'collected');
	const taken = withoutIsolate(context, async () => await collected);
	starting.set(key, taken);
	const messages = await taken;
	if (starting.get(key) === taken) starting.delete(key);
	return { ...response, workflowData: [[{ json: collectedItem(messages, parameters) }]] };
}

/** Has what was written in a thread so far start the workflow, before this resolves. */
export async function endGroup(context: IWebhookFunctions, event: InstaplyEvent): Promise<void> {
	const key = await groupKey(context, event);
	groups.end(key);
	await starting.get(key);
}

async function groupKey(context: IWebhookFunctions, event: InstaplyEvent): Promise<string> {
	return JSON.stringify([isTestRun(context), ...(await threadOf(context, event))]);
}

/** Tells the thread of an event from all others: another account may use the same IDs. */
export async function threadOf(
	context: IWebhookFunctions,
	{ customerThreadId }: InstaplyEvent,
): Promise<unknown[]> {
	const [workflow, node] = [context.getWorkflow().id, context.getNode().id];
	const secret = isLegacy(context) ? undefined : readSecret(context);
	const account = secret === undefined ? '' : await accountOf(context, secret);
	return [workflow, node, account, customerThreadId];
}

/**
 * The item of messages that were collected, of one alone as well.
 *
 * @param messages at least one, in any order
 */
export function collectedItem(
	messages: readonly ReadMessage[],
	{ simplify, options }: TriggerParameters,
): IDataObject {
	const inOrder = [...messages].sort((one, other) => one.event.writtenAt - other.event.writtenAt);
	const events = inOrder.map(({ event }) => event);
	const newest = events.at(-1);
	if (newest === undefined) return {};
	const text = joinedText(events);
	return {
		...(simplify ? simplifyMessages(events, newest, text) : { messages: bodiesOf(inOrder) }),
		...(options.aiAgentFields && { ...aiAgentFields(newest), chatInput: text }),
	};
}

function bodiesOf(messages: ReadMessage[]): IDataObject[] {
	return messages.map(({ body }) => body);
}

function simplifyMessages(events: MessageEvent[], newest: MessageEvent, text: string): IDataObject {
	const item = simplifyEvent(newest);
	return {
		...item,
		// Without any text, it is what it is in a message without one.
		messageBody: text === '' ? item.messageBody : text,
		messageCount: events.length,
		messages: events
			.map(simplifyEvent)
			.map(({ messageId, messageBody, timestamp, attachment }) => ({
				messageId,
				messageBody,
				timestamp,
				attachment,
			})),
	};
}

/** Messages that are only an attachment leave no empty line. */
function joinedText(events: MessageEvent[]): string {
	return events
		.map(textOf)
		.filter((text) => text !== '')
		.join('\n');
}
