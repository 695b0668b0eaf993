import type { IDataObject } from 'n8n-workflow';

import type { MessageEvent } from '../delivery/event';
import { simplifyEvent, textOf } from '../delivery/simplify';
import { choiceIn } from './acceptedReplies';
import type { ResumeTicket } from './resumeTicket';
import type { WaitSettings } from './settings';

/** What a wait came to, beside the fields of the item that came in. */
export interface ReplyItem extends IDataObject {
	customerThreadId: string;
	/** Null when there is none. */
	reply: IDataObject | null;
	timedOut: boolean;
	waitedSeconds: number;
	/** With accepted replies only: whether the reply is one of them, and which. */
	matched?: boolean;
	choice?: string | null;
	/** In a review only: what n8n's AI Agent looks for, and what it tells the model otherwise. */
	approved?: boolean;
	chatInput?: string;
}

export function answered(
	terms: ResumeTicket,
	event: MessageEvent,
	settings: WaitSettings,
	now: number,
): ReplyItem {
	const { timestamp, attachment } = simplifyEvent(event);
	const { messageId, channel = null } = event;
	const text = textOf(event);
	return {
		customerThreadId: terms.customerThreadId,
		reply: { text, messageId, time: timestamp, attachment, channel },
		...verdict(text, settings),
		timedOut: false,
		waitedSeconds: secondsBetween(terms.since, now),
	};
}

export function timedOut(
	{ customerThreadId, since, until }: ResumeTicket,
	settings: WaitSettings,
): ReplyItem {
	return {
		customerThreadId,
		reply: null,
		...verdict(undefined, settings),
		timedOut: true,
		waitedSeconds: secondsBetween(since, until),
	};
}

/** When the messaging window was closed and the item is to be skipped. */
export function notAsked(customerThreadId: string, settings: WaitSettings): ReplyItem {
	return {
		customerThreadId,
		reply: null,
		...verdict(undefined, settings),
		timedOut: false,
		waitedSeconds: 0,
	};
}

function verdict(text: string | undefined, { choices, isReview }: WaitSettings) {
	const [first] = choices;
	if (first === undefined) return {};
	const choice = text === undefined ? undefined : choiceIn(text, choices);
	const match = { matched: choice !== undefined, choice: choice ?? null };
	if (!isReview) return match;
	const approved = choice === first.reply;
	return { ...match, approved, ...(!approved && text !== undefined && { chatInput: text }) };
}

function secondsBetween(start: number, end: number): number {
	return Math.max(0, Math.round((end - start) / 1000));
}
