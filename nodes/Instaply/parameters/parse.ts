import type { ExtraHeader } from '../api/types';
import { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';
import { describeValue } from './describeValue';

/**
 * Turns the value of a parameter into what an operation needs. An expression can give anything.
 *
 * @param label the parameter's display name
 * @throws InstaplyError when the value is unusable
 */
export type Parse<T> = (value: unknown, label: string) => T;

/** Longer than any ID, so that no page of text is taken for one. */
const MAX_ID_LENGTH = 200;

/** What could change a path, and what nobody sees: control characters, line breaks, zero width. */
const UNSAFE_IN_PATH = /[/\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^\.{1,2}$/u;

/**
 * A number or a string. Instaply is given a string. No document says what its IDs look like, so all
 * that is safe in a path is one.
 */
export const id: Parse<string> = (value, label) => {
	if (isBlank(value)) throw missing(label);
	const refuse = (rule: string) => unusable(label, rule, describeValue(value));
	if (Number.isSafeInteger(value)) return String(value);
	if (Number.isInteger(value)) {
		throw refuse(
			'The number is too long to be exact, so it may be another one by now. Hand it over as text: where it comes from, it needs quotation marks.',
		);
	}
	if (typeof value !== 'string') {
		throw refuse('It has to be a whole number or a text, for example 123456.');
	}
	const text = value.trim();
	if (text.includes(AN_OBJECT)) throw unusable(label, GIVES_AN_OBJECT);
	if (text.includes('{{')) {
		throw refuse('It holds an expression that was not filled in. Set this field to Expression.');
	}
	if (text.length > MAX_ID_LENGTH) {
		throw refuse(`An ID has at most ${MAX_ID_LENGTH} characters.`);
	}
	if (UNSAFE_IN_PATH.test(text)) {
		throw refuse('An ID has no slashes, no line breaks and no invisible characters.');
	}
	return text;
};

/** An object inside a text expression becomes this. No customer should read it. */
const AN_OBJECT = '[object Object]';
const GIVES_AN_OBJECT = 'An expression in it gives an object: choose one of its fields.';

/** Text that is not blank. It stays as it is, with the spaces at its ends. */
export const text: Parse<string> = (value, label) => {
	if (isBlank(value)) throw missing(label);
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') {
		throw unusable(label, 'It has to be text.', describeValue(value));
	}
	if (value.includes(AN_OBJECT)) throw unusable(label, GIVES_AN_OBJECT);
	return value;
};

/** For a value that may be left out: undefined when blank. */
export const optional =
	<T>(parse: Parse<T>): Parse<T | undefined> =>
	(value, label) =>
		isBlank(value) ? undefined : parse(value, label);

/** Text without the spaces at its ends. */
export const trimmedText: Parse<string> = (value, label) => text(value, label).trim();

export const boolean: Parse<boolean> = (value, label) => {
	const choice = asChoice(value);
	if (choice === true || choice === 'true') return true;
	if (choice === false || choice === 'false') return false;
	throw unusable(label, 'It has to be true or false.', describeValue(value));
};

export const integerFrom1To =
	(max: number): Parse<number> =>
	(value, label) => {
		const number = asNumber(value);
		if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1 || number > max) {
			const range = max === Number.MAX_SAFE_INTEGER ? '1 or more' : `from 1 to ${max}`;
			throw unusable(label, `It has to be a whole number, ${range}.`, describeValue(value));
		}
		return number;
	};

export const positiveInteger = integerFrom1To(Number.MAX_SAFE_INTEGER);

export const positiveNumber: Parse<number> = (value, label) => {
	const number = asNumber(value);
	if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number;
	throw unusable(label, 'It has to be a number greater than 0.', describeValue(value));
};

/** A web address that Instaply can call. */
export const url: Parse<string> = (value, label) => {
	const address = text(value, label).trim();
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
		throw unusable(
			label,
			'It has to be a complete web address, for example https://example.com/hook.',
			describeValue(withoutSecrets(address)),
		);
	}
	return address;
};

