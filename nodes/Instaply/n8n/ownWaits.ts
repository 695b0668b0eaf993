import type { IExecuteFunctions, IHookFunctions, INode, IWebhookFunctions } from 'n8n-workflow';

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
	const base = baseOf(webhookUrl(context), context.getNode());
	return {
		owns: (url) => base !== undefined && isBelow(url, base) && isWait(url, base),
		statusOf: async (url) => await waitStatusOf(url, probeWith(context, timeoutMs)),
	};
}

/**
 * The base URL of webhooks, in front of `webhook/<webhook ID>/webhook`. Where a node has no such ID,
 * n8n takes the workflow's and the name of the node.
 *
 * @returns undefined when n8n tells no address
 */
function baseOf(url: string, { webhookId }: Pick<INode, 'webhookId'>): string | undefined {
	const up = webhookId === undefined ? '../../../' : '../../';
	return URL.canParse(up, url) ? new URL(up, url).href : undefined;
}

/** `webhook-waiting`, which n8n can be told to call otherwise, the number of the execution, the node. */
const WAIT = /^[^/]+\/\d+(\/[^/]+)?$/;

/** Another n8n may be below this one's address: what waits there has a longer path. */
function isWait(url: string, base: string): boolean {
	const { origin, pathname } = new URL(url);
	return WAIT.test(`${origin}${pathname}`.slice(base.length));
}
