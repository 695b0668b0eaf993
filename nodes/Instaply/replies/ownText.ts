import { foldSpelling } from '../common/spelling';
import {
	CLOSINGS,
	DEVICE,
	GET_OUTLOOK,
	HEADERS,
	INTRODUCTIONS,
	INTRODUCTORY,
	POSTSCRIPT,
	SENT_FROM,
	SEPARATORS,
	THANKS,
} from './emailWords';

/** No line that is recognized here has more characters. What is longer is text. */
const MAX_LENGTH = 300;

/** Of a reply that has more lines of its own, nothing is cut. */
const MAX_LINES = 200;

/**
 * Of an e-mail, what its writer typed: without quotes, a signature, and the lines in which a phone or a
 * program names itself. Only what is surely not the reply is cut: a customer whose reply is not
 * understood is asked again, one whose reply is misunderstood is not.
 *
 * @returns the whole text when nothing would be left of it
 */
export function ownText(email: string): string {
	const lines = email.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
	const unquoted = withoutQuotes(lines);
	if (unquoted.length > MAX_LINES) return email;
	const own = withoutThanks(withoutSignature(unquoted).filter((line) => !namesDevice(line)));
	return own.length === 0 ? email : own.join('\n');
}

/** Without the lines that quote another message, and what introduces them. Ends above `MAX_LINES`. */
function withoutQuotes(lines: string[]): string[] {
	const own: string[] = [];
	for (let index = 0; index < lines.length && own.length <= MAX_LINES; index += 1) {
		const line = lines[index] ?? '';
		if (isQuoted(line)) continue;
		if (isSeparator(line) || beginsHeaders(lines.slice(index, index + 8))) break;
		const introduction = introductionIn(lines.slice(index, index + 3));
		if (introduction === 0) {
			own.push(line);
			continue;
		}
		index += introduction - 1;
		// Without a mark on each line, there is no telling where the quote ends.
		if (!isQuoted(lines[index + 1] ?? '')) break;
	}
	return own;
}

function isQuoted(line: string): boolean {
	return line.trimStart().startsWith('>');
}

/** A rule of underscores, or `-----Original Message-----`. */
function isSeparator(line: string): boolean {
	const text = line.trim();
	if (text.startsWith('__________')) return /^_+$/.test(text);
	return text.startsWith('--') && text.endsWith('--') && SEPARATORS.has(fold(text));
}

/** Outlook repeats the headers of the message that it quotes. */
function beginsHeaders([from = '', ...below]: string[]): boolean {
	if (!HEADERS.from.test(fold(from))) return false;
	const isSent = below.slice(0, 2).some((line) => HEADERS.sent.test(fold(line)));
	return isSent && below.some((line) => HEADERS.subject.test(fold(line)));
}

/**
 * How many of these lines say who wrote the quote below, and when; 0 when the first does not begin
 * that. Programs break it when it is long.
 */
function introductionIn([first = '', ...others]: string[]): number {
	if (!mayIntroduce(first)) return 0;
	// When a later line may begin it as well, the first is of the reply.
	const next = others.findIndex(mayIntroduce);
	const lines = [first, ...(next === -1 ? others : others.slice(0, next))];
	const count = lines.findIndex((line) => line.trimEnd().endsWith(':')) + 1;
	return introduces(lines.slice(0, count)) ? count : 0;
}

const YEAR = /\b20\d\d/;

function mayIntroduce(line: string): boolean {
	const text = fold(line);
	return YEAR.test(text) || INTRODUCTORY.test(text);
}

function introduces(lines: string[]): boolean {
	const text = fold(lines.join(' '));
	if (INTRODUCTIONS.some((pattern) => pattern.test(text)) && /\d/.test(text)) return true;
	// In any language, as most programs write it.
	return YEAR.test(text) && /\d[:.h]\d\d/.test(text) && text.includes('@');
}

function withoutSignature(lines: string[]): string[] {
	// A postscript belongs to the reply, and so does what is above it.
	const postscript = lines.findLastIndex((line) => POSTSCRIPT.test(fold(line)));
	const start = lines.findIndex(
		(line, index) => index > postscript && (line.trim() === '--' || isClosing(line)),
	);
	return start === -1 ? lines : lines.slice(0, start);
}

const MAX_WORDS = 5;

/** A closing, perhaps with a name behind it. */
function isClosing(line: string): boolean {
	if (line.length > MAX_LENGTH) return false;
	const words = line.trim().split(/\s+/);
	return words.slice(0, MAX_WORDS).some((_, index) => {
		const [closing, name] = [words.slice(0, index + 1), words.slice(index + 1)];
		return CLOSINGS.has(fold(closing.join(' '))) && (name.length === 0 || isName(name.join(' ')));
	});
}

/** Without thanks at the end, and a name below them. Without the comma, it could be any word. */
function withoutThanks(lines: string[]): string[] {
	const start = lines.findLastIndex((line) => THANKS.has(fold(line)));
	if (start === -1) return lines;
	const names = lines.slice(start + 1);
	const isEnd =
		names.length === 0 ||
		(names.length <= 2 && names.every(isName) && lines[start]?.trimEnd().endsWith(','));
	return isEnd ? lines.slice(0, start) : lines;
}

/** A few words in upper case. */
function isName(text: string): boolean {
	return text.length <= 60 && /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}$/u.test(text.trim());
}

/** `Sent from my iPhone`, `Get Outlook for iOS`. */
function namesDevice(line: string): boolean {
	const text = fold(line);
	return GET_OUTLOOK.test(text) || (SENT_FROM.test(text) && DEVICE.test(text));
}

function fold(line: string): string {
	return line.length > MAX_LENGTH ? '' : foldSpelling(line);
}
