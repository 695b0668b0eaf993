import type { IDisplayOptions, INodeListSearchItems, INodeProperties } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';
import type { Parse } from './parse';

/** Reads the parameters of one item, by name. */
export type ReadParameter = (name: string) => unknown;

/** A parameter: what n8n shows, and how its value is read. */
export interface Field<N extends string = string, T = unknown> {
	readonly property: INodeProperties & { name: N };
	/** @throws InstaplyError when the value is unusable */
	value(read: ReadParameter): T;
	/** The search behind its dropdown, if it has one. */
	readonly listSearch?: ListSearch;
}

/** The search behind a dropdown. */
export interface ListSearch {
	/** The name in the property's `searchListMethod`. */
	method: string;
	/**
	 * @param read reads the node's other parameters
	 * @param connect is called once they were found to be usable
	 * @throws InstaplyError saying why there is nothing to choose
	 */
	list(
		read: ReadParameter,
		connect: () => Promise<InstaplyClient>,
	): Promise<INodeListSearchItems[]>;
}

/** The values of fields, by name. */
export type Values<F extends readonly Field[]> = {
	[E in F[number] as E['property']['name']]: ReturnType<E['value']>;
};

/** The values of the fields that the user added to a collection, by name. */
type Given<F extends readonly Field[]> = {
	[E in F[number] as E['property']['name']]?: Exclude<ReturnType<E['value']>, undefined>;
};

export function field<const N extends string, T>(
	property: INodeProperties & { name: N },
	parse: Parse<T>,
): Field<N, T> {
	return { property, value: (read) => parse(read(property.name), property.displayName) };
}

type Conditions = Record<string, string[] | boolean[]>;

/**
 * A field shown only for certain values of others; otherwise undefined.
 *
 * When the other parameter is an expression, n8n shows the field, and insists on it if it is required.
 * So the value of the other parameter decides here, not what n8n shows.
 */
export function shownFor<N extends string, T>(
	show: Conditions,
	{ property, value, ...rest }: Field<N, T>,
): Field<N, T | undefined> {
	const displayOptions: IDisplayOptions = { show };
	return {
		...rest,
		property: { ...property, required: undefined, displayOptions },
		value: (read) => (isMet(show, read) ? value(read) : undefined),
	};
}

/**
 * A field that the editor offers under some conditions only. Unlike with `shownFor`, only the editor
 * cares: a value that is there is read.
 */
export function offered<const N extends string, T>(
	displayOptions: IDisplayOptions,
	{ property, ...rest }: Field<N, T>,
): Field<N, T> {
	return { ...rest, property: { ...property, displayOptions } };
}

function isMet(conditions: Conditions, read: ReadParameter): boolean {
	return Object.entries(conditions).every(([name, allowed]) => {
		const chosen = String(read(name)).trim().toLowerCase();
		return allowed.some((choice) => String(choice).toLowerCase() === chosen);
	});
}

/**
 * A collection: fields that the user adds one by one, so each may be missing. An undefined value
 * counts as missing.
 */
export function collection<const N extends string, const F extends readonly Field[]>(
	property: Pick<INodeProperties, 'displayName' | 'description' | 'placeholder'> & { name: N },
	fields: F,
): Field<N, Given<F>> {
	return {
		property: {
			...property,
			type: 'collection',
			default: {},
			// n8n's linter allows no required fields in a collection.
			options: fields.map((entry) => ({ ...entry.property, required: undefined })),
		},
		value: (read) => {
			const content = read(property.name);
			const given = isJsonObject(content) ? content : {};
			const added = fields.filter((entry) => Object.hasOwn(given, entry.property.name));
			const values = Object.entries(readFields<readonly Field[]>(added, (name) => given[name]));
			return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Given<F>;
		},
	};
}

/** A field with a further check of its whole value. `check` throws an InstaplyError. */
export function checked<N extends string, T, U extends T>(
	{ property, value }: Field<N, T>,
	check: (value: T, displayName: string) => U,
): Field<N, U> {
	return { property, value: (read) => check(value(read), property.displayName) };
}

/** A collection to which the user has to add at least one field. */
export function atLeastOne<N extends string, T extends object>(fields: Field<N, T>): Field<N, T> {
	return checked(fields, (given, displayName) => {
		if (Object.keys(given).length > 0) return given;
		throw new InstaplyError('There is nothing to change', {
			description: `Add at least one field under '${displayName}'.`,
		});
	});
}

/**
 * Reads and checks the values of fields.
 *
 * @throws InstaplyError naming the first field whose value is unusable
 */
export function readFields<F extends readonly Field[]>(fields: F, read: ReadParameter): Values<F> {
	const entries = fields.map(({ property, value }) => [property.name, value(read)]);
	// Sound by construction: each name is paired with the value of its own field.
	return Object.fromEntries(entries) as Values<F>;
}
