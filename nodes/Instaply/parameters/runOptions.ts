import type { INodeProperties } from 'n8n-workflow';

import { MAX_AT_A_TIME } from '../api/adaptiveLimit';
import { collection, field, type Field, type ReadParameter } from './field';
import * as parse from './parse';

const OPTIONS = { displayName: 'Options', name: 'options', placeholder: 'Add option' } as const;

const DEFAULT_TIMEOUT_S = 30;
const MAX_TIMEOUT_S = 300;

/** The options of every operation. They hold for all items of a run. */
const runOptions = [
	field(
		{
			displayName: 'Threads at a Time',
			name: 'threadsAtATime',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_AT_A_TIME },
			default: 20,
			description:
				'How many threads are worked on side by side. Without this option, the node finds out what Instaply takes well. Within a thread the order is always kept; with 1, all items go one after the other.',
		},
		parse.integerFrom1To(MAX_AT_A_TIME),
	),
	field(
		{
			displayName: 'Request Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_TIMEOUT_S },
			default: DEFAULT_TIMEOUT_S,
			description:
				'How many seconds Instaply may take for one request of n8n. How long a customer may take is another matter.',
		},
		parse.integerFrom1To(MAX_TIMEOUT_S),
	),
] as const;

/** The parameter 'Options' with the options of one operation. */
export function optionsOf<const F extends readonly Field[]>(own: F) {
	return collection(OPTIONS, own);
}

const runOptionsField = optionsOf(runOptions);

/** Adds the options of every operation to the parameters of one. */
export function withRunOptions(properties: INodeProperties[]): INodeProperties[] {
	const { property } = runOptionsField;
	const own = properties.find(({ name }) => name === property.name);
	const options = [...(own?.options ?? []), ...(property.options ?? [])];
	return [...properties.filter((other) => other !== own), { ...property, options }];
}

/** The values of these options. */
interface RunOptions {
	/** Undefined when it is left to the node. */
	threadsAtATime?: number;
	timeoutMs: number;
}

/**
 * Reads only these options, of the first item. Another bad option is a matter of its own item.
 *
 * @throws InstaplyError when one of them is unusable
 */
export function readRunOptions(read: ReadParameter): RunOptions {
	const added = runOptions
		.map(({ property: { name } }) => [name, read(`${OPTIONS.name}.${name}`)])
		.filter(([, value]) => value !== undefined);
	const { threadsAtATime, timeout = DEFAULT_TIMEOUT_S } = runOptionsField.value(() =>
		Object.fromEntries(added),
	);
	return { threadsAtATime, timeoutMs: timeout * 1000 };
}
