import fc from 'fast-check';
import {
	getCountries,
	getCountryCallingCode,
	isValidPhoneNumber,
	parsePhoneNumber,
} from 'libphonenumber-js/max';

import { foldCase, foldSpelling, foldTyping } from '../../nodes/Instaply/common/spelling';
import {
	acceptedReplies,
	choiceIn,
	spellingsOf,
} from '../../nodes/Instaply/replies/acceptedReplies';
import { assertListable, choiceByNumber, withList } from '../../nodes/Instaply/replies/listReplies';
import { readAs, TYPES_WITH_VALUE } from '../../nodes/Instaply/replies/replyType';
import { readDate } from '../../nodes/Instaply/replies/types/date';
import { readEmail } from '../../nodes/Instaply/replies/types/email';
import { readNumber } from '../../nodes/Instaply/replies/types/number';
import { readPhone } from '../../nodes/Instaply/replies/types/phoneNumber';
import { judge } from '../../nodes/Instaply/replies/verdict';
import { anyText, textOf, word } from '../support/property/arbitraries';
import { unlessRefused } from '../support/property/refusal';

/*
 * What a customer answers. One who is not understood is asked again; a value that is another one than
 * was meant is noticed too late, or never. So of all that somebody may have meant, none may be read as
 * something else.
 */

const LOCALES = [
	...[
		'en',
		'en-GB',
		'en-IN',
		'en-ZA',
		'fr',
		'fr-CA',
		'fr-CH',
		'de',
		'de-AT',
		'de-CH',
		'es',
		'es-MX',
	],
	...[
		'it',
		'it-CH',
		'nl',
		'pt',
		'pt-BR',
		'sv',
		'nb',
		'da',
		'fi',
		'pl',
		'cs',
		'hu',
		'tr',
		'ru',
		'uk',
	],
	...['el', 'he', 'ar', 'ar-EG', 'fa', 'hi', 'bn', 'mr', 'th', 'my', 'ja', 'zh', 'ko', 'vi', 'id'],
];
const locale = fc.constantFrom(...LOCALES);

/** What people write around a value. */
const AROUND = [
	['', ''],
	['', '.'],
	['ok, ', ''],
	['(', ')'],
	['Hi! ', ' 👍'],
	['\n', '\n\n'],
] as const;
const around = fc.constantFrom(...AROUND);

/** @returns what it is in a sentence as well, unless that is not understood */
const readingsOf = <T>(read: (text: string) => T, written: string) =>
	AROUND.map(([before, after]) => read(`${before}${written}${after}`));

describe('A number', () => {
	const amount = fc.oneof(
		fc.integer({ min: -9_999_999, max: 9_999_999 }),
		fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => cents / 100),
		fc.integer({ min: -9_999_999, max: 9_999_999 }).map((mills) => mills / 1000),
	);

	it('that is formatted in any language is read as that number, or is unclear', () => {
		const style = fc.constantFrom<Intl.NumberFormatOptions>(
			{},
			{ useGrouping: false },
			{ minimumFractionDigits: 2 },
			{ minimumFractionDigits: 3 },
			{ useGrouping: 'always' },
			{ style: 'unit', unit: 'kilogram' },
			{ style: 'currency', currency: 'EUR', minimumFractionDigits: 2 },
			{ style: 'currency', currency: 'CHF', maximumFractionDigits: 0 },
			// Not `accounting`: `(R$5)` is minus five in a table, and five in a message.
			{ style: 'currency', currency: 'BRL' },
			{ style: 'currency', currency: 'USD', currencyDisplay: 'name' },
			{ style: 'currency', currency: 'INR', currencyDisplay: 'code' },
			{ signDisplay: 'always' },
		);
		fc.assert(
			fc.property(amount, locale, style, (value, language, options) => {
				const format = new Intl.NumberFormat(language, { maximumFractionDigits: 3, ...options });
				const written = format.format(value);
				// Rounded, it says another number.
				const digits = format.resolvedOptions().maximumFractionDigits ?? 3;
				fc.pre(Number(value.toFixed(digits)) === value);
				for (const reading of readingsOf(readNumber, written)) {
					if (reading === 'unclear') continue;
					expect({ written, reading }).toEqual({
						written,
						reading: { value: value === 0 ? 0 : value },
					});
				}
			}),
		);
	});

	it('is understood, as most people write it', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 999_999_999 }),
				locale,
				around,
				(value, language, [a, b]) => {
					const written = new Intl.NumberFormat(language, { useGrouping: false }).format(value);
					expect(readNumber(`${a}${written}${b}`)).toEqual({ value });
				},
			),
		);
	});

	it('is none of several', () => {
		fc.assert(
			fc.property(
				fc.nat(99),
				fc.nat(99),
				fc.constantFrom(' or ', '-', ' - ', '/', ' à ', ' + ', '\n', ': ', '; '),
				(one, other, between) => {
					expect(readNumber(`${one}${between}${other}`)).toBe('unclear');
				},
			),
		);
	});
});

