import type { IWebhookFunctions } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { isQuerySigned, storedState } from '../n8n/waiting';
import { isSameTicket, isTicket, type ResumeTicket } from './resumeTicket';
import { isWaitSettings, type WaitSettings } from './settings';

const KEY = 'awaitedReply';

/** The question that an execution waits for. n8n stores it with the execution. */
export interface PendingQuestion {
	/** Of the webhook's secret. */
	fingerprint: string;
	/** The webhook's; missing when Instaply did not name it. */
	webhookId?: string;
	/** The options as they were when the customer was asked; earlier versions stored none. */
	settings?: WaitSettings;
	/** What it waits for; earlier versions stored none. */
	ticket?: ResumeTicket;
	/** In which the customer was asked, sealed; earlier versions stored none. */
	account?: string;
	/** When it was sent, in milliseconds since 1970; earlier versions stored none. */
	sentAt?: number;
}

/** As it is stored with the execution. */
export function toState(question: PendingQuestion): Record<string, unknown> {
	return { [KEY]: question };
}

/**
 * Reads the question that the node's execution waits for. A delivery may be for another one, because
 * n8n gives each pass of a loop the same address.
 *
 * @returns undefined when n8n does not expose the node's context, or it holds no question
 */
export async function readPendingQuestion(
	context: IWebhookFunctions,
): Promise<PendingQuestion | undefined> {
	return asQuestion(await storedState(context, KEY));
}

/** The same, as the node itself finds it in its context. */
export function questionIn({ [KEY]: question }: Record<string, unknown>) {
	return asQuestion(question);
}

function asQuestion(question: unknown): PendingQuestion | undefined {
	if (!isJsonObject(question) || typeof question.fingerprint !== 'string') return undefined;
	const { fingerprint, webhookId, settings, ticket, account, sentAt } = question;
	return {
		fingerprint,
		...(typeof webhookId === 'string' && { webhookId }),
		...(isWaitSettings(settings) && { settings }),
		...(isTicket(ticket) && { ticket }),
		...(typeof account === 'string' && { account }),
		...(typeof sentAt === 'number' && { sentAt }),
	};
}

/**
 * Tells whether the ticket in the URL of a delivery is the one that the execution was given: what is
 * stored says so, or n8n, which signed the URL. A question of an earlier version has stored no ticket.
 */
export function isGenuine(
	context: IWebhookFunctions,
	ticket: ResumeTicket,
	{ ticket: stored }: PendingQuestion,
): boolean {
	return stored === undefined ? isQuerySigned(context) : isSameTicket(stored, ticket);
}
