import type { IWebhookFunctions } from 'n8n-workflow';

import { RecentKeys, RecentValues } from '../common/recent';
import type { MessageEvent } from '../delivery/event';
import { isAccepted } from '../n8n/webhookResponse';

/**
 * The messages that were replies, in this process, each with the fingerprint of the question that took
 * it. Its webhook is gone by now, so Instaply no longer shows it.
 */
const taken = new RecentValues<string>(10_000);

/** The fingerprints of the questions that are over, because one of these messages answered them. */
const answered = new RecentKeys(10_000);

/**
 * Records a message that a question took, which may go on waiting for another one.
 *
 * @param fingerprint of the question
 */
export function recordTaken(event: MessageEvent, fingerprint: string): void {
	taken.set(messageKey(event), fingerprint);
}

/** Records a message with which an execution goes on. */
export function recordAnswer(event: MessageEvent, fingerprint: string): void {
	recordTaken(event, fingerprint);
	answered.add(fingerprint);
}

/**
 * Tells whether a question is over, because a message has answered it. Its webhook may still be at
 * Instaply, and n8n says no more than that its execution runs.
 */
export function isAnswered(fingerprint: string): boolean {
	return answered.has(fingerprint);
}

/**
 * Records it once n8n has accepted the delivery, which it does when it has stored that the execution
 * goes on: until then, the reply may have to be delivered again. Never rejects.
 */
export async function recordWhenAccepted(
	context: IWebhookFunctions,
	event: MessageEvent,
	fingerprint: string,
	record: typeof recordTaken,
): Promise<void> {
	if (await isAccepted(context)) record(event, fingerprint);
}

/** @returns the fingerprint of the question that took a message, if one did */
export function takenBy(event: MessageEvent): string | undefined {
	return taken.get(messageKey(event));
}

/** With the time, because different accounts may use the same IDs. */
export function messageKey({ customerThreadId, messageId, writtenAt }: MessageEvent): string {
	return [customerThreadId, messageId, writtenAt].join(' ');
}
