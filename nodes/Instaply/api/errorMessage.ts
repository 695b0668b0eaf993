import { parseJson, type Json } from '../common/json';

const MAX_LENGTH = 300;

/**
 * Instaply's own sentence about an error. The document names `developerMessage` alone; every other
 * place is assumed.
 *
 * @returns undefined when the body has none that a person can read, such as a web page
 */
export function messageInBody(body: string): string | undefined {
	const content = parseJson(body);
	const text = content === undefined ? plainText(body) : messageIn(content);
	const message = text?.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
	if (!message) return undefined;
	return message.length > MAX_LENGTH ? `${message.slice(0, MAX_LENGTH)}…` : message;
}

function messageIn(content: Json): string | undefined {
	if (typeof content === 'string') return plainText(content);
	if (Array.isArray(content)) return content[0] === undefined ? undefined : messageIn(content[0]);
	if (typeof content !== 'object' || content === null) return undefined;
	for (const key of ['developerMessage', 'message', 'error', 'errors']) {
		const value = content[key];
		const message = value === undefined ? undefined : messageIn(value);
		if (message) return message;
	}
	return undefined;
}

function plainText(text: string): string | undefined {
	const isHtml = /<[a-z!/]/i.test(text);
	return isHtml ? undefined : text;
}
