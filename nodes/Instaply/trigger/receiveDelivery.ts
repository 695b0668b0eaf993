import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { claimDelivery } from '../delivery/claimDelivery';
import { parseDelivery, parseLegacyDelivery, type InstaplyEvent } from '../delivery/event';
import { readDelivery, type ReadDelivery } from '../delivery/readDelivery';
import { accept, refuse } from '../delivery/respond';
import { hasValidSecret, hasValidUrlSecret } from '../delivery/secret';
import { aiAgentFields, simplifyEvent } from '../delivery/simplify';
import { LISTENING } from '../n8n/isListening';
import { isProbe } from '../n8n/probe';
import { warn } from '../n8n/warn';
import { isTestRun } from '../n8n/webhook';
import { recordArrival } from '../replies/arrivals';
import { isAwaited } from '../replies/isAwaited';
import type { Forwarded } from '../replies/reception/attempt';
import { forwardReply } from '../replies/reception/forwardReply';
import { ignoresAwaitedReplies } from '../replies/startsAnew';
import { collectMessage, endGroup, threadOf } from './collect';
import { isLegacy, readTriggerParameters, type TriggerParameters } from './fields';
import { isWanted } from './filter';
import { readSecret } from './storedRegistration';

/**
 * Takes one delivery: verifies, parses and filters it, and starts the workflow with its item. Cheap
 * checks that stop most come first, because anybody can call the URL.
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const legacy = isLegacy(context);
	if (!(legacy ? isLegacyVerified(context) : isVerified(context))) {
		return refuse(context, 401, 'Unauthorized');
	}
	// Nobody but who knows the secret gets that far. A legacy trigger may have none.
	if (!legacy && isProbe(context)) return accept(LISTENING);
	const read = readDelivery(context, legacy ? parseLegacyDelivery : parseDelivery);
	if ('response' in read) return read.response;
	const { event } = read;
	if (event.eventType === 'message') recordArrival(event);
	const forwarded = await forwardedReply(context, event);
	if (forwarded === 'not taken') return refuse(context, 503, 'Not taken');
	const parameters = readTriggerParameters(context);
	if (!isWanted(event, parameters)) return accept('ignored');
	if (parameters.options.ignoreDuplicates !== false) {
		const response = await claimMessage(context, event);
		if (response !== undefined) return response;
	}
	if (ignoresReplies(context, parameters) && (await isReply(context, event, forwarded))) {
		return accept('awaited elsewhere');
	}
	const { collectMessages } = parameters.options;
	if (collectMessages !== undefined) {
		if (event.eventType === 'message') {
			return await collectMessage(context, { ...read, event }, parameters, collectMessages);
		}
		await endGroup(context, event);
	}
	return { ...accept('started'), workflowData: [[{ json: itemOf(read, parameters) }]] };
}

/** Without a stored secret, everything is refused. */
function isVerified(context: IWebhookFunctions): boolean {
	const secret = readSecret(context);
	if (secret === undefined) {
		warn(
			context,
			'The Instaply Trigger refuses deliveries, because n8n holds no secret for it. Unpublish the workflow and publish it again, to register it anew.',
		);
		return false;
	}
	return hasValidSecret(context.getHeaderData(), secret);
}

/** A legacy webhook carries no headers of ours, but its URL can hold a secret. */
function isLegacyVerified(context: IWebhookFunctions): boolean {
	const options = context.getNodeParameter('options', {});
	if (!isJsonObject(options) || !('urlSecret' in options)) return true;
	return hasValidUrlSecret(context.getQueryData(), options.urlSecret);
}

/**
 * Claims a message for one of its deliveries. A test run takes every delivery: while trying things
 * out, people send the same message again. A transfer has no ID.
 *
 * @returns the response to a delivery that is not to start the workflow
 */
async function claimMessage(
	context: IWebhookFunctions,
	event: InstaplyEvent,
): Promise<IWebhookResponseData | undefined> {
	if (event.eventType !== 'message' || isTestRun(context)) return undefined;
	const { messageId, writtenAt } = event;
	// The ID of a message alone is not enough: another account or thread may use it, too.
	const key = JSON.stringify([...(await threadOf(context, event)), messageId, writtenAt]);
	return await claimDelivery(context, key, 'duplicate');
}

/** @returns undefined when this trigger forwards nothing: in a test run, say */
async function forwardedReply(
	context: IWebhookFunctions,
	event: InstaplyEvent,
): Promise<Forwarded | undefined> {
	return event.eventType === 'message' ? await forwardReply(context, event) : undefined;
}

function ignoresReplies(
	context: IWebhookFunctions,
	{ registration, options }: TriggerParameters,
): boolean {
	const isLegacy = registration === 'legacy';
	return ignoresAwaitedReplies(context.getNode(), isLegacy, options.ignoreAwaitedReplies);
}

/** Tells whether a message is the reply to a question. A trigger that forwards knows it already. */
async function isReply(
	context: IWebhookFunctions,
	event: InstaplyEvent,
	forwarded: Forwarded | undefined,
): Promise<boolean> {
	if (forwarded !== undefined) return forwarded !== 'not awaited';
	return event.eventType === 'message' && (await isAwaited(context, event));
}

function itemOf(
	{ event, body }: ReadDelivery,
	{ simplify, options }: TriggerParameters,
): IDataObject {
	return {
		...(simplify ? simplifyEvent(event) : body),
		...(options.aiAgentFields && aiAgentFields(event)),
	};
}
