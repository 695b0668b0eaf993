/**
 * What a text says, read as one kind of thing: the thing; `none` when there is no such thing in it; and
 * `unclear` when there is something of that kind, but no telling what exactly. Nothing is guessed: a
 * customer can be asked again, and a wrong value is noticed too late.
 */
export type Reading<T> = { value: T } | 'none' | 'unclear';

/** The one that is said, perhaps several times. */
export function onlyOne<T>(values: T[]): Reading<T> {
	const [value, ...others] = new Set(values);
	if (value === undefined) return 'none';
	return others.length === 0 ? { value } : 'unclear';
}
