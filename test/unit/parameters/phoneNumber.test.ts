/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import examples from 'libphonenumber-js/examples.mobile.json';
import judge from 'libphonenumber-js/max';

import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import { phoneNumber } from '../../../nodes/Instaply/parameters/phoneNumber';
import { ROOT } from '../../../tools/package';
import { callingCodesSource } from '../../../tools/phoneNumbers/callingCodes';
import { parseDigitPattern, sampleOf } from '../../../tools/phoneNumbers/digitPattern';
import { numberingPlans } from '../../../tools/phoneNumbers/numberingPlans';

const LABEL = 'Phone Number';
const TABLE = 'nodes/Instaply/parameters/callingCodes.ts';

/** The number, or why it is refused. */
function read(value: unknown): string {
	try {
		return phoneNumber(value, LABEL);
	} catch (error) {
		expect(error).toBeInstanceOf(InstaplyError);
		const { message, description } = Object(error);
		return `${message}. ${description}`;
	}
}

describe('A phone number', () => {
	it.each([
		['+15551234567', '+15551234567'],
		[' +1 (555) 123-4567 ', '+15551234567'],
		['+1 1 555 123 4567', '+15551234567'],
		['+1.800.356.9377', '+18003569377'],
		['+33 6.12.34.56.78', '+33612345678'],
		['+33\u00a06\u201112\u201334/56 78', '+33612345678'],
		['0033612345678', '+33612345678'],
		['0033 (0)6 12 34 56 78', '+33612345678'],
		['(0033) 06 12 34 56 78', '+33612345678'],
		['(+33) 6 12 34 56 78', '+33612345678'],
		['+(33) (0) 6 12 34 56 78', '+33612345678'],
		['+33 (0)6 12 34 56 78', '+33612345678'],
		['+33 06 12 34 56 78', '+33612345678'],
		['+33 ( 0 )6 12 34 56 78', '+33612345678'],
		['\u202a+33 6 12 34 56 78\u202c', '+33612345678'],
		['\u200e+33\u00ad6\u200b12\ufeff345678', '+33612345678'],
		['tel:+33-6-12-34-56-78', '+33612345678'],
		['whatsapp:+33612345678', '+33612345678'],
		['＋３３ ６１２３４５６７８', '+33612345678'],
		['+٣٣٦١٢٣٤٥٦٧٨', '+33612345678'],
		['+۳۳۶۱۲۳۴۵۶۷۸', '+33612345678'],
		['+३३६१२३४५६७८', '+33612345678'],
		['+39 (0)6 1234 5678', '+390612345678'],
		['+39 06 1234 5678', '+390612345678'],
		['+39 347 123 4567', '+393471234567'],
		['+44 (0)20 7946 0123', '+442079460123'],
		['+225 01 23 45 67 89', '+2250123456789'],
		['+229 01 23 45 67 89', '+2290123456789'],
		['+242 06 123 4567', '+242061234567'],
		['+34 (0)912 345 678', '+34912345678'],
		['+7 8 (912) 345-67-89', '+79123456789'],
		['+7 800 100 20 30', '+78001002030'],
		['+36 06 1 234 5678', '+3612345678'],
		['+36 (06) 20 123 4567', '+36201234567'],
		['+52 1 55 1234 5678', '+525512345678'],
		['+54 9 11 2345-6789', '+5491123456789'],
		['+55 0 11 91234-5678', '+5511912345678'],
		['+375 8 29 491 19 11', '+375294911911'],
		['+250 788 123 456', '+250788123456'],
		['+250 0788 123 456', '+250788123456'],
		['+250 06 123 456', '+25006123456'],
	])('%s is %s', (given, number) => {
		expect(read(given)).toBe(number);
	});

	it.each([
		...['0612345678', '15551234567', '+0612345678', '+', '00', '555-1234', '++15551234567'],
		...['+1 555 CALL ME', '+1555123x4567', '+1 555 123 4567 ext. 8', '011 33 6 12 34 56 78'],
		...['6+33612345678', '+33 6 12 34 56 78, +33 6 12 34 56 79', '33612345678', 15551234567],
	])('needs a plus sign and digits: %s', (given) => {
		expect(read(given)).toBe(
			`'Phone Number' cannot be used as it is. It is ${typeof given === 'number' ? given : `“${given}”`}. It has to begin with a plus sign and the country code, for example +15551234567.`,
		);
	});

	it.each(['+999 123 456 789', '+210 12345678', '+800 1234 5678', '+1'.padEnd(2, '0')])(
		'needs the code of a country: %s',
		(given) => {
			expect(read(given)).toMatch(/^'Phone Number' cannot be used as it is\. It is “\+[\d ]+”\. /);
		},
	);

	it.each([
		['+33 6 12 34 56 7', '33, a phone number has 9 digits, and does not begin with 0.'],
		['+33 6 12 34 56 78 9', '33, a phone number has 9 digits, and does not begin with 0.'],
		['+33 0 06 12 34 56 78', '33, a phone number has 9 digits, and does not begin with 0.'],
		['+34 012 345 678', '34, a phone number has 9 digits, and does not begin with 0.'],
		// Only in brackets, a zero that is not dialled inside the country either is left out.
		['+34 0 612 345 678', '34, a phone number has 9 digits, and does not begin with 0.'],
		['+1 911', '1, a phone number has 10 digits, and does not begin with 0.'],
		['+7 912 345', '7, a phone number has 10 or 14 digits, and does not begin with 0.'],
		['+225 01 23 45 67', '225, a phone number has 10 digits.'],
		['+44 123', '44, a phone number has 7, 9, or 10 digits, and does not begin with 0.'],
	])('has as many digits as its country wants: %s', (given, rule) => {
		expect(read(given)).toBe(
			`'Phone Number' cannot be used as it is. It is “${given}”. After the country code ${rule}`,
		);
	});

	it.each([undefined, null, '', ' ', '\u202a\u202c'])('is needed: %p', (value) => {
		expect(read(value)).toMatch(/^'Phone Number' is empty\. /);
	});

	it.each([true, {}, [], ['+15551234567'], `+1${'5'.repeat(1_000_000)}`, '+('.repeat(500_000)])(
		'is none: %#',
		(value) => {
			expect(read(value)).toMatch(/^'Phone Number' cannot be used as it is\. .{0,200}$/);
		},
	);
});

