import { toAsciiDigits } from '../common/digits';
import { CALLING_CODES } from './callingCodes';
import { describeValue } from './describeValue';
import { trimmedText, unusable, type Parse } from './parse';

/** What the numbers behind a calling code look like. */
interface NumberRule {
	/** What is dialled before a number inside the country alone; empty when nothing is. */
	nationalPrefix: string;
	mayBeginWithZero: boolean;
	lengths: number[];
}

const RULES: ReadonlyMap<string, NumberRule> = new Map(
	CALLING_CODES.trim().split('\n').flatMap(readRule),
);

function readRule(line: string): Array<[callingCode: string, rule: NumberRule]> {
	const [prefix = '', lengths = '', ...callingCodes] = line.split(' ');
	const rule: NumberRule = {
		nationalPrefix: prefix.replace(/[-*]/g, ''),
		mayBeginWithZero: prefix.endsWith('*'),
		lengths: lengths.split(',').map(Number),
	};
	return callingCodes.map((callingCode) => [callingCode, rule]);
}

/** No notation of a number is longer. */
const MAX_LENGTH = 100;

/** Of a link, and as some services write numbers. */
const SCHEME = /^(?:tel|whatsapp):/i;
const SEPARATORS = /[\s\p{Cf}\p{Pd}\u2212./]/gu;
const INTERNATIONAL = /^(?:\+|00)(?<digits>[1-9]\d*)$/;

/** In E.164, or what the text would need to be a phone number, for people who do not program. */
type PhoneReading = { number: string } | { rule: string };

/** A phone number with its country code. A missing country code is never guessed. */
export const phoneNumber: Parse<string> = (value, label) => {
	const reading = readPhoneNumber(trimmedText(value, label));
	if ('number' in reading) return reading.number;
	throw unusable(label, reading.rule, describeValue(value));
};

/**
 * Any common notation of a phone number with its country code: `+1 (555) 123-4567`, `0033 6 12 ...`,
 * `+44 (0)20 ...`. What is dialled inside a country alone, such as that 0, is left out where the number
 * is none with it; in Italy the 0 stays.
 */
export function readPhoneNumber(text: string): PhoneReading {
	if (text.length > MAX_LENGTH) return { rule: 'It is too long for a phone number.' };
	const compact = toAsciiDigits(text.normalize('NFKC'))
		.trim()
		.replace(SCHEME, '')
		.replace(SEPARATORS, '');
	const { digits } = INTERNATIONAL.exec(compact.replace(/[()]/g, ''))?.groups ?? {};
	if (digits === undefined) {
		return {
			rule: 'It has to begin with a plus sign and the country code, for example +15551234567.',
		};
	}
	// No code is the beginning of another.
	const callingCode = [1, 2, 3]
		.map((length) => digits.slice(0, length))
		.find((code) => RULES.has(code));
	const rule = RULES.get(callingCode ?? '');
	if (callingCode === undefined || rule === undefined) {
		return {
			rule: 'No country has the code after the plus sign. For example, +1 is that of the USA.',
		};
	}
	const afterCode = digits.slice(callingCode.length);
	const isZeroOptional = digitsBeforeZeroInBrackets(compact) === callingCode.length;
	const national = nationalNumber(afterCode, rule, isZeroOptional);
	if (national === undefined) return { rule: rightForm(callingCode, rule) };
	return { number: `+${callingCode}${national}` };
}

/** @returns undefined when there is no such number in any reading */
function nationalNumber(
	digits: string,
	{ nationalPrefix, mayBeginWithZero, lengths }: NumberRule,
	isZeroOptional: boolean,
): string | undefined {
	const without = (prefix: string) =>
		digits.startsWith(prefix) ? digits.slice(prefix.length) : digits;
	const impossibleBeginning = mayBeginWithZero ? '00' : '0';
	// Where numbers may begin with 0, they are first read as they stand.
	return [
		mayBeginWithZero ? digits : without(nationalPrefix),
		digits,
		without(nationalPrefix),
		without(isZeroOptional ? '0' : ''),
	].find((reading) => lengths.includes(reading.length) && !reading.startsWith(impossibleBeginning));
}

/** @returns undefined without such a zero, as in `+44 (0)20` */
function digitsBeforeZeroInBrackets(compact: string): number | undefined {
	const index = compact.indexOf('(0)');
	return index === -1 ? undefined : compact.slice(0, index).replace(/^\D*00|\D/g, '').length;
}

function rightForm(callingCode: string, { lengths, mayBeginWithZero }: NumberRule): string {
	const count = new Intl.ListFormat('en', { type: 'disjunction' }).format(lengths.map(String));
	const zero = mayBeginWithZero ? '' : ', and does not begin with 0';
	return `After the country code ${callingCode}, a phone number has ${count} digits${zero}.`;
}
