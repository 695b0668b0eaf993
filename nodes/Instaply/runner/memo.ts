import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import type { Result } from '../common/result';

const KEY = 'settledWrites';

/** What became of a write that must not be made again, in a form that can be stored. */
type Settled = { outputs: IDataObject[] } | Refusal;

type Refusal = Pick<
	InstaplyError,
	'message' | 'description' | 'httpStatus' | 'failure' | 'isOutcomeUnknown'
>;

interface Memory {
	runIndex: unknown;
	executionId: string;
	items: Record<number, Settled>;
}

/** The parts of an execution by which the memo tells tries, passes and calls apart. */
export type MemoContext = Pick<
	IExecuteFunctions,
	'getContext' | 'getExecutionId' | 'getInputData' | 'getWorkflowDataProxy' | 'isToolExecution'
>;

/** Of tools, by the arguments of a call: n8n hands the same object to each try of one call. */
const toolMemories = new WeakMap<object, Memory>();

/**
 * Remembers, within one execution, which writes Instaply has accepted or may have accepted. "Retry
 * On Fail" runs a node again for all of its items; without this, customers would get their messages
 * again, or out of order: what Instaply refused is tried again only as long as nothing that comes
 * after it, for the same target, has gone out.
 *
 * n8n keeps the context with the execution, for each node apart. A further pass of a loop has a
 * further run index: it is new work, and the memory of the pass before it is dropped. When a person
 * retries a stored execution, what was left open is theirs to decide: it is tried again.
 *
 * An AI agent may call a tool several times at once, and n8n 2.41.1 gives each try of a call a run
 * index of its own, so the calls of a tool are told apart by their arguments.
 */
export class Memo {
	private readonly memory: Memory;
	/** What was refused in this try, by target: still open. */
	private readonly refusals = new Map<string, Array<[itemIndex: number, refusal: Refusal]>>();

	constructor(private readonly context: MemoContext) {
		const runIndex: unknown = context.getWorkflowDataProxy(0).$runIndex;
		const empty: Memory = { runIndex, executionId: context.getExecutionId(), items: {} };
		const call = toolCallOf(context);
		if (call !== undefined) {
			this.memory = toolMemories.get(call) ?? empty;
			toolMemories.set(call, this.memory);
			return;
		}
		const nodeContext = context.getContext('node');
		const known: Memory | undefined = nodeContext[KEY];
		const isSameRun = known !== undefined && known.runIndex === runIndex;
		this.memory = isSameRun ? resumed(known, empty) : empty;
		nodeContext[KEY] = this.memory;
	}

	/** @returns what an earlier try of this run got out of the item, if that settled it */
	recall(itemIndex: number): Result<IDataObject[]> | undefined {
		const settled = this.memory.items[itemIndex];
		if (settled === undefined) return undefined;
		return 'outputs' in settled
			? { value: settled.outputs }
			: { error: new InstaplyError(settled.message, settled) };
	}

	/**
	 * Keeps what must not be done again; anything else may be tried again.
	 *
	 * @param target what the write changes; told of in the order of the items
	 */
	settle(itemIndex: number, target: string, outcome: Result<IDataObject[]>): void {
		if ('value' in outcome) {
			this.keep(itemIndex, target, { outputs: outcome.value });
		} else if (outcome.error instanceof InstaplyError) {
			const { message, description, httpStatus, failure, isOutcomeUnknown } = outcome.error;
			const refusal = { message, description, httpStatus, failure, isOutcomeUnknown };
			if (isOutcomeUnknown) this.keep(itemIndex, target, refusal);
			else this.openFor(target).push([itemIndex, refusal]);
		}
	}

	private keep(itemIndex: number, target: string, settled: Settled): void {
		const { items } = this.memory;
		items[itemIndex] = settled;
		for (const [overtaken, refusal] of this.openFor(target).splice(0)) items[overtaken] = refusal;
	}

	private openFor(target: string): Array<[itemIndex: number, refusal: Refusal]> {
		const known = this.refusals.get(target) ?? [];
		this.refusals.set(target, known);
		return known;
	}

	/** n8n stores the context with the execution: nothing stays in it when no try can follow. */
	clear(): void {
		if (toolCallOf(this.context) === undefined) delete this.context.getContext('node')[KEY];
	}
}

function toolCallOf(context: MemoContext): object | undefined {
	// Hosts before 2.x have no such method.
	const isTool = 'isToolExecution' in context && context.isToolExecution();
	return isTool ? context.getInputData()[0]?.json : undefined;
}

/** The memory of an earlier try, without what it left open when that was another execution. */
function resumed(known: Memory, empty: Memory): Memory {
	if (known.executionId === empty.executionId) return known;
	const accepted = Object.entries(known.items).filter(([, settled]) => 'outputs' in settled);
	return { ...empty, items: Object.fromEntries(accepted) };
}
