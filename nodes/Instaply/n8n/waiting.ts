import type {
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
} from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';
import { toResult } from '../common/result';
import { assertComplete } from './reachable';
import { nodeContext } from './retryOnFail';
import { RESPOND_AT_ONCE } from './webhookResponse';
import { haveNodeCalled, storeWait } from './wokenUp';

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

/** n8n's query parameter with what proves that a call may resume an execution. */
const PROOF = 'signature';

/**
 * The URL that resumes the execution once it waits. n8n signs it together with its path and its query:
 * a parameter added later breaks the signature. Each pass of a loop gets the same path.
 *
 * Where the public address of n8n has a path, a proxy takes it away, because n8n serves webhooks
 * without one; so the signature never fits. The URL with the token of the execution does, with any
 * path, but nothing protects its query.
 *
 * @throws InstaplyError when n8n does not know its own address, or has no such token
 */
export function resumeUrl(context: IExecuteFunctions, query: Record<string, string>): string {
	const url = String(context.getWorkflowDataProxy(0).$execution.resumeUrl);
	// n8n 2.0 does not get that far, and says no more than "Invalid URL".
	assertComplete(url);
	const address = new URL(url);
	if (!isBelowPath(address)) return signedUrl(context, query);
	const token = address.searchParams.get(PROOF);
	if (token === null) throw refusedBelowPath(address);
	for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
	// The node that waits goes here, in place of the end of the path.
	address.searchParams.set(PROOF, `${token}/${context.getNode().id}`);
	return address.href;
}

function signedUrl(context: IExecuteFunctions, query: Record<string, string>): string {
	// n8n 1 and 2.0 check the signature only when the node asks them to. Later ones always do.
	if (
		'setSignatureValidationRequired' in context &&
		typeof context.setSignatureValidationRequired === 'function'
	) {
		context.setSignatureValidationRequired();
	}
	return context.getSignedResumeUrl(query);
}

/** An address is `<public address of n8n>/webhook-waiting/<execution>`. */
function isBelowPath({ pathname }: URL): boolean {
	return pathname.split('/').filter((part) => part !== '').length > 2;
}

/** n8n 1 and 2.0. */
function refusedBelowPath({ host }: URL): InstaplyError {
	return new InstaplyError('This version of n8n would refuse the reply', {
		description: `The customer was not asked. The public address of this n8n has a path behind ${host}, and this version of n8n lets no execution wait for replies there. Update n8n, or give it an address without a path (n8n's environment variable WEBHOOK_URL).`,
		failure: { cause: 'configuration-invalid' },
	});
}

/** Tells whether n8n has verified the query of a call that resumes an execution. */
export function isQuerySigned(context: IWebhookFunctions): boolean {
	const { [PROOF]: proof } = context.getQueryData() as Record<string, unknown>;
	// With a token, n8n finds the node that waits behind a slash.
	return typeof proof === 'string' && !proof.includes('/');
}

/**
 * Has the execution wait once the node has returned.
 *
 * @param state stored with the execution, for `storedState`
 * @param item what comes out of the node when nothing resumes the execution in time. It takes the place
 * of the input in this node's own list; the output of the node before stays as it is.
 */
export async function waitUntil(
	context: IExecuteFunctions,
	end: Date,
	state: Record<string, unknown>,
	item: INodeExecutionData,
): Promise<void> {
	const [input] = context.getInputData();
	Object.assign(nodeContext(context), state);
	storeWait(context, end, input);
	context.getExecuteData().data.main = [[item]];
	await context.putExecutionToWait(end);
	haveNodeCalled(context);
}

/** Has an execution go on waiting whose node was called before its time. */
export async function waitAgain(context: IExecuteFunctions, end: Date): Promise<void> {
	await context.putExecutionToWait(end);
	haveNodeCalled(context);
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
