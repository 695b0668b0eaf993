import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { nodeContext, runIdentity } from './retryOnFail';

/*
 * What becomes of a wait that no webhook ends. By itself, n8n calls no node then: when the time is up,
 * and also when a person retries an execution that was stopped while it waited, it disables the node
 * and passes on its stored input. It does so because the stored data of the execution say that it
 * waits. A wait that is not in there, but in the database's column alone, has n8n call the node again
 * (measured on 1.123, 2.0 and 2.41.1), and only the node can tell one from the other.
 */

/** What n8n stores of a wait, in the context of the node. */
interface StoredWait {
	/** Of the run that waits. */
	runIndex: unknown;
	executionId: unknown;
	/** In milliseconds since 1970. */
	end: number;
	/** What came into the node. */
	input: INodeExecutionData;
}

const KEY = 'wait';

/**
 * What `runner/memo.ts` keeps of a run. Version 0.1.0 knows no stored wait: called again, it would ask
 * the customer once more. It looks here first, and puts out what it finds.
 */
const MEMO_KEY = 'settledWrites';

/** Why n8n calls a node that has put its execution to wait. */
export type WokenUp =
	/** The time is up: this goes on. */
	| { why: 'over'; item: INodeExecutionData }
	/** It is not yet: the node has to put the execution to wait again. */
	| { why: 'early'; end: Date; item: INodeExecutionData }
	/** A person retries the stopped execution: the node has its input back. */
	| { why: 'retried' };

export function storeWait(
	context: IExecuteFunctions,
	end: Date,
	input: INodeExecutionData = { json: {} },
): void {
	const { runIndex, executionId } = runIdentity(context);
	const wait: StoredWait = { runIndex, executionId, end: end.getTime(), input };
	nodeContext(context)[KEY] = wait;
	// Called again, the node goes on with the run that waits: it gets no second one.
	if (typeof runIndex === 'number') context.getExecuteData().runIndex = runIndex;
}

/**
 * Keeps the wait out of the data that n8n stores, but not out of its column: nothing but JSON leaves a
 * property out that is not enumerable. The type of n8n's context does not have the data, but the context
 * does. Where it does not, n8n passes on the stored item, whatever the reason.
 */
export function haveNodeCalled(context: object): void {
	const data = 'runExecutionData' in context ? context.runExecutionData : undefined;
	if (typeof data !== 'object' || data === null || !('waitTill' in data)) return;
	Object.defineProperty(data, 'waitTill', { enumerable: false });
}

/**
 * Sees to it that version 0.1.0 goes on when the time is up, if this package is replaced by that one
 * while the execution waits. Called once the memo of the run is cleared.
 */
export function storeWaitForVersion010(context: IExecuteFunctions): void {
	const { [KEY]: wait } = nodeContext(context);
	const { runIndex, executionId } = runIdentity(context);
	if (!isStoredWait(wait) || wait.runIndex !== runIndex) return;
	const [items] = context.getExecuteData().data.main ?? [];
	const outputs = (items ?? []).map(({ json }) => json);
	nodeContext(context)[MEMO_KEY] = { runIndex, executionId, items: { 0: { outputs } } };
}

/** Timers of n8n may ring a little early. */
const EARLY_MS = 1_000;

/** @returns undefined when this run of the node has not waited */
export function wokenUp(context: IExecuteFunctions): WokenUp | undefined {
	const { [KEY]: wait } = nodeContext(context);
	const { runIndex, executionId } = runIdentity(context);
	// Another pass of a loop has a run of its own.
	if (!isStoredWait(wait) || wait.runIndex !== runIndex) return undefined;
	const items = context.getInputData();
	const [item = { json: {} }] = items;
	if (wait.executionId !== executionId) {
		// In place: expressions look into this very list.
		items.splice(0, items.length, wait.input);
		delete nodeContext(context)[KEY];
		delete nodeContext(context)[MEMO_KEY];
		return { why: 'retried' };
	}
	if (Date.now() < wait.end - EARLY_MS) return { why: 'early', end: new Date(wait.end), item };
	return { why: 'over', item };
}

function isStoredWait(value: unknown): value is StoredWait {
	return (
		isJsonObject(value) &&
		typeof value.end === 'number' &&
		isJsonObject(value.input) &&
		isJsonObject(value.input.json)
	);
}
