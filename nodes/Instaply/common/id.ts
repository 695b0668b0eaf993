/**
 * IDs are numbers in some places of Instaply and strings in others. A number too large to be exact
 * would name something else.
 */
export function readId(value: unknown): string | undefined {
	if (typeof value === 'string') return value === '' ? undefined : value;
	return Number.isSafeInteger(value) ? String(value) : undefined;
}
