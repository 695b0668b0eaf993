import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isListening } from './isListening';
import { waitsKnownToExecution, type OwnWaits } from './ownWaits';
import { isReview } from './review';
import { isCalledDirectly, isTool } from './tool';
import { resumeUrl, waitUntil } from './waiting';

/** The execution that an operation is part of, as far as operations reach into it. */
export interface Execution {
	/** Whether a person is asked on behalf of an AI agent. */
	readonly isReview: boolean;
	/** Whether it can wait: not where an older AI agent wants a result at once. */
	readonly canWait: boolean;
	/**
	 * What goes on beside the outcome: the JSON of the input item. Nothing in a tool, because the model
	 * would read all that came into its agent.
	 */
	readonly passedOn: IDataObject;
	/** The workflow's, such as `Europe/Paris`. */
	readonly timezone: string;
	/**
	 * The URL that resumes this execution once it waits.
	 *
	 * @throws InstaplyError when no call of it would arrive
	 */
	resumeUrl(query: Record<string, string>): string;
	/**
	 * Tells whether a trigger of this n8n takes what Instaply delivers; undefined when n8n does not say.
	 *
	 * @param headers that Instaply adds to each delivery
	 */
	isListening(url: string, headers: Record<string, string>): Promise<boolean | undefined>;
	/**
	 * The executions of this n8n that wait.
	 *
	 * @throws InstaplyError when n8n does not know its own address
	 */
	waits(): OwnWaits;
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
	const { json, binary, ...item } = context.getInputData()[itemIndex] ?? { json: {} };
	const node = context.getNode();
	const passesOn = !isTool(node);
	return {
		isReview: isReview(node),
		canWait: !isCalledDirectly(context),
		passedOn: passesOn ? json : {},
		timezone: context.getTimezone(),
		resumeUrl: (query) => resumeUrl(context, query),
		isListening: async (url, headers) => await isListening(context, url, headers),
		waits: () => waitsKnownToExecution(context),
		async waitUntil(end, state, timedOut) {
			const files = passesOn && binary !== undefined ? { binary } : {};
			await waitUntil(context, end, state, { ...item, ...files, json: timedOut });
		},
	};
}
