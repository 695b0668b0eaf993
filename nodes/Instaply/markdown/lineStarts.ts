/*
 * What the beginning of a line says, without its indentation. Each looks at the line once.
 */

/** A fence around code: its character, its length. */
export interface Fence {
	character: string;
	length: number;
}

/** @returns undefined when the line opens no code */
export function openingFence(line: string): Fence | undefined {
	const [run = ''] = /^(?:`{3,}|~{3,})/.exec(line) ?? [];
	const [character] = run;
	if (character === undefined) return undefined;
	return character === '`' && line.includes('`', run.length)
		? undefined
		: { character, length: run.length };
}

export function closesFence(line: string, { character, length }: Fence): boolean {
	const run = line.trimEnd();
	return run.length >= length && isRunOf(character, run);
}

/** The text of a heading that begins with `#`. @returns undefined when the line is none, or is empty */
export function headingText(line: string): string | undefined {
	const [opening] = /^#{1,6}[ \t]/.exec(line) ?? [];
	if (opening === undefined) return undefined;
	const text = line.slice(opening.length).trim();
	let end = text.length;
	while (text[end - 1] === '#') end -= 1;
	// At the end they count when a space is before them.
	const isClosed = end === 0 || text[end - 1] === ' ' || text[end - 1] === '\t';
	return (isClosed ? text.slice(0, end).trim() : text) || undefined;
}

export function isEmptyHeading(line: string): boolean {
	return /^#{1,6}(?:[ \t]|$)/.test(line) && headingText(line) === undefined;
}

/**
 * A line of at least three `=` or `-`, which makes a heading of the line above. CommonMark lets one do,
 * but people write `--` above their names.
 */
export function isUnderline(line: string): boolean {
	const run = line.trimEnd();
	return run.length >= 3 && (isRunOf('=', run) || isRunOf('-', run));
}

/** Three or more of `*`, `-` or `_`, with or without spaces. */
export function isRule(line: string): boolean {
	const [character = ''] = line;
	if (!'*-_'.includes(character)) return false;
	const run = line.replace(/[ \t]/g, '');
	return run.length >= 3 && isRunOf(character, run);
}

/** The marker of a list's item. */
export interface Marker {
	length: number;
	/** Whether it may end a paragraph: a year at the beginning of a line begins no list. */
	mayInterrupt: boolean;
}

/** @returns undefined when the line begins no item */
export function itemMarker(line: string): Marker | undefined {
	const [, marker, number] = /^([-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(line) ?? [];
	if (marker === undefined) return undefined;
	const isEmpty = line.slice(marker.length).trim() === '';
	return {
		length: marker.length,
		mayInterrupt: !isEmpty && (number === undefined || Number(number) === 1),
	};
}

function isRunOf(character: string, text: string): boolean {
	for (const other of text) if (other !== character) return false;
	return true;
}
