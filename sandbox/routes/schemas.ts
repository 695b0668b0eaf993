import type { FastifySchemaValidationError } from 'fastify/types/schema';

type Properties = Record<string, object>;

/** A JSON object with exactly these properties: unknown ones are refused. */
export function strictObject(properties: Properties, required: string[] = [], more: object = {}) {
	return { type: 'object', properties, required, additionalProperties: false, ...more };
}

/** The schema of a GET: these query parameters, all required, and no others. */
export function query(...names: string[]) {
	const properties = Object.fromEntries(names.map((name) => [name, nonEmptyString]));
	return { querystring: strictObject(properties, names) };
}

/** The schema of a POST with this body and no query. */
export function body(schema: object) {
	return { body: schema, ...query() };
}

/** A string of at least one character. */
export const nonEmptyString = { type: 'string', minLength: 1 };

/** An http or https URL; Instaply's document shows https, local receivers need http. */
export const httpUrl = { type: 'string', format: 'uri', pattern: '^https?://' };

const RULES: Record<string, string> = {
	oneOf: 'Exactly one of text or contentSid must be provided',
	anyOf: 'At least one of email and phoneNumber must be provided',
};

/** One sentence for what is wrong with a request. */
export function validationSentence(errors: FastifySchemaValidationError[], part: string): Error {
	// The last error is the outermost: those before it are the alternatives that did not match,
	// unless all of them failed because it is not even an object.
	const outermost = errors.at(-1);
	const error =
		errors.find(
			({ keyword, instancePath }) => keyword === 'type' && instancePath === outermost?.instancePath,
		) ?? outermost;
	const where = `${part}${error?.instancePath.replace(/\//g, '.') ?? ''}`;
	const unknownField = error?.params.additionalProperty;
	if (typeof unknownField === 'string') {
		return new Error(`Unknown field "${unknownField}" in ${where}`);
	}
	return new Error(RULES[error?.keyword ?? ''] ?? `${where} ${error?.message ?? 'is not valid'}`);
}
