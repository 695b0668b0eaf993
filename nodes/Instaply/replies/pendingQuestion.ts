import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { toResult } from '../common/result';
import { isWaitSettings, type WaitSettings } from './settings';

const KEY = 'awaitedReply';

/** What an execution waits for now. n8n stores it with the execution. */
export interface PendingQuestion {
	/** Stands for the secret of the webhook. */
	fingerprint: string;
	/** The webhook's; missing when Instaply did not name it. */
	webhookId?: string;
	/** The options as they were when the customer was asked; earlier versions stored none. */
	settings?: WaitSettings;
}

export function storePendingQuestion(context: IExecuteFunctions, awaited: PendingQuestion): void {
	context.getContext('node')[KEY] = awaited;
}

/**
 * What the node's execution waits for, which is not what a delivery says it is for: n8n gives each
 * pass of a loop the same address.
 *
 * @returns undefined on an n8n that does not tell
 */
export async function readPendingQuestion(
	context: IWebhookFunctions,
): Promise<PendingQuestion | undefined> {
	const expression = `{{ $node[${literal(context.getNode().name)}].context.${KEY} }}`;
	const told = await toResult((): unknown => context.evaluateExpression(expression));
	const awaited = 'value' in told ? told.value : undefined;
	if (!isJsonObject(awaited) || typeof awaited.fingerprint !== 'string') return undefined;
	const { fingerprint, webhookId, settings } = awaited;
	return {
		fingerprint,
		...(typeof webhookId === 'string' && { webhookId }),
		...(isWaitSettings(settings) && { settings }),
	};
}

/** A text in an expression of n8n, which looks for braces in texts, too. */
function literal(text: string): string {
	return JSON.stringify(text).replace(/{/g, '\\u007b').replace(/}/g, '\\u007d');
}