/*
 * libphonenumber-js, with all that it knows, is the judge.
 */

const SAMPLES = 5;

/** The same numbers each time. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

/** A number that the judge takes for one, with what is dialled before it inside its country. */
interface Sample {
	e164: string;
	callingCode: string;
	national: string;
	nationalPrefix: string;
}

function samples(): Sample[] {
	const random = randomFrom(1);
	return numberingPlans().flatMap(({ callingCode, nationalPrefix, patterns }) =>
		patterns
			.flatMap((pattern) =>
				Array.from({ length: SAMPLES }, () => sampleOf(parseDigitPattern(pattern), random)),
			)
			.map((national) => ({
				e164: `+${callingCode}${national}`,
				callingCode,
				national,
				nationalPrefix,
			}))
			.filter(({ e164 }) => e164.length <= '+'.length + 15 && judge(e164)?.isValid()),
	);
}

/** The notations that are not read as the number itself, as `notation => what it is read as`. */
const misread = (notations: (sample: Sample) => string[]) =>
	samples().flatMap((sample) =>
		notations(sample)
			.filter((notation) => read(notation) !== sample.e164)
			.map((notation) => `${notation} => ${read(notation)}`),
	);

describe('A number of any country', () => {
	it('is there in many samples', () => {
		const all = samples();
		expect(all.length).toBeGreaterThan(2_500);
		expect(new Set(all.map(({ callingCode }) => callingCode)).size).toBeGreaterThan(200);
	});

	it('is the same in international notations', () => {
		expect(
			misread(({ e164, callingCode, national }) => [
				e164,
				e164.replace('+', '00'),
				judge(e164)?.formatInternational() ?? '',
				judge(e164)?.getURI() ?? '',
				`(+${callingCode}) ${national}`,
				`\u202a+${callingCode}\u00a0${national}\u202c`,
			]),
		).toEqual([]);
	});

	it('is the same with what is dialled inside its country', () => {
		expect(
			misread(({ callingCode, national, nationalPrefix }) => [
				`+${callingCode} ${nationalPrefix}${national}`,
				`+${callingCode} (${nationalPrefix})${national}`,
				`00${callingCode} (${nationalPrefix}) ${national}`,
			]),
		).toEqual([]);
	});

	it('is what the judge reads as well', () => {
		const differing = samples().flatMap(({ callingCode, national, nationalPrefix }) => {
			const notation = `+${callingCode} (${nationalPrefix})${national}`;
			const theirs = judge(notation);
			return theirs?.isValid() && theirs.number !== read(notation) ? [notation] : [];
		});
		expect(differing).toEqual([]);
	});

	it.each(Object.entries(examples))('is read of %s', (country, national) => {
		const theirs = judge(national, { defaultCountry: country as keyof typeof examples });
		expect(read(theirs?.formatInternational())).toBe(theirs?.number);
	});
});

it('The table is that of the installed libphonenumber-js: `npx tsx tools/phoneNumbers/main.ts` makes it anew', () => {
	const committed = readFileSync(join(ROOT, TABLE), 'utf8');
	expect(committed).toBe(callingCodesSource());
});