describe('A date', () => {
	const NOW = Date.UTC(2026, 2, 4, 12);
	const DAY = 86_400_000;
	/** As far from today as two digits of a year can mean. */
	const day = fc
		.integer({ min: -80 * 365, max: 9 * 365 })
		.map((days) => new Date(NOW + days * DAY));
	const isoOf = (date: Date) => date.toISOString().slice(0, 10);
	const ERAS = [
		...['ar-SA', 'fa', 'th'],
		'th-TH-u-nu-thai',
		'ja-JP-u-ca-japanese',
		'zh-TW-u-ca-roc',
	];

	it('of another calendar is read as that day, or not at all', () => {
		// Two digits of a year say nothing of their calendar.
		const style = fc.constantFrom<Intl.DateTimeFormatOptions>(
			{ dateStyle: 'full' },
			{ dateStyle: 'long' },
			{ year: 'numeric', month: '2-digit', day: '2-digit' },
			{ year: 'numeric', month: 'numeric', day: 'numeric' },
		);
		fc.assert(
			fc.property(day, fc.constantFrom(...ERAS), style, (date, language, options) => {
				const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
				const written = format.format(date);
				for (const reading of readingsOf((text) => readDate(text, NOW, 'UTC'), written)) {
					if (typeof reading === 'string') continue;
					expect({ written, reading }).toEqual({ written, reading: { value: isoOf(date) } });
				}
			}),
		);
	});

	it('that is formatted in any language is read as that day, or not at all', () => {
		const style = fc.constantFrom<Intl.DateTimeFormatOptions>(
			{ dateStyle: 'full' },
			{ dateStyle: 'long' },
			{ dateStyle: 'medium' },
			{ dateStyle: 'short' },
			{ year: 'numeric', month: '2-digit', day: '2-digit' },
			{ year: 'numeric', month: 'numeric', day: 'numeric', weekday: 'long' },
			{ dateStyle: 'medium', timeStyle: 'short' },
		);
		fc.assert(
			fc.property(
				day,
				fc.constantFrom(...LOCALES.filter((name) => !ERAS.includes(name))),
				style,
				(date, language, options) => {
					const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
					const written = format.format(date);
					for (const reading of readingsOf((text) => readDate(text, NOW, 'UTC'), written)) {
						if (typeof reading === 'string') continue;
						expect({ written, language, reading }).toEqual({
							written,
							language,
							reading: { value: isoOf(date) },
						});
					}
				},
			),
		);
	});

	it('without a year is the next such day', () => {
		const near = fc.nat(364).map((days) => new Date(NOW + days * DAY));
		fc.assert(
			fc.property(
				near,
				fc.constantFrom('en', 'de', 'fr', 'es', 'it', 'nl', 'pt'),
				around,
				(date, language, [a, b]) => {
					const format = new Intl.DateTimeFormat(language, {
						month: 'long',
						day: 'numeric',
						timeZone: 'UTC',
					});
					expect(readDate(`${a}${format.format(date)}${b}`, NOW, 'UTC')).toEqual({
						value: isoOf(date),
					});
				},
			),
		);
	});

	it('is one of the calendar, whatever is written', () => {
		const text = textOf([
			'31',
			'30',
			'29',
			'2',
			'13',
			'0',
			'.',
			'/',
			'-',
			' ',
			'Feb',
			'march',
			'2026',
			"'26",
			'tomorrow',
			'st',
			'de',
			'月',
			'日',
			'年',
			',',
			'Friday',
		]);
		fc.assert(
			fc.property(text, (written) => {
				const reading = readDate(written, NOW, 'Europe/Paris');
				if (typeof reading === 'string') return;
				expect(isoOf(new Date(reading.value))).toBe(reading.value);
			}),
		);
	});

	it('in ISO 8601 is understood, at any hour of any time zone', () => {
		const zone = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Paris');
		fc.assert(
			fc.property(day, fc.nat(23), zone, around, (date, hour, timezone, [a, b]) => {
				const now = NOW + hour * 3_600_000;
				expect(readDate(`${a}${isoOf(date)}${b}`, now, timezone)).toEqual({ value: isoOf(date) });
			}),
		);
	});
});

