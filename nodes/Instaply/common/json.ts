/** What JSON text can hold. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/**
 * Reads JSON. An integer that a number cannot hold exactly, such as a long ID, is given as text with
 * all of its digits: rounded, it would be another one.
 *
 * @returns undefined when the text is not JSON
 */
export function parseJson(text: string): Json | undefined {
	try {
		const content: Json = JSON.parse(text);
		return mayBeRounded(text) ? JSON.parse(quoteInexactIntegers(text)) : content;
	} catch {
		return undefined;
	}
}

/**
 * Tells whether JSON may hold an integer that a number cannot hold exactly: those have 16 digits. Within
 * a string, digits rarely begin after one of these characters; but any long list of secrets has 16 of
 * them in a row.
 */
export function mayBeRounded(json: string): boolean {
	return /(?:^|[[,:\s-])\d{16}/.test(json);
}

/**
 * Without an expression that matches strings: in a long one, it would exhaust the stack.
 *
 * @param json has to be valid
 */
function quoteInexactIntegers(json: string): string {
	const parts: string[] = [];
	let start = 0;
	for (let open = json.indexOf('"'); open !== -1; open = json.indexOf('"', start)) {
		const end = endOfString(json, open);
		parts.push(quoteIn(json.slice(start, open)), json.slice(open, end));
		start = end;
	}
	parts.push(quoteIn(json.slice(start)));
	return parts.join('');
}

/** @param json without strings */
function quoteIn(json: string): string {
	return json.replace(/-?\d[\d.eE+-]*/g, (number) => (isInexact(number) ? `"${number}"` : number));
}

function isInexact(number: string): boolean {
	return /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}

/** The index behind the closing quote. */
function endOfString(json: string, open: number): number {
	let close = json.indexOf('"', open + 1);
	while (isEscaped(json, close)) close = json.indexOf('"', close + 1);
	return close + 1;
}

/** A quote is escaped by an odd number of backslashes: in pairs, they escape each other. */
function isEscaped(json: string, quote: number): boolean {
	let first = quote;
	while (json[first - 1] === '\\') first -= 1;
	return (quote - first) % 2 === 1;
}

/**
 * Tells objects from arrays, null and plain values. For what came as JSON, such as a body or what
 * n8n has stored: the fields are taken for JSON unchecked.
 */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
