import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { connect } from '../api/transport';
import { toNodeError, withAdvice } from '../n8n/nodeError';
import type { ListSearch } from '../parameters/field';
import { resources } from './index';

type SearchMethod = (
	this: ILoadOptionsFunctions,
	filter?: string,
) => Promise<INodeListSearchResult>;

/** The searches behind the node's dropdowns, by the method names in their fields. */
export const listSearch: Record<string, SearchMethod> = Object.fromEntries(
	resources
		.flatMap(({ operations }) => operations)
		.flatMap(({ listSearches }) => listSearches)
		.map((search) => [search.method, searchMethod(search)]),
);

function searchMethod({ list }: ListSearch): SearchMethod {
	return async function (filter) {
		try {
			const found = await list(
				(name) => this.getCurrentNodeParameter(name),
				async () => await connect(this),
			);
			return { results: matching(found, filter) };
		} catch (error) {
			// A dropdown shows the message alone, so it has to say what to do as well.
			throw toNodeError(this.getNode(), withAdvice(error));
		}
	};
}

/** Above what people type. The time that `includes` takes may grow with the product of both lengths. */
const MAX_FILTER_LENGTH = 200;

/** The entries with a name that contains what the user typed, whatever the case. */
export function matching(found: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().slice(0, MAX_FILTER_LENGTH).toLowerCase();
	return found.filter(({ name }) => name.toLowerCase().includes(wanted));
}
