import type { ExtraHeader } from '../api/types';
import { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';

/**
 * Turns the value of a parameter into what an operation needs. An expression can give anything.
 *
 * @param label the parameter's display name
 * @throws InstaplyError when the value is unusable
 */
export type Parse<T> = (value: unknown, label: string) => T;

/** Instaply's IDs: numbers or words. Whatever could change a path is refused. */
const ID = /^[\w@:-][\w.@:-]*$/;

/** A number or a string. Instaply is given a string. */
export const id: Parse<string> = (value, label) => {
	if (isBlank(value)) throw missing(label);
	if (typeof value === 'number' ? !Number.isSafeInteger(value) : typeof value !== 'string') {
		throw unusable(label, 'It has to be a number or a text, for example 123456.');
	}
	const text = String(value).trim();
	if (!ID.test(text) || text.includes('..')) {
		throw unusable(label, 'An ID has only letters, digits, dashes and underscores.');
	}
	return text;
};

/** An object inside a text expression becomes this. No customer should read it. */
const AN_OBJECT = '[object Object]';

/** Text that is not blank. It stays as it is, with the spaces at its ends. */
export const text: Parse<string> = (value, label) => {
	if (isBlank(value)) throw missing(label);
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') throw unusable(label, 'It has to be text.');
	if (value.includes(AN_OBJECT)) {
		throw unusable(label, 'An expression in it gives an object: choose one of its fields.');
	}
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
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw unusable(label, 'It has to be true or false.');
};

export const integerFrom1To =
	(max: number): Parse<number> =>
	(value, label) => {
		const number = asNumber(value);
		if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1 || number > max) {
			const range = max === Number.MAX_SAFE_INTEGER ? '1 or more' : `from 1 to ${max}`;
			throw unusable(label, `It has to be a whole number, ${range}.`);
		}
		return number;
	};

export const positiveInteger = integerFrom1To(Number.MAX_SAFE_INTEGER);

export const positiveNumber: Parse<number> = (value, label) => {
	const number = asNumber(value);
	if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number;
	throw unusable(label, 'It has to be a number greater than 0.');
};

/** A web address that Instaply can call. */
export const url: Parse<string> = (value, label) => {
	const address = text(value, label).trim();
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
		throw unusable(
			label,
			'It has to be a complete web address, for example https://example.com/hook.',
		);
	}
	return address;
};

/** A loose check: something, an @, something with a dot. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const email: Parse<string> = (value, label) => {
	const address = trimmedText(value, label);
	if (!EMAIL.test(address)) {
		throw unusable(label, 'It has to be an e-mail address, for example name@example.com.');
	}
	return address;
};

/** E.164: a plus sign, the country code and the number, 15 digits at most. */
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;

/**
 * A phone number with its country code, in any common notation: `+1 (555) 123-4567`, `0033 6 12 ...`,
 * `+44 (0)20 ...`. A missing country code is never guessed.
 */
export const phoneNumber: Parse<string> = (value, label) => {
	const digits = trimmedText(value, label)
		.replace(/\(0\)|[\s().\-\u2010-\u2015/]/g, '')
		.replace(/^00/, '+');
	if (!PHONE_NUMBER.test(digits)) {
		throw unusable(
			label,
			'It has to begin with a plus sign and the country code, for example +15551234567.',
		);
	}
	return digits;
};

/** One of a closed list. Case and surrounding spaces do not matter. */
export const oneOf =
	<T extends string>(choices: readonly T[]): Parse<T> =>
	(value, label) => {
		const wanted = typeof value === 'string' ? value.trim().toLowerCase() : value;
		const choice = choices.find((known) => known.toLowerCase() === wanted);
		if (choice === undefined) throw unusable(label, `It has to be one of: ${choices.join(', ')}.`);
		return choice;
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
export const textList: Parse<string[]> = (value, label) => {
	const list = asList(value) ?? [value];
	return list.filter((entry) => !isBlank(entry)).map((entry) => text(entry, label).trim());
};

/** A list of IDs, or a comma-separated text. It may be empty. */
export const idList: Parse<string[]> = (value, label) =>
	textList(value, label).map((entry) => id(entry, label));

/** The characters that HTTP allows in a header's name and in its value. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** n8n's fixed collection `{ header: [{ name, value }] }`, or a list from an expression. */
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

/** @returns undefined for what is neither a comma-separated text nor a list */
function asList(value: unknown): unknown[] | undefined {
	if (typeof value === 'string') return value.split(',');
	return Array.isArray(value) ? value : undefined;
}

/** Turns text that is a number into one. */
function asNumber(value: unknown): unknown {
	return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

/** What an expression gives when it finds nothing: null, '', 'undefined', only spaces. */
function isBlank(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		Number.isNaN(value) ||
		(typeof value === 'string' && /^(undefined|null|NaN)?$/.test(value.trim()))
	);
}

/** For a value that is empty. */
export function missing(label: string): InstaplyError {
	return new InstaplyError(`'${label}' is empty`, {
		description: `Fill in '${label}'. If it is an expression, it gave nothing for this item.`,
	});
}

/** @param rule what a value has to be, for people who do not program */
export function unusable(label: string, rule: string): InstaplyError {
	return new InstaplyError(`'${label}' cannot be used as it is`, { description: rule });
}
