import type { IWebhookFunctions } from 'n8n-workflow';

import { RecentValues } from '../common/recent';
import type { MessageEvent } from '../delivery/event';
import { isAccepted } from '../n8n/webhookResponse';

/**
 * The messages that were replies, in this process, each with the fingerprint of the question that took
 * it. Its webhook is gone by now, so Instaply no longer shows it.
 */
const taken = new RecentValues<string>(10_000);

/** @param fingerprint of the question */
export function recordTaken(event: MessageEvent, fingerprint: string): void {
	taken.set(messageKey(event), fingerprint);
}

/**
 * Records it once n8n has stored that the execution goes on: until then, the reply may have to be
 * delivered again. Never rejects.
 */
export async function recordWhenAccepted(
	context: IWebhookFunctions,
	event: MessageEvent,
	fingerprint: string,
): Promise<void> {
	if (await isAccepted(context)) recordTaken(event, fingerprint);
}

/** @returns the fingerprint of the question that took a message, if one did */
export function takenBy(event: MessageEvent): string | undefined {
	return taken.get(messageKey(event));
}

/** With the time, because different accounts may use the same IDs. */
export function messageKey({ customerThreadId, messageId, writtenAt }: MessageEvent): string {
	return [customerThreadId, messageId, writtenAt].join(' ');
}
