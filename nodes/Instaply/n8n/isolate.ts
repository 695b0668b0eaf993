import type { IWebhookFunctions } from 'n8n-workflow';

import { toResult } from '../common/result';

/** What evaluates the expressions of a workflow. n8n 1 and 2.0 have none that can be given back. */
interface Expressions {
	acquireIsolate(): Promise<unknown>;
	releaseIsolate(): Promise<unknown>;
}

/** One after the other: when many are wanted at once, n8n makes all of them at once. */
let lastAcquired: Promise<unknown> = Promise.resolve();

/**
 * Waits for some work without the sandbox that n8n keeps ready for the expressions of a delivery: some
 * 11 MB each, for as long as the delivery is under way (measured on 2.41.1). Afterwards there is one
 * again, as n8n left it. In an n8n that has none to give back, it only waits.
 */
export async function withoutIsolate<T>(
	context: IWebhookFunctions,
	work: () => Promise<T>,
): Promise<T> {
	const expressions = expressionsOf(context);
	if (expressions === undefined) return await work();
	// If n8n does not give or take it, that costs memory. It must not cost the work.
	await toResult(async () => await expressions.releaseIsolate());
	try {
		return await work();
	} finally {
		lastAcquired = lastAcquired.then(
			async () => await toResult(async () => await expressions.acquireIsolate()),
		);
		await lastAcquired;
	}
}

/** The type of n8n's context does not have the workflow, but the context does. */
function expressionsOf(context: object): Expressions | undefined {
	const workflow = 'workflow' in context ? context.workflow : undefined;
	if (typeof workflow !== 'object' || workflow === null || !('expression' in workflow)) return;
	return isExpressions(workflow.expression) ? workflow.expression : undefined;
}

function isExpressions(value: unknown): value is Expressions {
	return (
		typeof value === 'object' &&
		value !== null &&
		'acquireIsolate' in value &&
		'releaseIsolate' in value &&
		typeof value.acquireIsolate === 'function' &&
		typeof value.releaseIsolate === 'function'
	);
}
