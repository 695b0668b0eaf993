import fc from 'fast-check';
import { parsePhoneNumber } from 'libphonenumber-js/max';
import type { IExecuteFunctions } from 'n8n-workflow';

import { resources } from '../../nodes/Instaply/operations';
import { describeValue } from '../../nodes/Instaply/parameters/describeValue';
import { readFields, type Field } from '../../nodes/Instaply/parameters/field';
import * as parse from '../../nodes/Instaply/parameters/parse';
import { phoneNumber } from '../../nodes/Instaply/parameters/phoneNumber';
import { readRunOptions } from '../../nodes/Instaply/parameters/runOptions';
import { waitOptions } from '../../nodes/Instaply/replies/options';
import { endOfWait, limitWaitTime } from '../../nodes/Instaply/replies/waitLimit';
import { triggerFields } from '../../nodes/Instaply/trigger/fields';
import { anyText, anyValue, textOf } from '../support/property/arbitraries';
import { unlessRefused } from '../support/property/refusal';
import { NODE } from '../support/unit/node';

/*
 * An expression can give anything. Whatever it gives is taken for what it is, or refused in words; a
 * value that is understood as another one reaches a customer.
 */

const LABEL = 'Some Field';
const CHOICES = ['messages', 'transfers'] as const;

const PARSES: Record<string, parse.Parse<unknown>> = {
	boolean: parse.boolean,
	email: parse.email,
	extraHeaders: parse.extraHeaders,
	id: parse.id,
	idList: parse.idList,
	integer: parse.integerFrom1To(20),
	oneOf: parse.oneOf(CHOICES),
	optional: parse.optional(parse.id),
	phoneNumber,
	phraseList: parse.phraseList,
	positiveInteger: parse.positiveInteger,
	positiveNumber: parse.positiveNumber,
	someOf: parse.someOf(CHOICES),
	text: parse.text,
	textList: parse.textList,
	trimmedText: parse.trimmedText,
	url: parse.url,
};

/** Close to what is accepted. */
const plausible = textOf([
	...['1', '123456', '+', '+33 6', '(0)', '.', '..', '/', '@', 'a@b.co', 'https://', 'example.com'],
	...[',', ';', ' ', '\n', 'true', 'messages', 'é', '{{', '\\', '-', '1e5', '0x1', '\u0000', ':'],
]);

describe.each(Object.entries(PARSES))('The parsing of %s', (name, read) => {
	const values = fc.oneof(anyValue, plausible, fc.array(fc.oneof(plausible, anyValue)));

	it('throws nothing but a refusal, and takes what it gives for the same again', () => {
		fc.assert(
			fc.property(values, (value) => {
				const once = unlessRefused(() => read(value, LABEL));
				if (once === undefined || once.value === undefined) return;
				// What is one text in a list may be several outside of it.
				const again =
					name === 'textList' || name === 'phraseList' ? [once.value].flat() : once.value;
				expect(read(again, LABEL)).toEqual(once.value);
			}),
		);
	});
});

describe('What is accepted is not changed:', () => {
	it('a text, to the letter', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, plausible), (value) => {
				const text = unlessRefused(() => parse.text(value, LABEL));
				if (text !== undefined) expect(text.value).toBe(value);
			}),
		);
	});

	it('an ID, which stays one segment of a path', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, plausible, fc.maxSafeInteger()), (value) => {
				const id = unlessRefused(() => parse.id(value, LABEL));
				if (id === undefined) return;
				expect(id.value).toBe(String(value).trim());
				const { pathname } = new URL(`https://a.b/c/${encodeURIComponent(id.value)}/d`);
				expect(pathname.split('/').map(decodeURIComponent)).toEqual(['', 'c', id.value, 'd']);
			}),
		);
	});

	it('a number of any size: it comes out as text with its digits, or is refused', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 2n ** 70n }), (digits) => {
				const id = unlessRefused(() => parse.id(Number(digits), LABEL));
				if (id !== undefined) expect(id.value).toBe(String(digits));
			}),
		);
	});

	it('a list of IDs, whether it comes as a list or with commas', () => {
		const ids = fc.array(fc.stringMatching(/^[\w-]{1,20}$/), { minLength: 1 });
		fc.assert(
			fc.property(ids, fc.constantFrom(',', ', ', ' ,\n'), (list, separator) => {
				const known = list.filter((id) => !parse.isBlank(id));
				expect(parse.idList(list, LABEL)).toEqual(known);
				expect(parse.idList(list.join(separator), LABEL)).toEqual(known);
			}),
		);
	});

	it('a phone number, of which no digit behind the country code is made up or moved', () => {
		fc.assert(
			fc.property(
				fc.oneof(plausible, fc.stringMatching(/^(\+|00)[1-9][\d ()./-]{5,20}$/)),
				(value) => {
					const number = unlessRefused(() => phoneNumber(value, LABEL));
					if (number === undefined) return;
					expect(number.value).toMatch(/^\+[1-9]\d{5,14}$/);
					const written = value.normalize('NFKC').replace(/\D/g, '').replace(/^00/, '');
					const kept = [...number.value.slice(1)];
					for (const digit of written) if (digit === kept[0]) kept.shift();
					expect({ value, notWritten: kept }).toEqual({ value, notWritten: [] });
				},
			),
		);
	});

	it('a phone number as libphonenumber writes it, internationally and in a link', () => {
		const digits = fc.stringMatching(/^(33[1-9]\d{8}|1[2-9]\d\d[2-9]\d{6}|4420\d{8}|39\d{9,10})$/);
		fc.assert(
			fc.property(digits, (all) => {
				const number = parsePhoneNumber(`+${all}`);
				if (!number.isValid()) return;
				for (const written of [number.formatInternational(), number.getURI(), number.number]) {
					expect(phoneNumber(written, LABEL)).toBe(number.number);
				}
			}),
		);
	});
});

