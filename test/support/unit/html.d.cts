/** What a parser of CommonMark makes of texts. HTML in them is shown as a text. */
export function htmlOf(texts: readonly string[]): string[];
