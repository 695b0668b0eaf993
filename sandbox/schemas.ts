import type { FastifySchemaValidationError } from 'fastify/types/schema';
// Types alone: Jest cannot load this package, which is made of ES modules only.
import type { XStatic } from 'typebox/schema' with { 'resolution-mode': 'import' };

/** The type of the values that a JSON schema accepts. */
export type Static<Schema> = XStatic<Schema>;

/** A JSON object with exactly these properties, of which the named ones are required. */
export function strictObject<
	const Properties extends Record<string, object>,
	const Required extends ReadonlyArray<keyof Properties & string>,
>(properties: Properties, ...required: Required) {
	return { type: 'object', properties, required, additionalProperties: false } as const;
}

/** A string out of a closed list. */
export function oneOfWords<const Words extends readonly string[]>(words: Words) {
	return { type: 'string', enum: words } as const;
}

export const boolean = { type: 'boolean' } as const;

/** A string of at least one character. */
export const nonEmptyString = { type: 'string', minLength: 1 } as const;

/** An http or https URL; Instaply's document shows https, local receivers need http. */
export const httpUrl = { type: 'string', format: 'uri', pattern: '^https?://' } as const;

/** The schema of a request without a query. */
export const noQuery = { querystring: strictObject({}) };

/** The schema of a GET with this query. */
export function query<Schema extends object>(schema: Schema) {
	return { querystring: schema };
}

/** The schema of a POST with this body and no query. */
export function body<Schema extends object>(schema: Schema) {
	return { body: schema, ...noQuery };
}

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
