/** A text without the slashes at its end. A pattern such as `\/+$` would try again from every slash. */
export function withoutFinalSlashes(text: string): string {
	let end = text.length;
	while (end > 0 && text[end - 1] === '/') end -= 1;
	return text.slice(0, end);
}
