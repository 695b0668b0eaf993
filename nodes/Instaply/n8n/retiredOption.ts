import type { IDisplayOptions } from 'n8n-workflow';

/**
 * For an option of a collection that is no longer offered: only what sets it already shows it. It
 * depends on itself, because n8n decides about an option without a look at the collections of the node:
 * by the path from the root, it would be shown, but dropped when the node runs (measured on 2.41.1).
 */
export function shownWhereSet(name: string): IDisplayOptions {
	return { show: { [name]: [{ _cnd: { exists: true } }] } };
}

/**
 * Hides a parameter in the editor while an option in a collection is true; an expression hides nothing.
 * When the node runs, n8n still hands over what stands there.
 *
 * @param path of the option, such as `options.internal`
 */
export function hiddenWhere(path: string): IDisplayOptions {
	return { hide: { [`/${path}`]: [true] } };
}
