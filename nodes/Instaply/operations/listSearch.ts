import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connect } from '../api/transport';
import { InstaplyError } from '../common/InstaplyError';
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
			const wanted = filter?.trim().toLowerCase() ?? '';
			const found = await list(
				(name) => this.getCurrentNodeParameter(name),
				async () => await connect(this),
			);
			return { results: found.filter(({ name }) => name.toLowerCase().includes(wanted)) };
		} catch (error) {
			// A dropdown shows the message alone, so it has to say what to do as well.
			const shown = error instanceof InstaplyError ? withAdvice(error) : error;
			throw toNodeError(this.getNode(), shown);
		}
	};
}
