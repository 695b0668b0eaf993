import type { IDataObject } from 'n8n-workflow';

import type { MessageEvent } from '../delivery/event';
import { simplifyEvent, textOf } from '../delivery/simplify';
import type { ResumeTicket } from './resumeTicket';
import type { WaitSettings } from './settings';
import { judge, type Verdict, type VerdictFields } from './verdict';

/** How a wait ended, beside the fields of the input item: what people look for comes first. */
export interface ReplyItem extends IDataObject, VerdictFields {
	customerThreadId: string;
	/** Null without a reply. */
	reply: IDataObject | null;
	/** When the customer wrote the reply, in ISO 8601; null without one. */
	respondedAt: string | null;
	timedOut: boolean;
	waitedSeconds: number;
	/**
	 * How many replies that were none of the accepted ones got no answer, because Instaply did not take
	 * it. Missing when there is none.
	 */
	notAskedAgain?: number;
}

/** The item with a reply. */
export function replyItem(
	{ customerThreadId, since }: ResumeTicket,
	event: MessageEvent,
	{ fields }: Verdict,
	now: number,
): ReplyItem {
	const { timestamp, attachment } = simplifyEvent(event);
	const { messageId, channel = null } = event;
	return {
		customerThreadId,
		...fields,
		reply: { text: textOf(event), messageId, time: timestamp, attachment, channel },
		respondedAt: new Date(event.writtenAt).toISOString(),
		timedOut: false,
		waitedSeconds: secondsBetween(since, now),
	};
}

/** The item when the wait timed out. */
export function timedOutItem(
	{ customerThreadId, since, until }: ResumeTicket,
	settings: WaitSettings,
): ReplyItem {
	return {
		...withoutReply(customerThreadId, settings),
		timedOut: true,
		waitedSeconds: secondsBetween(since, until),
	};
}

/** The item when no question was sent, because the messaging window is closed. */
export function skippedItem(customerThreadId: string, settings: WaitSettings): ReplyItem {
	return { ...withoutReply(customerThreadId, settings), timedOut: false, waitedSeconds: 0 };
}

function withoutReply(customerThreadId: string, settings: WaitSettings) {
	const { fields } = judge(undefined, settings);
	return { customerThreadId, ...fields, reply: null, respondedAt: null };
}

/** An outcome before the fields that came in; of two with the same name, that of the outcome counts. */
export function withCameIn(outcome: ReplyItem, cameIn: IDataObject): IDataObject {
	return { ...outcome, ...cameIn, ...outcome };
}

function secondsBetween(start: number, end: number): number {
	return Math.max(0, Math.round((end - start) / 1000));
}
