import type { INodeProperties } from 'n8n-workflow';

import { collection, field, readFields, type Field, type ReadParameter } from './field';
import * as parse from './parse';

const OPTIONS = { displayName: 'Options', name: 'options', placeholder: 'Add option' } as const;

/** Where the curve of `npm run bench` flattens at 50 ms of latency. */
const DEFAULT_THREADS_AT_A_TIME = 20;
const MAX_THREADS_AT_A_TIME = 100;
const DEFAULT_TIMEOUT_S = 30;
const MAX_TIMEOUT_S = 300;

/** Options of every operation: how the node as a whole goes about its items. */
const runOptions = [
	field(
		{
			displayName: 'Threads at a Time',
			name: 'threadsAtATime',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_THREADS_AT_A_TIME },
			default: DEFAULT_THREADS_AT_A_TIME,
			description:
				'How many threads are worked on side by side. Within a thread the order is always kept; with 1, all items go one after the other.',
		},
		parse.integerFrom1To(MAX_THREADS_AT_A_TIME),
	),
	field(
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_TIMEOUT_S },
			default: DEFAULT_TIMEOUT_S,
			description: 'How many seconds to wait for an answer of Instaply',
		},
		parse.integerFrom1To(MAX_TIMEOUT_S),
	),
] as const;

/** The parameter 'Options' with an operation's own options. */
export function optionsOf<const F extends readonly Field[]>(own: F) {
	return collection(OPTIONS, own);
}

const runOptionsField = optionsOf(runOptions);

/** Adds the options that every operation has to the parameters of one. */
export function withRunOptions(properties: INodeProperties[]): INodeProperties[] {
	const { property } = runOptionsField;
	const own = properties.find(({ name }) => name === property.name);
	const options = [...(own?.options ?? []), ...(property.options ?? [])];
	return [...properties.filter((other) => other !== own), { ...property, options }];
}

/** How a run of the node goes about its items. */
export interface RunOptions {
	threadsAtATime: number;
	timeoutMs: number;
}

/** @throws InstaplyError when one of them is unusable */
export function readRunOptions(read: ReadParameter): RunOptions {
	const { threadsAtATime = DEFAULT_THREADS_AT_A_TIME, timeout = DEFAULT_TIMEOUT_S } = readFields(
		[runOptionsField],
		read,
	).options;
	return { threadsAtATime, timeoutMs: timeout * 1000 };
}
