import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import type { Execution } from '../n8n/execution';
import type { OwnInstance } from '../n8n/ownInstance';
import { readFields, type Field, type ReadParameter, type Values } from '../parameters/field';
import { withRunOptions } from '../parameters/runOptions';

/** What an operation puts out for one input item: one item, or one per thing that was found. */
export type Output = IDataObject | IDataObject[];

/** One item's work, checked and ready to go out. */
export interface Call {
	/**
	 * What a write changes, such as a thread. Calls with the same target are made in input order, one
	 * at a time, and never again once they were accepted. A read has none.
	 */
	target?: string;
	make(instaply: InstaplyClient, execution: Execution): Promise<Output>;
}

/** What an operation is written as: its words, its fields, and what it does with their values. */
export interface OperationDefinition<F extends readonly Field[]> {
	/** The value stored in workflows, which never changes. */
	value: string;
	/** The label, without the resource. */
	name: string;
	/**
	 * The label in n8n's node search, with the resource and without articles. All that n8n 2.41 tells
	 * an AI agent of what its tool does.
	 */
	action: string;
	/** Read by people who choose an operation. */
	description: string;
	fields: F;
	/** What a write changes; left out by a read. */
	target?(values: Values<F>): string;
	run(values: Values<F>, instaply: InstaplyClient, execution: Execution): Promise<Output>;
	/** Whether the execution waits after it, which it can do for one item at a time. */
	waits?: boolean;
	/** What the user should know about all items together, when there is something. */
	hint?: Hint;
}

/** @param n8n what the items were made with */
type Hint = (outputs: IDataObject[], n8n: Pick<OwnInstance, 'statuses'>) => string | undefined;

/** An operation as the node sees it. */
export interface Operation {
	readonly option: INodePropertyOptions & { value: string };
	readonly properties: readonly INodeProperties[];
	/**
	 * Reads the parameters of one item.
	 *
	 * @throws InstaplyError when one of them is unusable; nothing has been sent then
	 */
	prepare(read: ReadParameter): Call;
	/** Whether the execution waits after it, which it can do for one item at a time. */
	readonly waits: boolean;
	readonly hint?: Hint;
}

export function operation<const F extends readonly Field[]>({
	fields,
	run,
	target,
	waits = false,
	hint,
	...option
}: OperationDefinition<F>): Operation {
	return {
		option,
		properties: withRunOptions(fields.map(({ property }) => property)),
		prepare(read) {
			const values = readFields(fields, read);
			return {
				target: target?.(values),
				make: async (instaply, execution) => await run(values, instaply, execution),
			};
		},
		waits,
		hint,
	};
}

/** A group of operations, as the Resource dropdown offers it. */
export interface Resource {
	readonly option: INodePropertyOptions & { value: string };
	readonly operations: readonly [Operation, ...Operation[]];
}
