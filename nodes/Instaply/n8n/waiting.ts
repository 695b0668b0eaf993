import type {
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
} from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { toResult } from '../common/result';
import { assertComplete } from './reachable';
import { RESPOND_AT_ONCE } from './webhookResponse';

/*
 * An execution that waits, from the question to what resumes it. Measured on n8n 2.41.1; where older
 * versions differ, it says so.
 */

/** By this value n8n knows an operation that waits, and offers the node for human review. */
export const WAITING_OPERATION = 'sendAndWait';

/**
 * How a waiting execution is reached: `restartWebhook` makes n8n hand over the calls of its resume
 * URL, and that URL ends with the ID of the node that waits, which `isFullPath` leaves as it is.
 */
export const waitingWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: '={{ $nodeId }}',
		isFullPath: true,
		restartWebhook: true,
		...RESPOND_AT_ONCE,
	},
];

/**
 * The URL that resumes the execution once it waits. n8n signs it together with its query: a parameter
 * added later breaks the signature. Each pass of a loop gets the same path.
 *
 * @throws InstaplyError when n8n does not know its own address
 */
export function resumeUrl(context: IExecuteFunctions, query: Record<string, string>): string {
	// n8n 1 and 2.0 check the signature only when the node asks them to. Later ones always do.
	if (
		'setSignatureValidationRequired' in context &&
		typeof context.setSignatureValidationRequired === 'function'
	) {
		context.setSignatureValidationRequired();
	}
	// n8n 2.0 does not get that far, and says no more than "Invalid URL".
	assertComplete(String(context.getWorkflowDataProxy(0).$execution.resumeUrl));
	return context.getSignedResumeUrl(query);
}

/**
 * Has the execution wait once the node has returned.
 *
 * @param state stored with the execution, for `storedState`
 * @param item what comes out of the node when nothing resumes the execution in time: n8n then calls no
 * node, but passes on the input that it stored. What is replaced here is this node's own list; the
 * output of the node before stays as it is.
 */
export async function waitUntil(
	context: IExecuteFunctions,
	end: Date,
	state: Record<string, unknown>,
	item: INodeExecutionData,
): Promise<void> {
	Object.assign(context.getContext('node'), state);
	context.getExecuteData().data.main = [[item]];
	await context.putExecutionToWait(end);
}

/**
 * Reads back what `waitUntil` stored. A webhook has no `getContext`, but its expressions see the
 * context of every node.
 *
 * @returns undefined when n8n does not expose it
 */
export async function storedState(context: IWebhookFunctions, key: string): Promise<unknown> {
	const expression = `{{ $node[${literal(context.getNode().name)}].context.${key} }}`;
	const state = await toResult((): unknown => context.evaluateExpression(expression));
	return 'value' in state ? state.value : undefined;
}

/** A text within an expression. Braces are escaped, because n8n finds them even in a string. */
function literal(text: string): string {
	return JSON.stringify(text).replace(/{/g, '\\u007b').replace(/}/g, '\\u007d');
}

/**
 * The item that `waitUntil` stored, which is all that is left of the input. Expressions in parameters
 * see it, too, and no longer what came into the node.
 *
 * @returns undefined when n8n does not expose it
 */
export function waitingItem(context: IWebhookFunctions): INodeExecutionData | undefined {
	const item: unknown = context.evaluateExpression('{{ $input.item }}');
	return isJsonObject(item) && isJsonObject(item.json) ? { ...item, json: item.json } : undefined;
}
