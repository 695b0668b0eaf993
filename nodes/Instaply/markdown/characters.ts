/*
 * Whole characters of a text: some are two units long.
 */

/** Empty at the end of the text. */
export function characterAt(text: string, index: number): string {
	const [character = ''] = text.slice(index, index + 2);
	return character;
}

/** Empty at the beginning of the text. */
export function characterBefore(text: string, index: number = text.length): string {
	return [...text.slice(Math.max(0, index - 2), index)].at(-1) ?? '';
}
