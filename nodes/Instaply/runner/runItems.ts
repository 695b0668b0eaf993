import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { AdaptiveLimit } from '../api/adaptiveLimit';
import type { InstaplyClient } from '../api/client';
import { stopped } from '../api/errors';
import { connectEachItem } from '../api/transport';
import { InstaplyError } from '../common/InstaplyError';
import { runInLanes, type LanesAtATime } from '../common/lanes';
import { toResult, type Result } from '../common/result';
import { yieldToEventLoop } from '../n8n/eventLoop';
import { executionOf } from '../n8n/execution';
import { toNodeError } from '../n8n/nodeError';
import { parametersOf } from '../n8n/parameters';
import { isTriedAgain } from '../n8n/retryOnFail';
import { isTool } from '../n8n/tool';
import { hideArguments } from '../n8n/toolInput';
import { findOperation } from '../operations';
import type { Call, Operation, OperationRun } from '../operations/operation';
import type { ReadParameter } from '../parameters/field';
import { refuseFixedExpressions } from '../parameters/fixedExpressions';
import { readRunOptions } from '../parameters/runOptions';
import { itemsOf } from './items';
import { Memo } from './memo';
import { toWriteResult } from './writeResult';

type ItemResult = Result<IDataObject[]>;

/** What all items of a run need. */
interface Run {
	operation: Operation;
	operationRun: OperationRun;
	connect(itemIndex: number): Promise<InstaplyClient>;
	threadsAtATime: LanesAtATime;
}

/** One item's call, and the account in which it is made. */
interface AccountCall extends Call {
	instaply: InstaplyClient;
}

/**
 * Runs the chosen operation for every input item: in order within a thread, several threads side by
 * side. Items come out in the order in which they came in.
 *
 * All items are checked before the first request goes out, so that one bad item does not leave the
 * work half done.
 *
 * @throws the error of the first item that failed, unless the node continues on fail. What was under
 * way in other threads is finished and remembered first.
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = await toResult(async () => await begin(context));
	if ('error' in run) {
		// With "Continue" even this must not throw: n8n would pass on the input.
		throwFirstError(context, [run]);
		const indexes = [...context.getInputData().keys()];
		return indexes.flatMap((itemIndex) => itemsOf(context, run, itemIndex));
	}
	const { operation, operationRun } = run.value;
	const calls = await prepareCalls(context, run.value);
	throwFirstError(context, calls);

	const targets = calls.map((call) => ('value' in call ? call.value.target : undefined));
	const memo = new Memo(context, targets);
	const results = await makeCalls(context, run.value, calls, memo);
	giveHint(context, operationRun, results);
	const [first] = results;
	// Last, because whatever throws before has n8n try again.
	if (!isTriedAgain(context, first !== undefined && 'error' in first)) memo.clear();
	// A model reads what comes out of a tool, and has no use for files that came into its agent.
	const keepsBinary = operation.keepsBinary && !isTool(context.getNode());
	return results.flatMap((result, itemIndex) => {
		const input = keepsBinary ? context.getInputData()[itemIndex] : undefined;
		return itemsOf(context, result, itemIndex, input?.binary);
	});
}

/** @throws InstaplyError when no item can be worked on */
async function begin(context: IExecuteFunctions): Promise<Run> {
	hideArguments(context);
	const read = parametersOf(context, 0);
	const operation = chosenOperation(read);
	refuseFixedExpressions(operation.properties, context.getNode().parameters);
	assertItemCount(operation, context.getInputData().length);
	const { threadsAtATime, timeoutMs } = readRunOptions(read);
	const signal = context.getExecutionCancelSignal();
	const limit = new AdaptiveLimit();
	const connect = connectEachItem(context, {
		timeoutMs,
		signal,
		note: (attempt) => limit.note(attempt),
	});
	return {
		operation,
		operationRun: operation.begin(context),
		connect,
		threadsAtATime: threadsAtATime ?? limit,
	};
}

