/**
 * Reads an ID, which is a number in some places of Instaply and a string in others.
 *
 * @returns undefined when there is none, or a number too large to be exact, which would name
 * something else
 */
export function readId(value: unknown): string | undefined {
	if (typeof value === 'string') return value === '' ? undefined : value;
	return Number.isSafeInteger(value) ? String(value) : undefined;
}
