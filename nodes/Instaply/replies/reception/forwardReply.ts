import type { IWebhookFunctions } from 'n8n-workflow';

import { waitAtMost } from '../../api/waitAtMost';
import type { MessageEvent } from '../../delivery/event';
import { warn } from '../../n8n/warn';
import { mayBeReply } from '../reply';
import { messageKey, takenBy } from '../takenMessages';
import { forward, look, type Forwarded, type Received } from './attempt';
import { forwardLater } from './forwardLater';
import { knownQuestions } from './knownQuestions';
import { versionInQuery } from './version';

/** Several triggers of this n8n get the same message. */
const underWay = new Map<string, Promise<Forwarded>>();

/**
 * Forwards a message to the question whose reply it is, if there is one. The newest question of a
 * thread gets it.
 *
 * When Instaply does not say in time which questions wait, the message is not held back, but looked
 * after in the background.
 *
 * @returns undefined when this delivery came to no reception
 */
export async function forwardReply(
	context: IWebhookFunctions,
	event: MessageEvent,
): Promise<Forwarded | undefined> {
	const version = versionInQuery(context.getQueryData());
	if (version === undefined) return undefined;
	if (!mayBeReply(event)) return 'not awaited';
	if (takenBy(event) !== undefined) return 'taken';
	if (knownQuestions(version, event.customerThreadId)?.length === 0) return 'not awaited';
	const key = messageKey(event);
	const forwarding = underWay.get(key) ?? forwardInTime({ context, event, version });
	underWay.set(key, forwarding);
	try {
		return await forwarding;
	} finally {
		if (underWay.get(key) === forwarding) underWay.delete(key);
	}
}

/** Meanwhile the message waits, and so does Instaply for a response. */
const MAX_LOOK_MS = 3_000;

async function forwardInTime(received: Received): Promise<Forwarded> {
	const looked = await waitAtMost(MAX_LOOK_MS, look(received));
	if (looked === undefined || 'error' in looked) {
		void forwardLater(received);
		return 'not awaited';
	}
	const { forwarded, left } = await forward(received, looked.value);
	if (forwarded === 'not taken') {
		warn(received.context, 'A reply could not be forwarded to the execution that waits for it');
	}
	if (left !== undefined) void forwardLater(received, left);
	return forwarded;
}
