/** What JSON text can hold. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** @returns undefined when the text is not JSON */
export function parseJson(text: string): Json | undefined {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Tells objects from arrays, null and plain values. For what came as JSON, such as a body or what
 * n8n has stored: the fields are taken for JSON unchecked.
 */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
