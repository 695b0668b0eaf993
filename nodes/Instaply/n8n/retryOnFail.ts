import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isCalledDirectly } from './tool';

/*
 * n8n's "Retry On Fail", and the Retry button of a stored execution. A try runs the node again for
 * all of its items.
 */

/** The parts of an execution that tell tries, passes and tool calls apart. */
export type RunContext = Pick<
	IExecuteFunctions,
	'getContext' | 'getExecutionId' | 'getInputData' | 'getWorkflowDataProxy' | 'isToolExecution'
>;

/** Tells one run of a node from another. */
export interface RunIdentity {
	/** The same for all tries of a run. A further pass of a loop has a further one. */
	runIndex: unknown;
	/** Another one when a person retries a stored execution. */
	executionId: unknown;
}

export function runIdentity(context: RunContext): RunIdentity {
	return {
		runIndex: context.getWorkflowDataProxy(0).$runIndex,
		executionId: context.getExecutionId(),
	};
}

/**
 * The arguments with which an AI Agent node before version 3 called this node as a tool. An agent may
 * call a tool several times at once, and each try of a call has a run index of its own, but n8n hands
 * the same object to all tries of one call. For later agents the engine runs a tool like any node: each
 * call has a run index, and its tries share it (measured on 2.41.1).
 *
 * @returns undefined when no such agent called
 */
export function toolCallOf(context: RunContext): object | undefined {
	return isCalledDirectly(context) ? context.getInputData()[0]?.json : undefined;
}

/** What n8n keeps for this node and stores with the execution. */
export function nodeContext(context: Pick<IExecuteFunctions, 'getContext'>): IDataObject {
	return context.getContext('node');
}

/**
 * Tells whether n8n tries a node again although it has ended well: it does when the first item that
 * came out is an error item (measured on 2.41.1).
 */
export function isTriedAgain(
	context: Pick<IExecuteFunctions, 'getNode'>,
	isFirstItemAnError: boolean,
): boolean {
	return (context.getNode().retryOnFail ?? false) && isFirstItemAnError;
}