it('No secret is in the words with which headers and addresses are refused', () => {
	const secret = fc.stringMatching(/^[a-z]{30}$/);
	const around = textOf(['https://', 'user:', '@', '?', '#', '/', ' ', '\n', 'é', ':'], 4);
	fc.assert(
		fc.property(secret, around, around, (hidden, before, after) => {
			const words = (work: () => unknown) => {
				try {
					work();
					return '';
				} catch (error) {
					return JSON.stringify([String(error), error]);
				}
			};
			const value = `${before}${hidden}${after}`;
			for (const row of [{ name: 'x', value }, { name: value, value: 'x' }, { name: value }]) {
				expect(words(() => parse.extraHeaders([row], LABEL))).not.toContain(hidden);
			}
			expect(words(() => parse.url(`ftp://a:${hidden}@b.c/?${hidden}`, LABEL))).not.toContain(
				hidden,
			);
		}),
	);
});

it('What describes a value is one short line, without a tag of HTML', () => {
	const tags = textOf(['<b>', '</b>', '<', '>', '\r\n', '\u2028', 'a', '\ud83d'], 60);
	fc.assert(
		fc.property(fc.oneof(anyValue, tags), (value) => {
			const description = describeValue(value);
			expect(description).not.toMatch(/[\r\n<>\p{Cs}]/u);
			expect(description.length).toBeLessThan(200);
		}),
	);
});

/** The parameters of a node: those that it has, with values that come close, or anything. */
const parametersWith = (fields: readonly { name: string; options?: unknown }[]) => {
	const nested = fc.dictionary(
		fc.constantFrom(
			...fields.flatMap(({ options }) => (Array.isArray(options) ? options : [])).map(nameOf),
			'values',
			'header',
			'reply',
		),
		fc.oneof(anyValue, plausible),
		{ noNullPrototype: true },
	);
	return fc.dictionary(
		fc.constantFrom(...fields.map(({ name }) => name), '__rl'),
		fc.oneof(anyValue, plausible, nested, fc.record({ mode: plausible, value: anyValue })),
		{ noNullPrototype: true },
	);
};

function nameOf(option: unknown): string {
	return typeof option === 'object' && option !== null && 'name' in option
		? String(option.name)
		: '';
}

/** All that is needed of a run before a call is made. */
const run: Partial<IExecuteFunctions> = {
	getNode: () => NODE,
	getExecuteData: () => ({ node: NODE, data: {}, source: null }),
	getParentNodes: () => [],
};
const context = run as IExecuteFunctions;

describe('Parameters of any kind are refused, or make a call:', () => {
	const operations = resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			name: `${resource.option.name} > ${operation.option.name}`,
			operation,
		})),
	);

	it.each(operations)('$name', ({ operation }) => {
		fc.assert(
			fc.property(parametersWith(operation.properties), (parameters) => {
				const read = (name: string) => parameters[name];
				const call = unlessRefused(() => operation.begin(context).prepare(read));
				if (call?.value.target !== undefined) expect(call.value.target.trim()).not.toBe('');
			}),
		);
	});

	it('the options of each run', () => {
		fc.assert(
			fc.property(anyValue, anyValue, (threads, timeout) => {
				const values: Record<string, unknown> = {
					'options.threadsAtATime': threads,
					'options.timeout': timeout,
				};
				const run = unlessRefused(() => readRunOptions((name) => values[name]));
				if (run === undefined) return;
				expect(run.value.timeoutMs).toBeGreaterThanOrEqual(1_000);
				expect(run.value.timeoutMs).toBeLessThanOrEqual(300_000);
			}),
		);
	});

	it('the trigger', () => {
		const fields: readonly Field[] = triggerFields;
		fc.assert(
			fc.property(parametersWith(fields.map(({ property }) => property)), (parameters) => {
				unlessRefused(() => readFields(fields, (name) => parameters[name]));
			}),
		);
	});

	it('how to wait for a reply', () => {
		fc.assert(
			fc.property(parametersWith([waitOptions.property]), (parameters) => {
				unlessRefused(() => waitOptions.value((name) => parameters[name]));
			}),
		);
	});
});

it('A wait ends in the future, within a year, or is refused', () => {
	const now = Date.UTC(2026, 2, 29, 1);
	const values = fc.record(
		{
			limitType: fc.oneof(fc.constantFrom('afterTimeInterval', 'atSpecifiedTime'), anyValue),
			resumeAmount: fc.oneof(fc.double(), fc.integer({ min: 1, max: 400 }), anyValue),
			resumeUnit: fc.oneof(fc.constantFrom('minutes', 'hours', 'days'), anyValue),
			maxDateAndTime: fc.oneof(
				anyValue,
				fc.date().map((date) => (Number.isNaN(Number(date)) ? '' : date.toISOString())),
				fc
					.integer({ min: now - 86_400_000, max: now + 400 * 86_400_000 })
					.map((time) => new Date(time).toISOString().slice(0, 16)),
			),
		},
		{ requiredKeys: [] },
	);
	const zones = fc.constantFrom('UTC', 'Europe/Paris', 'America/New_York', 'Asia/Kolkata');
	fc.assert(
		fc.property(values, zones, (given, zone) => {
			const end = unlessRefused(() =>
				endOfWait(
					limitWaitTime.value(() => ({ values: given })),
					now,
					zone,
				),
			);
			if (end === undefined) return;
			expect(Number.isSafeInteger(end.value)).toBe(true);
			expect(end.value).toBeGreaterThan(now - 1);
			expect(end.value).toBeLessThanOrEqual(now + 365 * 86_400_000);
		}),
	);
});
