import type { Json } from '../common/json';

/**
 * Cuts a secret out of what a response holds.
 *
 * @param content as it was read, nested no deeper than `isShallow` allows
 * @param body of which it was read
 */
export type Redaction = (content: Json, body: string) => Json;

const IN_ITS_PLACE = '…';

/** A shorter token would tear holes into what has nothing to do with it. */
const MIN_TOKEN_LENGTH = 4;

/** What all but the plain spelling of a token begins with, at some character. */
const ESCAPES = /[\\%&]/;

/** Cuts a token out in whatever spelling: of texts, of names of fields, and of numbers that equal it. */
export function tokenRedaction(token: string): Redaction {
	if (token.length < MIN_TOKEN_LENGTH) return (content) => content;
	let spellings: RegExp[] | undefined;
	return (content, body) => {
		if (!body.includes(token) && !ESCAPES.test(body)) return content;
		spellings ??= spellingsOf(token);
		return withoutToken(content, token, spellings);
	};
}

function withoutToken(content: Json, token: string, spellings: RegExp[]): Json {
	const redact = (value: Json): Json => {
		if (typeof value === 'string') return cut(value, spellings);
		if (typeof value === 'number') return String(value) === token ? IN_ITS_PLACE : value;
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) return value.map(redact);
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [cut(key, spellings), redact(entry)]),
		);
	};
	return redact(content);
}

function cut(text: string, [first, ...others]: RegExp[]): string {
	if (first === undefined) return text;
	const parts: string[] = [];
	let from = 0;
	first.lastIndex = 0;
	for (let found = first.exec(text); found !== null; found = first.exec(text)) {
		const end = endOf(text, first.lastIndex, others);
		if (end === undefined) {
			first.lastIndex = found.index + 1;
			continue;
		}
		parts.push(text.slice(from, found.index), IN_ITS_PLACE);
		from = end;
		first.lastIndex = end;
	}
	return parts.join('') + text.slice(from);
}

/**
 * @param others the patterns behind the first one, each of which begins where the one before it ends
 * @returns undefined when one of them does not match
 */
function endOf(text: string, start: number, others: RegExp[]): number | undefined {
	let end = start;
	for (const pattern of others) {
		pattern.lastIndex = end;
		if (!pattern.test(text)) return undefined;
		end = pattern.lastIndex;
	}
	return end;
}

/**
 * The patterns of a token as JSON, JSON within JSON, URLs and HTML spell it, which may change from one
 * character to the next: each is for a piece of the token. One pattern for all of a token of 2,000
 * characters takes up to 2 seconds to compile, and one of 4,000 more stack than there is, where the
 * message of the error has the token in it (Node.js 20 and 24). Node.js compiles a pattern when it is
 * first used: mostly, that is the first one alone.
 *
 * Every repetition is bounded and no two compete for the same characters, so that a search costs no
 * more than what it goes through is long.
 */
function spellingsOf(token: string): RegExp[] {
	const parts = token.match(/\\+|[^\\]/gu) ?? [];
	const pieces: string[] = [''];
	let length = 0;
	parts.forEach((part, index) => {
		pieces.push((pieces.pop() ?? '') + spellingsOfPart(part, parts[index - 1]));
		length += 1;
		if (length < PIECE_LENGTH || BEGINS_A_SPELLING.test(part)) return;
		pieces.push('');
		length = 0;
	});
	return pieces.map((piece, index) => new RegExp(piece, index === 0 ? 'g' : 'y'));
}

/** In characters. As long as most tokens are. */
const PIECE_LENGTH = 32;

/**
 * Of these, one spelling begins with another one: only what comes behind it shows which one it is. No
 * piece ends with them.
 */
const BEGINS_A_SPELLING = /^[\\ux%&]/;

/** @param before the part before it */
function spellingsOfPart(part: string, before: string | undefined): string {
	if (part.startsWith('\\')) return `${spellingsOfCharacter('\\', ['', ''])}{1,64}`;
	// Those before it have taken its own backslashes, too.
	const isEscaped = before?.startsWith('\\') ?? false;
	return spellingsOfCharacter(part, isEscaped ? ['', ''] : ['\\\\{0,7}', '\\\\{1,7}']);
}

/** @param backslashes before the character itself, and before its number */
function spellingsOfCharacter(character: string, backslashes: [string, string]): string {
	const [before, beforeNumber] = backslashes;
	const number = character.codePointAt(0) ?? 0;
	const units = character.split('').map((unit) => unit.charCodeAt(0));
	const bytes = [...new TextEncoder().encode(character)];
	const spellings = [
		before + units.map((unit) => `\\u${hex(unit, 4)}`).join(''),
		units.map((unit) => `${beforeNumber}u${anyCase(hex(unit, 4))}`).join(''),
		...(number < 0x100 ? [`${beforeNumber}x${anyCase(hex(number, 2))}`] : []),
		bytes.map((byte) => `%(?:25){0,2}${anyCase(hex(byte, 2))}`).join(''),
		`&(?:amp;){0,2}#(?:0{0,6}${number}|[xX]0{0,6}${anyCase(hex(number))});`,
		// Whichever: with all other characters of a token around it, it is the right one.
		...(/[a-z0-9]/i.test(character) ? [] : ['&(?:amp;){0,2}[a-zA-Z]{2,8};']),
	];
	return `(?:${spellings.join('|')})`;
}

function hex(number: number, length = 1): string {
	return number.toString(16).padStart(length, '0');
}

function anyCase(digits: string): string {
	return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
