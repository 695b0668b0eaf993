import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { resumeInSame, resumesIn } from './address';
import { isBelow, ownAddresses } from './ownAddresses';
import { probeWith } from './probe';
import { webhookUrl } from './webhook';
import { waitStatusOf, type WaitStatus } from './webhookStatus';

/** The executions of this n8n that wait, as far as their addresses tell. */
export interface OwnWaits {
	/** Tells whether an execution of this n8n waits at an address, or has waited there. */
	owns(url: string): boolean;
	/** Asks n8n what has become of it. Resumes nothing, and never rejects. */
	statusOf(url: string): Promise<WaitStatus>;
}

/**
 * As an execution knows them, and still knows them when it has ended.
 *
 * @throws InstaplyError when n8n does not know its own address
 */
export function waitsKnownToExecution(context: IExecuteFunctions): OwnWaits {
	const { waiting } = ownAddresses(context);
	return {
		owns: (url) => isBelow(url, waiting),
		statusOf: async (url) => await waitStatusOf(url, probeWith(context)),
	};
}

/**
 * As a trigger knows them, which n8n tells no more than the address of its own webhook.
 *
 * @param timeoutMs for a response
 */
export function waitsKnownToTrigger(
	context: IHookFunctions | IWebhookFunctions,
	timeoutMs?: number,
): OwnWaits {
	const triggerUrl = webhookUrl(context);
	return {
		owns: (url) => resumesIn(triggerUrl, url),
		statusOf: async (url) => await waitStatusOf(url, probeWith(context, timeoutMs)),
	};
}

/**
 * As one of them knows the others.
 *
 * @param resumeUrl its own address
 * @param timeoutMs for a response
 */
export function waitsBeside(
	context: IWebhookFunctions,
	resumeUrl: string,
	timeoutMs?: number,
): OwnWaits {
	return {
		owns: (url) => resumeInSame(url, resumeUrl),
		statusOf: async (url) => await waitStatusOf(url, probeWith(context, timeoutMs)),
	};
}
