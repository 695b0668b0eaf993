import type { IDataObject } from 'n8n-workflow';

import { isEmail } from '../delivery/channel';
import type { MessageEvent } from '../delivery/event';
import { simplifyEvent, textOf } from '../delivery/simplify';
import { choiceIn, type Choice } from './acceptedReplies';
import { ownText } from './ownText';
import type { ResumeTicket } from './resumeTicket';
import type { WaitSettings } from './settings';

/** How a wait ended, beside the fields of the input item. */
export interface ReplyItem extends IDataObject {
	customerThreadId: string;
	/** Null without a reply. */
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

/** The item with a reply. */
export function replyItem(
	{ customerThreadId, since }: ResumeTicket,
	event: MessageEvent,
	settings: WaitSettings,
	now: number,
): ReplyItem {
	const { timestamp, attachment } = simplifyEvent(event);
	const { messageId, channel = null } = event;
	const text = textOf(event);
	return {
		customerThreadId,
		reply: { text, messageId, time: timestamp, attachment, channel },
		...verdict({ text, channel }, settings),
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
		customerThreadId,
		reply: null,
		...verdict(undefined, settings),
		timedOut: true,
		waitedSeconds: secondsBetween(since, until),
	};
}

/** The item when no question was sent, because the messaging window is closed. */
export function skippedItem(customerThreadId: string, settings: WaitSettings): ReplyItem {
	return {
		customerThreadId,
		reply: null,
		...verdict(undefined, settings),
		timedOut: false,
		waitedSeconds: 0,
	};
}

interface Written {
	text: string;
	channel: string | null;
}

function verdict(reply: Written | undefined, { choices, isReview }: WaitSettings) {
	const [first] = choices;
	if (first === undefined) return {};
	const choice = reply && chosenIn(reply, choices);
	const match = { matched: choice !== undefined, choice: choice ?? null };
	if (!isReview) return match;
	const approved = choice === first.reply;
	return { ...match, approved, ...(!approved && reply && { chatInput: reply.text }) };
}

/** Around a reply by e-mail, there may be a signature and quotes. */
function chosenIn({ text, channel }: Written, choices: Choice[]): string | undefined {
	const choice = choiceIn(text, choices);
	if (choice !== undefined || !isEmail(channel)) return choice;
	return choiceIn(ownText(text), choices);
}

function secondsBetween(start: number, end: number): number {
	return Math.max(0, Math.round((end - start) / 1000));
}
