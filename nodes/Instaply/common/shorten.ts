/** Ends a text that is longer with an ellipsis. Leaves no half of a character behind. */
export function shorten(text: string, maxLength: number): string {
	if (text.length <= maxLength) return text;
	return `${text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