describe('A phone number', () => {
	const country = fc.constantFrom(...getCountries());
	const national = fc.stringMatching(/^[1-9]\d{6,9}$/);
	const valid = fc
		.tuple(country, national)
		.map(([region, digits]) => `+${getCountryCallingCode(region)}${digits}`)
		.filter((number) => isValidPhoneNumber(number));

	it('that is written internationally is read as that number, or is unclear', () => {
		fc.assert(
			fc.property(valid, (number) => {
				const phone = parsePhoneNumber(number);
				const styles = [
					phone.formatInternational(),
					phone.format('E.164'),
					phone.formatInternational().replace('+', '00'),
					phone.formatInternational().replace(/ /g, '-'),
				];
				for (const written of styles) {
					for (const reading of readingsOf(readPhone, written)) {
						if (reading === 'unclear') continue;
						expect({ written, reading }).toEqual({ written, reading: { value: phone.number } });
					}
				}
			}),
		);
	});

	it('without its country code is never taken for one of another country', () => {
		fc.assert(
			fc.property(valid, around, (number, [before, after]) => {
				const written = parsePhoneNumber(number).formatNational();
				const reading = readPhone(`${before}${written}${after}`);
				expect({ written, reading: typeof reading }).toEqual({ written, reading: 'string' });
			}),
		);
	});
});

describe('An e-mail address', () => {
	const address = fc
		.emailAddress({ size: '-1' })
		.filter((one) => /^[\w.+-]+@/.test(one) && one.length < 100);

	it('is found in a sentence, in lower case', () => {
		fc.assert(
			fc.property(
				address,
				fc.constantFrom(
					...AROUND,
					['<', '>'],
					['mailto:', ''],
					['« ', ' »'],
					['Mail: ', ', thanks'],
				),
				(one, [before, after]) => {
					expect(readEmail(`${before}${one}${after}`)).toEqual({ value: one.toLowerCase() });
				},
			),
		);
	});

	it('is none of several', () => {
		fc.assert(
			fc.property(address, address, (one, other) => {
				fc.pre(one.toLowerCase() !== other.toLowerCase());
				expect(readEmail(`${one} or ${other}`)).toBe('unclear');
			}),
		);
	});
});

it('Any text is a value of a type, none, or unclear, and never an error', () => {
	const text = fc.oneof(
		anyText,
		textOf(['1', '²', '½', '٣', '五', '+', '@', '.', ',', ' ', '-', 'a', '\u20e3', '①', '月', ':']),
	);
	fc.assert(
		fc.property(text, fc.constantFrom(...TYPES_WITH_VALUE), (written, type) => {
			const reading = readAs(type, written, { time: 0, timezone: 'UTC' });
			if (typeof reading === 'string') expect(['none', 'unclear']).toContain(reading);
			else if (type === 'number') expect(Number.isFinite(reading.value)).toBe(true);
			else expect(reading.value).not.toBe('');
		}),
	);
});

