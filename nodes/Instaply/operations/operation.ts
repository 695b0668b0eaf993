import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
	IParameterBuilderHint,
} from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import type { Execution } from '../n8n/execution';
import {
	readFields,
	type Field,
	type ListSearch,
	type ReadParameter,
	type Values,
} from '../parameters/field';
import { withRunOptions } from '../parameters/runOptions';

/** What an operation puts out for one input item: one item, or one per thing that was found. */
type Output = IDataObject | IDataObject[];

/** One item's work, checked and ready to go out. */
export interface Call {
	/**
	 * What a write changes, such as a thread. Calls with the same target are made in input order, one
	 * at a time, and never again once they were accepted. A read has none.
	 */
	target?: string;
	make(services: Services): Promise<Output>;
}

/** What a call is made with. */
interface Services {
	instaply: InstaplyClient;
	execution: Execution;
}

/** What an operation asks of the node that runs it. */
interface Needs {
	/**
	 * For an operation that takes one item at a time.
	 *
	 * @param count how many items came in
	 * @returns what the user should do about several items
	 */
	onlyOneItem?(count: number): string;
	/** Whether a further try makes a call again that has succeeded. Default: false. */
	repeatsAfterSuccess?: boolean;
	/** Whether the item that comes out keeps the files of the one that came in. Default: false. */
	keepsBinary?: boolean;
}

/**
 * The definition of an operation: its texts, its fields, and what it does with their values.
 *
 * `F` are its fields, `S` is what the items of a run share.
 */
interface OperationDefinition<F extends readonly Field[], S> extends Needs {
	/** The value stored in workflows, which never changes. */
	value: string;
	/** The label, without the resource. */
	name: string;
	/**
	 * The label in n8n's node search, with the resource and without articles. It is also what n8n calls a
	 * node that is added with it, and the only text that an AI agent sees of its tool (n8n 2.41).
	 */
	action: string;
	/**
	 * What the node does, below its name on the canvas: the code of an expression. It reads
	 * `$rawParameter`, because the value of an expression is not known there. Default: name and resource.
	 */
	subtitle?: string;
	/** Read by people who choose an operation. */
	description: string;
	/** Read by n8n's assistant when it builds a workflow (n8n 2.41; earlier ones ignore it). */
	builderHint?: IParameterBuilderHint;
	fields: F;
	/** What a write changes; left out by a read. */
	target?(values: Values<F>): string;
	run(values: Values<F>, services: Services & { shared: S }): Promise<Output>;
	/** What the user should know about all items together, if anything. */
	hint?(outputs: IDataObject[], shared: S): string | undefined;
}

/** An operation as the node sees it. */
export interface Operation extends Needs {
	readonly option: INodePropertyOptions & { value: string };
	readonly subtitle: string | undefined;
	readonly properties: readonly INodeProperties[];
	/** What its dropdowns offer. */
	readonly listSearches: readonly ListSearch[];
	/** Begins a run of the node. */
	begin(context: IExecuteFunctions): OperationRun;
}

/** An operation in one run of the node. */
export interface OperationRun {
	/**
	 * Reads the parameters of one item.
	 *
	 * @throws InstaplyError when one of them is unusable; nothing has been sent then
	 */
	prepare(read: ReadParameter): Call;
	/** What the user should know about all items together, if anything. */
	hint(outputs: IDataObject[]): string | undefined;
}

export function operation<const F extends readonly Field[]>(
	definition: OperationDefinition<F, undefined>,
): Operation {
	return operationSharing(() => undefined, definition);
}

/**
 * An operation whose items share something, such as a look-up.
 *
 * @param share is called once for each run of the node
 */
export function operationSharing<const F extends readonly Field[], S>(
	share: (context: IExecuteFunctions) => S,
	{
		subtitle,
		fields,
		target,
		run,
		hint,
		onlyOneItem,
		repeatsAfterSuccess,
		keepsBinary,
		...option
	}: OperationDefinition<F, S>,
): Operation {
	return {
		option,
		subtitle,
		properties: withRunOptions(fields.map(({ property }) => property)),
		listSearches: fields.flatMap(({ listSearch }) => listSearch ?? []),
		onlyOneItem,
		repeatsAfterSuccess,
		keepsBinary,
		begin(context) {
			const shared = share(context);
			return {
				prepare(read) {
					const values = readFields(fields, read);
					return {
						target: target?.(values),
						make: async (services) => await run(values, { ...services, shared }),
					};
				},
				hint: (outputs) => hint?.(outputs, shared),
			};
		},
	};
}

/** A group of operations, as the Resource dropdown offers it. */
export interface Resource {
	readonly option: INodePropertyOptions & { value: string };
	readonly operations: readonly [Operation, ...Operation[]];
}
