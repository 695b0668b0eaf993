/** What is behind the text of a link. */
export interface LinkTarget {
	address: string;
	/** The index behind the closing parenthesis. */
	end: number;
}

/** Longer than any address that people write. */
const MAX_LENGTH = 4_000;
const MAX_PARENTHESES = 32;

/**
 * Reads `(address "title")`. What is in parentheses behind brackets, but is no address, is not meant
 * as a link: `prices[0](net)`.
 *
 * @param start the index of the parenthesis
 * @returns undefined when there is none
 */
export function linkTarget(text: string, start: number): LinkTarget | undefined {
	if (text[start] !== '(') return undefined;
	const limited = text.slice(start, start + MAX_LENGTH);
	let index = skipSpaces(limited, 1);
	const address = addressAt(limited, index);
	if (address === undefined) return undefined;
	index = skipSpaces(limited, address.end);
	if (limited[index] !== ')') {
		const end = index === address.end ? undefined : titleEnd(limited, index);
		if (end === undefined) return undefined;
		index = skipSpaces(limited, end);
	}
	if (limited[index] !== ')' || !isAddress(address.text)) return undefined;
	return { address: unescaped(address.text), end: start + index + 1 };
}

function skipSpaces(text: string, start: number): number {
	let index = start;
	while (/[ \t\n]/.test(text[index] ?? '')) index += 1;
	return index;
}

function addressAt(text: string, start: number): { text: string; end: number } | undefined {
	const isBracketed = text[start] === '<';
	let index = isBracketed ? start + 1 : start;
	for (let depth = 0; index < text.length; index += 1) {
		const character = text.charAt(index);
		if (character === '\\') index += 1;
		else if (isBracketed) {
			if (character === '>') return { text: text.slice(start + 1, index), end: index + 1 };
			if (character === '<' || character === '\n') return undefined;
		} else if (character === '(') {
			depth += 1;
			if (depth > MAX_PARENTHESES) return undefined;
		} else if (character === ')') {
			if (depth === 0) break;
			depth -= 1;
		} else if (character === '<' || /[\s\p{Cc}]/u.test(character)) {
			if (depth > 0 || character === '<') return undefined;
			break;
		}
	}
	return isBracketed ? undefined : { text: text.slice(start, index), end: index };
}

/** @returns the index behind a title; undefined when there is none */
function titleEnd(text: string, start: number): number | undefined {
	const opening = text.charAt(start);
	const closing = { '"': '"', "'": "'", '(': ')' }[opening];
	if (closing === undefined) return undefined;
	for (let index = start + 1; index < text.length; index += 1) {
		const character = text[index];
		if (character === '\\') index += 1;
		else if (character === closing) return index + 1;
		else if (character === opening) return undefined;
	}
	return undefined;
}

/** With a scheme, a path, a part of a page, or a domain; or nothing. */
function isAddress(text: string): boolean {
	return text === '' || /^(?:[a-z][a-z0-9+.-]*:|[/#?.])|[./@]/i.test(text);
}

/** Without the backslashes before signs. */
export function unescaped(text: string): string {
	return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** What people add to addresses that are to be clicked, or leave out. */
const PRELUDE = /^(?:https?:\/\/|mailto:|tel:)?(?:www\.)?/i;

/** Tells whether a link has its address for a text, so that one of them is enough. */
export function isSameAddress(text: string, address: string): boolean {
	return text.length <= address.length + 1 && bare(text) === bare(address);
}

function bare(address: string): string {
	const text = address.trim().replace(PRELUDE, '').toLowerCase();
	return text.endsWith('/') ? text.slice(0, -1) : text;
}

/** As people read it: without what only a program needs. */
export function shownAddress(address: string): string {
	return address.replace(/^(?:mailto|tel):/i, '');
}
