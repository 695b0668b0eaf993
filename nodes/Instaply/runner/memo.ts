import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InstaplyError } from '../api/errors';
import type { Outcome } from '../outcome';

const KEY = 'settledWrites';

/** What became of a write that must not be made again, in a form that can be stored. */
type Settled = { outputs: IDataObject[] } | { message: string; description: string };

/**
 * Remembers, within one execution, which writes Instaply has accepted or may have accepted. "Retry
 * On Fail" runs a node again for all of its items; without this, customers would get their messages
 * again.
 *
 * n8n keeps the context with the execution, for each node apart. A further pass of a loop has a
 * further run index: it is new work, and the memory of the pass before it is dropped.
 */
export class Memo {
	private readonly memory: { runIndex: unknown; items: Record<number, Settled> };

	constructor(private readonly context: IExecuteFunctions) {
		const nodeContext = context.getContext('node');
		const runIndex: unknown = context.getWorkflowDataProxy(0).$runIndex;
		if (nodeContext[KEY]?.runIndex !== runIndex) nodeContext[KEY] = { runIndex, items: {} };
		this.memory = nodeContext[KEY];
	}

	/** @returns what an earlier try of this run got out of the item, if that settled it */
	recall(itemIndex: number): Outcome<IDataObject[]> | undefined {
		const settled = this.memory.items[itemIndex];
		if (settled === undefined) return undefined;
		return 'outputs' in settled
			? { value: settled.outputs }
			: { error: new InstaplyError(settled.message, { ...settled, isOutcomeUnknown: true }) };
	}

	/** Keeps what must not be done again; anything else may be tried again. */
	settle(itemIndex: number, outcome: Outcome<IDataObject[]>): void {
		if ('value' in outcome) {
			this.memory.items[itemIndex] = { outputs: outcome.value };
		} else if (outcome.error instanceof InstaplyError && outcome.error.isOutcomeUnknown) {
			const { message, description } = outcome.error;
			this.memory.items[itemIndex] = { message, description };
		}
	}

	/** n8n stores the context with the execution: nothing stays in it when no try can follow. */
	clear(): void {
		delete this.context.getContext('node')[KEY];
	}
}
