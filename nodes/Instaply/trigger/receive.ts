import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isJsonObject } from '../api/json';
import { claim } from './duplicates';
import { parseDelivery, parseLegacyDelivery, type InstaplyEvent } from './event';
import { isWanted } from './filter';
import { recallSecret } from './memory';
import { isLegacy, readTriggerParameters, type TriggerParameters } from './parameters';
import { isSafe } from './safe';
import { provesOrigin, provesOriginInUrl } from './secret';
import { aiAgentFields, simplified } from './shape';

/** More than any message, of bytes. */
const MAX_SIZE = 1024 * 1024;

/**
 * Takes one delivery: verifies, parses and filters it, and starts the workflow with its item. What
 * is cheap and stops most comes first, because anybody can call the URL.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const legacy = isLegacy(context);
	if (!(legacy ? isLegacyVerified(context) : isVerified(context))) {
		return refuse(context, 401, 'Unauthorized');
	}
	if (sizeOf(context) > MAX_SIZE) return refuse(context, 413, 'Too large');
	const body = context.getBodyData();
	const event = legacy ? parseLegacyDelivery(body) : parseDelivery(body);
	if (event === 'unknown event') {
		context.logger.debug('The Instaply Trigger ignored an event of a kind that it does not know');
		return accept('ignored');
	}
	if (event === 'malformed' || !isSafe(body)) {
		return refuse(context, 400, 'Not an event of Instaply');
	}
	const parameters = readTriggerParameters(context);
	if (!isWanted(event, parameters)) return accept('ignored');
	if (parameters.options.ignoreDuplicates !== false && (await isDuplicate(context, event))) {
		return accept('duplicate');
	}
	return { ...accept('started'), workflowData: [[{ json: itemOf(event, parameters, body) }]] };
}

/** Only the secret of this registration opens the door: without one, everything is refused. */
function isVerified(context: IWebhookFunctions): boolean {
	const secret = recallSecret(context);
	if (secret === undefined) {
		context.logger.warn(
			'The Instaply Trigger refuses deliveries, because n8n holds no secret for it. Deactivate and activate the workflow to register it anew.',
			{ node: context.getNode().name, workflow: context.getWorkflow().id },
		);
		return false;
	}
	return provesOrigin(context.getHeaderData(), secret);
}

/** A legacy webhook carries no headers of ours, but its URL can hold a secret. */
function isLegacyVerified(context: IWebhookFunctions): boolean {
	const options = context.getNodeParameter('options', {});
	if (!isJsonObject(options) || !('urlSecret' in options)) return true;
	return provesOriginInUrl(context.getQueryData(), options.urlSecret);
}

/** In bytes, as received and unpacked. */
function sizeOf(context: IWebhookFunctions): number {
	const { rawBody, headers } = context.getRequestObject();
	return rawBody?.length ?? Number(headers['content-length'] ?? 0);
}

/** A test run takes every delivery: whoever tries things out sends the same message repeatedly. */
async function isDuplicate(context: IWebhookFunctions, event: InstaplyEvent): Promise<boolean> {
	if (event.eventType !== 'message' || context.getMode() === 'manual') return false;
	const key = [context.getWorkflow().id, context.getNode().id, event.messageId].join(' ');
	return !(await claim(key, async () => await isAccepted(context)));
}

/**
 * Resolves to whether n8n answers this delivery with success, which it does after it has stored the
 * execution. The event comes also when nobody waits for the answer any more.
 */
async function isAccepted(context: IWebhookFunctions): Promise<boolean> {
	const response = context.getResponseObject();
	await new Promise((resolve) => response.once('prefinish', resolve));
	return response.statusCode >= 200 && response.statusCode < 300;
}

function itemOf(
	event: InstaplyEvent,
	{ simplify, options }: TriggerParameters,
	body: IDataObject,
): IDataObject {
	return {
		...(simplify ? simplified(event) : body),
		...(options.aiAgentFields && aiAgentFields(event)),
	};
}

function accept(status: 'started' | 'ignored' | 'duplicate'): IWebhookResponseData {
	return { webhookResponse: { status } };
}

/** n8n answers 200 to everything that a trigger returns, so a refusal is written here. */
function refuse(context: IWebhookFunctions, status: number, reason: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ status: reason }).end();
	return { noWebhookResponse: true };
}
