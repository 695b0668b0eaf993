import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { storePendingQuestion, type PendingQuestion } from '../replies/pendingQuestion';
import type { OwnInstance } from './ownInstance';
import { assertReachable } from './reachable';

/** The execution that an operation is part of, as far as operations reach into it. */
export interface Execution {
	readonly n8n: OwnInstance;
	readonly node: Pick<INode, 'type'>;
	/** What came in. */
	readonly input: IDataObject;
	/** The workflow's, such as `Europe/Paris`. */
	readonly timezone: string;
	/**
	 * The URL that resumes this execution once it waits. n8n signs it, with its query.
	 *
	 * @throws InstaplyError when Instaply cannot call it
	 */
	resumeUrl(query: Record<string, string>): Promise<string>;
	/**
	 * Has the execution wait when the node is done.
	 *
	 * @param timedOut goes on when nothing resumes it
	 */
	waitUntil(end: Date, awaited: PendingQuestion, timedOut: IDataObject): Promise<void>;
}

/** The execution as one item's operation sees it. */
export function executionOf(
	context: IExecuteFunctions,
	itemIndex: number,
	n8n: OwnInstance,
): Execution {
	const item = context.getInputData()[itemIndex] ?? { json: {} };
	return {
		n8n,
		node: context.getNode(),
		input: item.json,
		timezone: context.getTimezone(),
		async resumeUrl(query) {
			requireSignature(context);
			const url = context.getSignedResumeUrl(query);
			const { baseUrl } = await context.getCredentials('instaplyApi');
			assertReachable(url, String(baseUrl));
			return url;
		},
		async waitUntil(end, awaited, timedOut) {
			storePendingQuestion(context, awaited);
			// When the time is up n8n calls no node, but passes on the input that it stored (measured on
			// 2.41.1). What is replaced here is this node's own list: that of the node before stays.
			context.getExecuteData().data.main = [[{ ...item, json: timedOut }]];
			await context.putExecutionToWait(end);
		},
	};
}

/** n8n 1 and 2.0 check the signature of that URL only when the node asks them to. */
function requireSignature(context: IExecuteFunctions): void {
	if (
		'setSignatureValidationRequired' in context &&
		typeof context.setSignatureValidationRequired === 'function'
	) {
		context.setSignatureValidationRequired();
	}
}
