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
 * Hides a parameter while an option is true; an expression hides nothing.
 *
 * @param path of the option: `/options.internal` from the root of the node, which the editor alone looks
 * at, or `internal` for another option of the same collection
 */
export function hiddenWhere(path: string): IDisplayOptions {
	return { hide: { [path]: [true] } };
}
