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
	let spellings: RegExp | undefined;
	return (content, body) => {
		if (!body.includes(token) && !ESCAPES.test(body)) return content;
		spellings ??= new RegExp(spellingsOf(token), 'g');
		return withoutToken(content, token, spellings);
	};
}

function withoutToken(content: Json, token: string, spellings: RegExp): Json {
	const cut = (text: string) => text.replace(spellings, IN_ITS_PLACE);
	const redact = (value: Json): Json => {
		if (typeof value === 'string') return cut(value);
		if (typeof value === 'number') return String(value) === token ? IN_ITS_PLACE : value;
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) return value.map(redact);
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [cut(key), redact(entry)]),
		);
	};
	return redact(content);
}

/**
 * The pattern of a text as JSON, JSON within JSON, URLs and HTML spell it, which may change from one
 * character to the next. Every repetition is bounded and no two compete for the same characters, so
 * that a search costs no more than what it goes through is long.
 */
function spellingsOf(text: string): string {
	const parts = text.match(/\\+|[^\\]/gu) ?? [];
	return parts
		.map((part, index) => {
			if (part.startsWith('\\')) return `${spellingsOfCharacter('\\', ['', ''])}{1,64}`;
			// Those before it have taken its own backslashes, too.
			const isEscaped = parts[index - 1]?.startsWith('\\') ?? false;
			return spellingsOfCharacter(part, isEscaped ? ['', ''] : ['\\\\{0,7}', '\\\\{1,7}']);
		})
		.join('');
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
