import type { Json } from '../common/json';
import { shorten } from '../common/shorten';

const MAX_LENGTH = 300;
/** The deepest that is known, a list of objects, has two. */
const MAX_DEPTH = 8;

/**
 * Instaply's own sentence about an error. The document names `developerMessage` alone; every other
 * place is assumed.
 *
 * @returns undefined when the content has none that a person can read, such as a web page
 */
export function messageIn(content: Json): string | undefined {
	const message = sentenceIn(content, MAX_DEPTH)?.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
	return message ? shorten(message, MAX_LENGTH) : undefined;
}

/** The same as an addition to our own words; empty when there is none. */
export function quoted(content: Json): string {
	const message = messageIn(content);
	return message === undefined ? '' : ` Instaply says: “${message}”.`;
}

function sentenceIn(content: Json | undefined, depth: number): string | undefined {
	if (typeof content === 'string') return isForPeople(content) ? content : undefined;
	if (typeof content !== 'object' || content === null || depth === 0) return undefined;
	if (Array.isArray(content)) return sentenceIn(content[0], depth - 1);
	for (const key of ['developerMessage', 'message', 'error', 'errors']) {
		const sentence = sentenceIn(content[key], depth - 1);
		if (sentence) return sentence;
	}
	return undefined;
}

/** Not a web page, and not JSON that was cut off or is nested too deep to be read. */
function isForPeople(text: string): boolean {
	return !/<[a-z!/]|^\s*(?:\{|\[\s*["[{])/i.test(text);
}