/** An address up to its query and without a password. */
function withoutSecrets(address: string): string {
	const [beforeQuery = ''] = address.split(/[?#]/, 1);
	return beforeQuery.slice(beforeQuery.lastIndexOf('@') + 1);
}

/** The longest address that can be written to (RFC 5321). */
const MAX_EMAIL_LENGTH = 254;

/** A loose check: something, an @, something with a dot in it. */
function isEmail(address: string): boolean {
	if (address.length > MAX_EMAIL_LENGTH || /\s/.test(address)) return false;
	const [name, domain = '', ...more] = address.split('@');
	return name !== '' && domain.slice(1, -1).includes('.') && more.length === 0;
}

export const email: Parse<string> = (value, label) => {
	const address = trimmedText(value, label);
	if (!isEmail(address)) {
		throw unusable(
			label,
			'It has to be an e-mail address, for example name@example.com.',
			describeValue(value),
		);
	}
	return address;
};

/** One of a closed list. Case and surrounding spaces do not matter. */
export const oneOf =
	<T extends string>(choices: readonly T[]): Parse<T> =>
	(value, label) => {
		const wanted = asChoice(value);
		const choice = choices.find((known) => known.toLowerCase() === wanted);
		if (choice !== undefined) return choice;
		throw unusable(label, `It has to be one of: ${choices.join(', ')}.`, describeValue(value));
	};

/** At least one of a closed list, without repetition: a list or a comma-separated text. */
export const someOf =
	<T extends string>(choices: readonly T[]): Parse<T[]> =>
	(value, label) => {
		const list = asList(value) ?? [];
		if (list.length === 0) throw missing(label);
		return [...new Set(list.map((entry) => oneOf(choices)(entry, label)))];
	};

/** A list of texts, or a comma-separated text. It may be empty. */
export const textList: Parse<string[]> = (value, label) =>
	entriesOf(value).map((entry) => text(entry, label).trim());

/** Commas of all scripts, and what people put in their place. */
const BETWEEN_PHRASES = /[,;|\r\n\u060c\u061b\u3001\uff0c\uff1b]/;

/** Each of them is looked for in every message. */
const MAX_PHRASES = 200;
const MAX_PHRASE_LENGTH = 200;

/** A list of words or phrases, or a text with commas between them. It may be empty. */
export const phraseList: Parse<string[]> = (value, label) => {
	const phrases = textList(typeof value === 'string' ? value.split(BETWEEN_PHRASES) : value, label);
	if (phrases.length > MAX_PHRASES) {
		throw unusable(
			label,
			`It can have up to ${MAX_PHRASES} words or phrases.`,
			`It has ${phrases.length}.`,
		);
	}
	const long = phrases.find(({ length }) => length > MAX_PHRASE_LENGTH);
	if (long === undefined) return phrases;
	throw unusable(
		label,
		`A word or phrase can have up to ${MAX_PHRASE_LENGTH} characters. Put commas between them.`,
		describeValue(long),
	);
};

/** What people put between IDs in place of a comma. */
const WRONG_SEPARATOR = /[\s;|\u060c\u061b\u3001\uff0c\uff1b]/;

/** A list of IDs, or a comma-separated text. It may be empty. */
export const idList: Parse<string[]> = (value, label) =>
	entriesOf(value).map((entry) => {
		if (typeof entry === 'string' && WRONG_SEPARATOR.test(entry.trim())) {
			throw unusable(label, 'Put commas between the IDs.', describeValue(entry));
		}
		return id(entry, label);
	});

/** The characters that HTTP allows in a header's name and in its value. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * n8n's fixed collection `{ header: [{ name, value }] }`, or a list from an expression. What is refused
 * is not shown: it is a secret, or a name into which the secret was pasted as well.
 */
export const extraHeaders: Parse<ExtraHeader[]> = (value, label) => {
	const rows = isJsonObject(value) && !('name' in value) ? (value.header ?? []) : value;
	if (!Array.isArray(rows)) throw unusable(label, 'It has to be a list of names and values.');
	return rows.map((row: unknown) => {
		if (!isJsonObject(row)) throw unusable(label, 'Each header needs a name and a value.');
		const name = text(row.name, `${label} > Name`).trim();
		const content = text(row.value, `${label} > Value`);
		if (!HEADER_NAME.test(name)) {
			throw unusable(`${label} > Name`, 'A header name has no spaces, for example X-Api-Key.');
		}
		if (!HEADER_VALUE.test(content)) {
			throw unusable(`${label} > Value`, 'A header value is one line of plain characters.');
		}
		return { name, value: content };
	});
};

/** The entries of a list, or of a comma-separated text, that are not blank. */
function entriesOf(value: unknown): unknown[] {
	return (asList(value) ?? [value]).filter((entry) => !isBlank(entry));
}

/** @returns undefined for what is neither a comma-separated text nor a list */
function asList(value: unknown): unknown[] | undefined {
	if (typeof value === 'string') return value.split(',');
	return Array.isArray(value) ? value : undefined;
}

/** Turns text that is a number into one. */
function asNumber(value: unknown): unknown {
	return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

/** A choice without what does not matter of it: case and surrounding spaces. */
function asChoice(value: unknown): unknown {
	return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

/** Nothing that anybody sees: spaces, zero width, fillers such as the blank of Braille. */
const INVISIBLE = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** What an expression gives when it finds nothing: null, '', 'undefined', only spaces. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		Number.isNaN(value) ||
		(typeof value === 'string' &&
			(INVISIBLE.test(value) || /^(?:undefined|null|NaN)$/.test(value.trim())))
	);
}

/**
 * For a value that is empty.
 *
 * @param description what to do about it, if there is more to say than to fill it in
 */
export function missing(
	label: string,
	description = `Fill in '${label}'. If it is an expression, it gave nothing for this item.`,
): InstaplyError {
	return new InstaplyError(`'${label}' is empty`, { description });
}

/**
 * For a value that is of no use.
 *
 * @param rule what a value has to be, for people who do not program
 * @param description what the value is, in a sentence; left out for secrets
 */
export function unusable(label: string, rule: string, description?: string): InstaplyError {
	return new InstaplyError(`'${label}' cannot be used as it is`, {
		description: description === undefined ? rule : `${description} ${rule}`,
	});
}
