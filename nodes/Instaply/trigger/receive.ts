import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { acceptOnce } from './duplicates';
import { parseDelivery, parseLegacyDelivery, type InstaplyEvent } from './event';
import { isWanted } from './filter';
import { recall } from './memory';
import { readTriggerParameters, type TriggerParameters } from './parameters';
import { provesOrigin } from './secret';
import { aiAgentFields, simplified } from './shape';

/** Takes one delivery: verifies, parses and filters it, and starts the workflow with its item. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const parameters = readTriggerParameters(context);
	const isLegacy = parameters.registration === 'legacy';
	if (!isLegacy && !isVerified(context)) return refuse(context, 401, 'Unauthorized');

	const body = context.getBodyData();
	const event = isLegacy ? parseLegacyDelivery(body) : parseDelivery(body);
	if (event === 'malformed') return refuse(context, 400, 'Not an event of Instaply');
	if (event === 'unknown event') {
		context.logger.debug('The Instaply Trigger ignored an event of a kind that it does not know');
		return accept('ignored');
	}
	if (!isWanted(event, parameters)) return accept('ignored');
	if (parameters.options.ignoreDuplicates !== false && isDuplicate(context, event)) {
		return accept('duplicate');
	}
	return { ...accept('started'), workflowData: [[{ json: itemOf(event, parameters, body) }]] };
}

function isVerified(context: IWebhookFunctions): boolean {
	const { secret } = recall(context);
	if (secret === undefined) {
		context.logger.warn(
			'The Instaply Trigger refuses deliveries, because n8n holds no secret for it. Deactivate and activate the workflow to register it anew.',
			{ node: context.getNode().name, workflow: context.getWorkflow().id },
		);
		return false;
	}
	return provesOrigin(context.getHeaderData(), secret);
}

function isDuplicate(context: IWebhookFunctions, event: InstaplyEvent): boolean {
	if (event.eventType !== 'message') return false;
	const { id } = context.getWorkflow();
	return !acceptOnce([id, context.getNode().id, context.getMode(), event.messageId].join(' '));
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