function chosenOperation(read: ReadParameter): Operation {
	const operation = findOperation(read('resource'), read('operation'));
	if (operation !== undefined) return operation;
	throw new InstaplyError('This node does not know the chosen operation', {
		description: "Choose 'Resource' and 'Operation' again, or update the Instaply package.",
	});
}

function assertItemCount({ option, onlyOneItem }: Operation, count: number): void {
	if (onlyOneItem === undefined || count <= 1) return;
	throw new InstaplyError(`'${option.name}' takes one item at a time`, {
		description: onlyOneItem(count),
	});
}

async function prepareCalls(
	context: IExecuteFunctions,
	{ operationRun, connect }: Run,
): Promise<Array<Result<AccountCall>>> {
	const calls: Array<Result<AccountCall>> = [];
	for (const itemIndex of context.getInputData().keys()) {
		await yieldToEventLoop(itemIndex);
		calls.push(
			await toResult(async () => {
				const { target, make } = operationRun.prepare(parametersOf(context, itemIndex));
				const instaply = await connect(itemIndex);
				return { target: targetIn(instaply, target), make, instaply };
			}),
		);
	}
	return calls;
}

/** Two accounts may use the same IDs. */
function targetIn({ accountKey }: InstaplyClient, target: string | undefined): string | undefined {
	return target === undefined ? undefined : `${accountKey} ${target}`;
}

/** @throws what the first item threw, unless the node continues on fail, or that it was stopped */
async function makeCalls(
	context: IExecuteFunctions,
	run: Run,
	calls: ReadonlyArray<Result<AccountCall>>,
	memo: Memo,
): Promise<ItemResult[]> {
	const signal = context.getExecutionCancelSignal();
	const results: ItemResult[] = [];
	let hasFailed = false;
	const tasks = calls.map((call, itemIndex) => ({
		lane: 'value' in call ? call.value.target : undefined,
		run: async () => {
			const isRead = 'value' in call && call.value.target === undefined;
			// What an earlier try has done stays done, whatever stops the item now.
			const earlier = isRead ? undefined : memo.recall(itemIndex);
			const result =
				earlier ??
				('value' in call ? await makeCall(context, run, call.value, itemIndex, memo) : call);
			results[itemIndex] = result;
			hasFailed ||= 'error' in result && !context.continueOnFail();
		},
	}));
	await runInLanes(tasks, run.threadsAtATime, () => hasFailed || (signal?.aborted ?? false));

	throwFirstError(context, results);
	if (signal?.aborted) throw stopped();
	return results;
}

/** Makes a call, and remembers a write that must not be made again by a further try. */
async function makeCall(
	context: IExecuteFunctions,
	{ operation }: Run,
	{ target, make, instaply }: AccountCall,
	itemIndex: number,
	memo: Memo,
): Promise<ItemResult> {
	const made = await toResult(async () => {
		const execution = executionOf(context, itemIndex);
		return [await make({ instaply, execution })].flat();
	});
	if (target === undefined) return made;
	const result = toWriteResult(made);
	const isRepeated = 'value' in result && operation.repeatsAfterSuccess;
	if (!isRepeated) memo.settle(itemIndex, result);
	return result;
}

function throwFirstError(
	context: IExecuteFunctions,
	results: ReadonlyArray<Result<unknown>>,
): void {
	if (context.continueOnFail()) return;
	// forEach skips the holes that items which were not begun leave in the array.
	results.forEach((result, itemIndex) => {
		if ('error' in result) throw toNodeError(context.getNode(), result.error, itemIndex);
	});
}

/** Shows what the user should know about all items together. */
function giveHint(
	context: IExecuteFunctions,
	operationRun: OperationRun,
	results: readonly ItemResult[],
): void {
	const outputs = results.flatMap((result) => ('value' in result ? result.value : []));
	const message = operationRun.hint(outputs);
	if (message !== undefined) context.addExecutionHints({ message, location: 'outputPane' });
}
