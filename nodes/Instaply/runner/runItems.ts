import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import { stopped } from '../api/errors';
import { connect } from '../api/transport';
import { InstaplyError } from '../common/InstaplyError';
import { runInLanes } from '../common/lanes';
import { toResult, type Result } from '../common/result';
import { executionOf, type Execution } from '../n8n/execution';
import { toNodeError } from '../n8n/nodeError';
import { OwnInstance } from '../n8n/ownInstance';
import { findOperation } from '../operations';
import type { Call, Operation } from '../operations/operation';
import type { ReadParameter } from '../parameters/field';
import { refuseFixedExpressions } from '../parameters/fixedExpressions';
import { readRunOptions } from '../parameters/runOptions';
import { itemsOf } from './items';
import { Memo } from './memo';

/**
 * n8n 2.41.1 ends with exit code 1 when the expressions of 10,000 items are evaluated without a turn
 * of the event loop, and does not with one now and then (measured). Others are served meanwhile, too.
 */
const ITEMS_CHECKED_AT_A_TIME = 100;

/**
 * Runs the chosen operation for every input item: in order within a thread, several threads side by
 * side. Items come out in the order in which they came in.
 *
 * All items are checked before the first request goes out, so that one bad item does not leave the
 * work half done.
 *
 * @throws the explanation of the first item that went wrong, unless the node continues on fail; what
 * was under way in other threads is finished and remembered first
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const signal = context.getExecutionCancelSignal();
	const setUp = await toResult(async () => await setUpRun(context, signal));
	if ('error' in setUp) {
		throwFirstError(context, [setUp]);
		const items = [...context.getInputData().keys()];
		return items.flatMap((itemIndex) => itemsOf(context.getNode(), setUp, itemIndex));
	}
	const { operation, threadsAtATime, ...services } = setUp.value;

	const calls: Array<Result<Call>> = [];
	for (const itemIndex of context.getInputData().keys()) {
		if (itemIndex % ITEMS_CHECKED_AT_A_TIME === 0) await sleep(0);
		calls.push(await toResult(() => operation.prepare(parametersOf(context, itemIndex))));
	}
	throwFirstError(context, calls);

	const memo = new Memo(context);
	const outcomes: Array<Result<IDataObject[]>> = [];
	let isOver = false;
	const tasks = calls.map((call, itemIndex) => ({
		lane: 'value' in call ? call.value.target : undefined,
		run: async () => {
			const outcome =
				'value' in call ? await makeOnce(call.value, itemIndex, services, memo) : call;
			outcomes[itemIndex] = outcome;
			isOver ||= 'error' in outcome && !context.continueOnFail();
		},
	}));
	await runInLanes(tasks, threadsAtATime, () => isOver || (signal?.aborted ?? false));

	throwFirstError(context, outcomes);
	if (signal?.aborted) throw stopped();
	giveHint(context, operation, outcomes, services.n8n);
	if (!canBeTriedAgain(context, outcomes)) memo.clear();
	return outcomes.flatMap((outcome, itemIndex) => {
		// An operation that waits hands on what came in.
		const input = operation.waits ? context.getInputData()[itemIndex] : undefined;
		return itemsOf(context.getNode(), outcome, itemIndex, input?.binary);
	});
}

/** What all items need. With "Continue" even this must not throw: n8n would pass on the input. */
async function setUpRun(context: IExecuteFunctions, signal: AbortSignal | undefined) {
	const read = parametersOf(context, 0);
	const operation = chosenOperation(read);
	refuseFixedExpressions(operation.properties, context.getNode().parameters);
	if (operation.waits) assertSingle(operation, context.getInputData());
	const { threadsAtATime, timeoutMs } = readRunOptions(read);
	const instaply = await connect(context, { timeoutMs, signal });
	const n8n = new OwnInstance(context, signal);
	const executionAt = (itemIndex: number) => executionOf(context, itemIndex, n8n);
	return { operation, threadsAtATime, instaply, n8n, executionAt, waits: operation.waits };
}

/** n8n tries a node that has ended well again when its first item is one that went wrong. */
function canBeTriedAgain(
	context: IExecuteFunctions,
	[first]: ReadonlyArray<Result<IDataObject[]>>,
): boolean {
	const { retryOnFail = false } = context.getNode();
	return retryOnFail && first !== undefined && 'error' in first;
}

/** What calls are made with. */
interface Services {
	instaply: InstaplyClient;
	n8n: OwnInstance;
	executionAt(itemIndex: number): Execution;
	waits: boolean;
}

/** Makes a call, unless it is a write that was made in an earlier try of the same run. */
async function makeOnce(
	{ target, make }: Call,
	itemIndex: number,
	{ instaply, executionAt, waits }: Services,
	memo: Memo,
): Promise<Result<IDataObject[]>> {
	const known = target === undefined ? undefined : memo.recall(itemIndex);
	if (known !== undefined) return known;
	const execution = executionAt(itemIndex);
	const outcome = await toResult(async () => [await make(instaply, execution)].flat());
	// A question that was asked is not settled: in another execution nobody would wait for the reply.
	const isAsked = waits && 'value' in outcome;
	if (target !== undefined && !isAsked) memo.settle(itemIndex, target, outcome);
	return outcome;
}

function throwFirstError(
	context: IExecuteFunctions,
	outcomes: ReadonlyArray<Result<unknown>>,
): void {
	if (context.continueOnFail()) return;
	// Not a loop: the array has holes where items were not begun, and forEach passes over them.
	outcomes.forEach((outcome, itemIndex) => {
		if ('error' in outcome) throw toNodeError(context.getNode(), outcome.error, itemIndex);
	});
}

/** Tells the user about all items together. */
function giveHint(
	context: IExecuteFunctions,
	{ hint }: Operation,
	outcomes: ReadonlyArray<Result<IDataObject[]>>,
	n8n: OwnInstance,
): void {
	const outputs = outcomes.flatMap((outcome) => ('value' in outcome ? outcome.value : []));
	const message = hint?.(outputs, n8n);
	if (message !== undefined) context.addExecutionHints({ message, location: 'outputPane' });
}

function chosenOperation(read: ReadParameter): Operation {
	const operation = findOperation(read('resource'), read('operation'));
	if (operation !== undefined) return operation;
	throw new InstaplyError('This node does not know the chosen operation', {
		description: "Choose 'Resource' and 'Operation' again, or update the Instaply package.",
	});
}

/** Refused before anything is sent, because n8n cannot wait for several replies in one execution. */
function assertSingle({ option }: Operation, items: INodeExecutionData[]): void {
	if (items.length <= 1) return;
	throw new InstaplyError(`'${option.name}' takes one item at a time`, {
		description: `${items.length} items came in, and no customer was asked. An execution can wait for one reply only: put the node 'Loop Over Items' in front of this one to ask one customer after the other. To ask all at once, put this node into a workflow of its own, and call that with the node 'Execute Sub-workflow', its mode being 'Run once for each item' and 'Wait For Sub-Workflow Completion' being off.`,
	});
}

/** With a fallback, n8n gives that for a hidden parameter instead of throwing. */
function parametersOf(context: IExecuteFunctions, itemIndex: number): ReadParameter {
	return (name) => context.getNodeParameter(name, itemIndex, null) ?? undefined;
}
