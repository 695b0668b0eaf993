import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { claimDelivery } from '../delivery/claimDelivery';
import { parseDelivery } from '../delivery/event';
import { isForwarded } from '../delivery/forwarded';
import { readDelivery } from '../delivery/readDelivery';
import { accept, refuse } from '../delivery/respond';
import { isProbe } from '../n8n/probe';
import { recordArrival } from './arrivals';
import { isForNewer } from './isForNewer';
import { isGenuine, readPendingQuestion } from './pendingQuestion';
import { isReply } from './reply';
import { respondToProbe } from './respondToProbe';
import { takeReply } from './takeReply';
import { tidyUp } from './tidyUp';
import { verifyReply } from './verifyReply';

/**
 * Takes one delivery for a waiting execution, and resumes it when it is the awaited reply. Anything
 * else gets a response and leaves it waiting.
 */
export async function receiveReply(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (isProbe(context)) return await respondToProbe(context);
	const verified = verifyReply(context);
	if (verified === undefined) return refuse(context, 401, 'Unauthorized');
	const { ticket, secret } = verified;
	const { fingerprint } = ticket;
	const read = readDelivery(context, parseDelivery);
	if ('response' in read) return read.response;
	const { event } = read;
	if (event.eventType !== 'message') return accept('ignored');
	recordArrival(event);
	if (!isReply(event, ticket)) return accept('ignored');
	const question = (await readPendingQuestion(context)) ?? { fingerprint };
	if (question.fingerprint !== fingerprint) {
		// An earlier pass of a loop waited for it, and could not remove its webhook.
		void tidyUp(context, { fingerprint }, secret);
		return accept('no longer awaited');
	}
	if (!isGenuine(context, ticket, question)) return refuse(context, 401, 'Unauthorized');
	// A reply that is delivered twice must not be clarified twice.
	const response = await claimDelivery(context, `${fingerprint} ${event.messageId}`, 'duplicate');
	if (response !== undefined) return response;
	const reply = { event, question, ticket, secret };
	if (!isForwarded(context.getHeaderData()) && (await isForNewer(context, reply))) {
		return accept('awaited elsewhere');
	}
	return await takeReply(context, reply);
}
