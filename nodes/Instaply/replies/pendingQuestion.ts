import type { IWebhookFunctions } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { storedState } from '../n8n/waiting';
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
	const question = await storedState(context, KEY);
	if (!isJsonObject(question) || typeof question.fingerprint !== 'string') return undefined;
	const { fingerprint, webhookId, settings } = question;
	return {
		fingerprint,
		...(typeof webhookId === 'string' && { webhookId }),
		...(isWaitSettings(settings) && { settings }),
	};
}
