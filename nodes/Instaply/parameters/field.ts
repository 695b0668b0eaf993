import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { InstaplyError } from '../api/errors';
import { isJsonObject } from '../api/json';
import type { Parse } from './parse';

/** A parameter: how n8n shows it, and how its value is read. */
export interface Field<N extends string = string, T = unknown> {
	readonly property: INodeProperties & { name: N };
	readonly parse: Parse<T>;
}

/** The values of fields, by name. */
export type Values<F extends readonly Field[]> = {
	[E in F[number] as E['property']['name']]: ReturnType<E['parse']>;
};

/** Reads the parameter of one item; undefined when another choice hides it. */
export type ReadParameter = (name: string) => unknown;

export function field<const N extends string, T>(
	property: INodeProperties & { name: N },
	parse: Parse<T>,
): Field<N, T> {
	return { property, parse };
}

/** A field that other choices of the user bring up; undefined while they hide it. */
export function shownFor<N extends string, T>(
	show: NonNullable<IDisplayOptions['show']>,
	{ property, parse }: Field<N, T>,
): Field<N, T | undefined> {
	return {
		property: { ...property, displayOptions: { show } },
		parse: (value, label) => (value === undefined ? undefined : parse(value, label)),
	};
}

/** A collection: fields that the user adds when wanted, so each may be missing. */
export function collection<const N extends string, const F extends readonly Field[]>(
	property: Pick<INodeProperties, 'displayName' | 'description' | 'placeholder'> & { name: N },
	fields: F,
): Field<N, Partial<Values<F>>> {
	return {
		property: {
			...property,
			type: 'collection',
			default: {},
			// n8n's linter wants no required fields in a collection: adding one is the user's choice.
			options: fields.map((entry) => ({ ...entry.property, required: undefined })),
		},
		parse: (value) => {
			const given = isJsonObject(value) ? value : {};
			const present = fields.filter(({ property: { name } }) => given[name] !== undefined);
			return readFields<readonly Field[]>(present, (name) => given[name]) as Partial<Values<F>>;
		},
	};
}

/** A collection of which at least one field has to be given. */
export function atLeastOne<N extends string, T extends object>({
	property,
	parse,
}: Field<N, T>): Field<N, T> {
	return {
		property,
		parse: (value, label) => {
			const given = parse(value, label);
			if (Object.keys(given).length === 0) {
				throw new InstaplyError('There is nothing to change', {
					description: `Add at least one field under '${label}'.`,
				});
			}
			return given;
		},
	};
}

/**
 * Reads and checks the values of fields.
 *
 * @throws InstaplyError naming the first field whose value is unusable
 */
export function readFields<F extends readonly Field[]>(fields: F, read: ReadParameter): Values<F> {
	const entries = fields.map(({ property: { name, displayName }, parse }) => [
		name,
		parse(read(name), displayName),
	]);
	// Sound by construction: each name is paired with the result of its own parser.
	return Object.fromEntries(entries) as Values<F>;
}
