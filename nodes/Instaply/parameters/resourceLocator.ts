import type { INodePropertyMode } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import type { Field, ListSearch } from './field';

/** The definition of a resource locator. */
interface Locator<N extends string> {
	displayName: string;
	name: N;
	description: string;
	/** The first mode, a dropdown. */
	list: ListSearch & { placeholder: string };
	/** The other modes, in which the user types. */
	modes: Array<Omit<INodePropertyMode, 'type'>>;
}

/**
 * A field whose value is chosen from a list or typed. An expression for the whole locator counts as a
 * value of the mode `id`.
 *
 * @param parse reads the value that was chosen or typed
 */
export function resourceLocator<const N extends string, T>(
	{ displayName, name, description, list, modes }: Locator<N>,
	parse: (value: unknown, label: string, mode: unknown) => T,
): Field<N, T> {
	const { method, placeholder } = list;
	return {
		property: {
			displayName,
			name,
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description,
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder,
					typeOptions: { searchListMethod: method, searchable: true },
				},
				...modes.map((mode): INodePropertyMode => ({ ...mode, type: 'string' })),
			],
		},
		value(read) {
			const content = read(name);
			const { mode, value } = isJsonObject(content) ? content : { mode: 'id', value: content };
			return parse(value, displayName, mode);
		},
		listSearch: list,
	};
}
