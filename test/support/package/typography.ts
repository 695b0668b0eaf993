const NO_BREAK = '\u00a0';

/**
 * Where a French text has a sign without its no-break space: before `: ; ! ?` and inside `« »`. Code,
 * addresses, and what is quoted as it stands on the screen have rules of their own.
 *
 * @returns the places, with what stands around them
 */
export function misspaced(text: string): string[] {
	const prose = text
		.replace(/^(```|~~~)[\s\S]*?^\s*\1/gm, '')
		.replace(/`[^`]*`/g, 'code')
		.replace(/\{\{.*?\}\}/g, 'code')
		.replace(/\]\([^)]*\)/g, ']')
		.replace(/(?<=[ (])"[^"\n]*"|_[^_\n]+_/g, 'a quotation')
		.replace(/https?:[^\s)]*/g, 'address')
		.replace(/^\|[ :|-]+\|$/gm, '');
	const missing = new RegExp(
		`[^${NO_BREAK}\\s?!.…][;!?](?!\\w)|[^${NO_BREAK}]»|«[^${NO_BREAK}]|[^${NO_BREAK}]:(?=[\\s*])| [;:!?]`,
		'g',
	);
	return [...prose.matchAll(missing)].map(({ index }) =>
		prose.slice(Math.max(0, index - 20), index + 5),
	);
}