describe('An accepted reply', () => {
	const spelling = fc
		.oneof(
			word,
			fc.constantFrom('cafe', 'café', 'Café!', 'CAFE', 'cafe?', '“cafe”', '‘ok’', "'ok'", 'OK'),
			textOf(
				['yes', 'no', 'é', '1', '2', '3', '.', '!', 'ß', '👍', '👍🏽', ' ', 'Nr ', '02', '②'],
				4,
			),
		)
		.filter((text) => text.trim() !== '' && !/[,\r\n]/.test(text));
	const rows = fc.array(
		fc.record({ reply: spelling, alsoAccept: fc.array(spelling, { maxLength: 2 }) }),
		{
			minLength: 1,
			maxLength: 5,
		},
	);
	const choicesIn = (given: unknown) =>
		unlessRefused(() => acceptedReplies.value(() => given))?.value ?? [];
	const settings = { maxTries: 3, isReview: false };
	const written = (text: string) => ({ text, channel: 'sms', time: 0, timezone: 'UTC' });

	it('is understood in each of its spellings, whatever else is accepted', () => {
		fc.assert(
			fc.property(rows, fc.constantFrom('', ' ', '\n'), (given, space) => {
				const choices = choicesIn(given);
				for (const choice of choices) {
					for (const one of spellingsOf(choice)) {
						const found = choiceIn(`${space}${one}${space}`, choices);
						const sameSpelling = choices.filter((other) =>
							spellingsOf(other).some(
								(text) =>
									text.normalize('NFC').toLowerCase() === one.normalize('NFC').toLowerCase(),
							),
						);
						// Where two have the same spelling, the first counts.
						expect({ one, found }).toEqual({ one, found: sameSpelling[0]?.reply });
					}
				}
			}),
		);
	});

	it('is one of those offered, and spelled like it', () => {
		fc.assert(
			fc.property(rows, fc.oneof(spelling, anyText), (given, text) => {
				const choices = choicesIn(given);
				const found = choiceIn(text, choices);
				if (found === undefined) return;
				const spellings = choices.filter(({ reply }) => reply === found).flatMap(spellingsOf);
				expect(spellings.map(foldSpelling)).toContain(foldSpelling(text));
			}),
		);
	});

	it('is none where two are spelled alike, and neither exactly so', () => {
		fc.assert(
			fc.property(rows, spelling, (given, text) => {
				const choices = choicesIn(given);
				const like = (form: (one: string) => string) =>
					new Set(
						choices
							.filter((choice) => spellingsOf(choice).some((one) => form(one) === form(text)))
							.map(({ reply }) => reply),
					).size;
				const isExact = like(foldCase) > 0;
				const isTyped = like(foldTyping) === 1;
				if (isExact || isTyped || like(foldSpelling) < 2) return;
				expect({ text, found: choiceIn(text, choices) }).toEqual({ text, found: undefined });
			}),
		);
	});

	it('is never another one than its number in the list', () => {
		fc.assert(
			fc.property(rows, (given) => {
				const choices = choicesIn(given);
				if (unlessRefused(() => assertListable(choices)) === undefined) return;
				const list = withList('Which?', choices).split('\n').slice(2);
				expect(list).toEqual(choices.map(({ reply }, index) => `${index + 1}. ${reply}`));
				for (const [index, { reply }] of choices.entries()) {
					for (const text of [`${index + 1}`, `${index + 1}.`, `Nr. ${index + 1}`]) {
						const { fields } = judge(written(text), { ...settings, choices, isListed: true });
						expect({ text, choice: fields.choice }).toEqual({ text, choice: reply });
					}
				}
				expect(choiceByNumber(String(choices.length + 1), choices)).toBeUndefined();
			}),
		);
	});
});
