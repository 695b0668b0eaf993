import type { MessageEvent } from '../delivery/event';
import { cameBefore } from './arrivals';
import type { PendingQuestion } from './pendingQuestion';
import { CLOCK_ALLOWANCE_MS, type ResumeTicket } from './resumeTicket';

/** A verified reply, and the question that it belongs to. */
export interface Reply {
	event: MessageEvent;
	question: PendingQuestion;
	ticket: ResumeTicket;
	/** Of the webhook. */
	secret: string;
}

/** Tells whether a message could be the reply to some question. */
export function mayBeReply({ fromCustomer, invisible }: MessageEvent): boolean {
	return fromCustomer && !invisible;
}

/**
 * Tells whether a message is the reply to a question, also when it is delivered late. As long as this
 * process has not seen it before the question was asked, clocks that differ count in its favour.
 */
export function isReply(event: MessageEvent, { customerThreadId, since }: ResumeTicket): boolean {
	return (
		mayBeReply(event) &&
		event.customerThreadId === customerThreadId &&
		event.writtenAt >= since - CLOCK_ALLOWANCE_MS &&
		!cameBefore(event, since)
	);
}
