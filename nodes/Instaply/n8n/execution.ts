import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isReview } from './review';
import { resumeUrl, waitUntil } from './waiting';

/** The execution that an operation is part of, as far as operations reach into it. */
export interface Execution {
	/** Whether a person is asked on behalf of an AI agent. */
	readonly isReview: boolean;
	/** The JSON of the input item. */
	readonly input: IDataObject;
	/** The workflow's, such as `Europe/Paris`. */
	readonly timezone: string;
	/** The URL that resumes this execution once it waits. n8n signs it, with its query. */
	resumeUrl(query: Record<string, string>): string;
	/**
	 * Has the execution wait when the node is done.
	 *
	 * @param state stored with the execution
	 * @param timedOut goes on when nothing resumes it
	 */
	waitUntil(end: Date, state: Record<string, unknown>, timedOut: IDataObject): Promise<void>;
}

/** The execution as one item's operation sees it. */
export function executionOf(context: IExecuteFunctions, itemIndex: number): Execution {
	const item = context.getInputData()[itemIndex] ?? { json: {} };
	return {
		isReview: isReview(context.getNode()),
		input: item.json,
		timezone: context.getTimezone(),
		resumeUrl: (query) => resumeUrl(context, query),
		async waitUntil(end, state, timedOut) {
			await waitUntil(context, end, state, { ...item, json: timedOut });
		},
	};
}
