import type { IExecuteFunctions } from 'n8n-workflow';

import { assertReachable } from '../delivery/reach';
import type { Execution } from '../operations/operation';

/** The execution as one item's operation sees it. */
export function executionOf(context: IExecuteFunctions, itemIndex: number): Execution {
	const item = context.getInputData()[itemIndex] ?? { json: {} };
	return {
		node: context.getNode(),
		input: item.json,
		timezone: context.getTimezone(),
		async resumeUrl(query) {
			requireSignature(context);
			const url = context.getSignedResumeUrl(query);
			await assertReachable(context, url);
			return url;
		},
		async waitUntil(end, timedOut) {
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
