import { toAsciiDigits } from '../../common/digits';
import { plainSigns } from '../../common/spelling';
import { multiplies, numberOfWord } from './numberWords';
import type { Reading } from './reading';

/** Full width, and numbers in a circle. Superscripts, for example, would become digits of the number. */
const WIDE = /[\uff01-\uff5e\u2460-\u2473]/g;
/** Around the digit of an emoji. */
const KEYCAP = /\u20e3/g;
const SQUARE_UNITS = /(\p{L})[²³]/gu;
/** Such as `½` and `Ⅳ`. */
const OTHER_NUMERALS = /[\p{No}\p{Nl}]/u;

const ARABIC_DECIMAL = '\u066b';
/** Digits, with what stands between them in one number. */
const TOKEN = /\d+(?:[.,' \u066b\u066c]\d+)*/g;

/** As in `A4` and `covid-19`. Others, such as Chinese, put no space before a number. */
const NAME_BEFORE = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]-?$/u;
/** Where a number begins, so that a sign there is its own. */
const BEGINNING = /(?:^|[\s(:=]|\p{Sc})$/u;
/** A currency between a sign and its number, as in `-€4` and `-US$ 4`. */
const CURRENCY = /(?:\p{Lu}{0,3}\p{Sc}|\p{Lu}{3}) ?$/u;
const MINUS = /(?:^|[^\p{L}])(?:minus|moins|menos|meno) $/iu;
const NEXT_WORD = /^[ -]?(\p{L}+)/u;

/** With a currency, and what is before it. */
const MAX_SIGN_LENGTH = 10;

/** A number holds so many exactly. */
const MAX_DIGITS = 15;

/**
 * The only number in a text, as people write it: `4`, `4,5`, `1.234,56`, `about 12`, `12 €`, `two`. No
 * locale is known, so one like `1.234` is unclear.
 */
export function readNumber(text: string): Reading<number> {
	const word = numberOfWord(text);
	if (word !== undefined) return { value: word };
	const written = plain(text);
	const [token, ...others] = written.matchAll(TOKEN);
	if (OTHER_NUMERALS.test(written)) return 'unclear';
	if (token === undefined) return 'none';
	const [digits] = token;
	const before = written.slice(0, token.index);
	const after = written.slice(token.index + digits.length);
	const amount = amountOf(digits, before);
	if (others.length > 0 || amount === undefined || isPartOfMore(before, after)) {
		return 'unclear';
	}
	return { value: amount !== 0 && isNegative(before) ? -amount : amount };
}

function plain(text: string): string {
	const signs = plainSigns(text)
		.replace(WIDE, (sign) => sign.normalize('NFKC'))
		.replace(KEYCAP, '')
		.replace(SQUARE_UNITS, '$1')
		.replace(/\p{Zs}/gu, ' ');
	return toAsciiDigits(signs);
}

/** Part of a name, multiplied by a word, or beside a number in words. */
function isPartOfMore(before: string, after: string): boolean {
	if (NAME_BEFORE.test(before.slice(-2))) return true;
	const [, next = ''] = NEXT_WORD.exec(after) ?? [];
	// A word for one may be an article.
	const isNumber = (word: string) => (numberOfWord(word) ?? 0) > 1;
	return multiplies(next) || `${before} ${after}`.split(/\P{L}+/u).some(isNumber);
}

function isNegative(before: string): boolean {
	if (MINUS.test(before.slice(-8))) return true;
	const sign = before.slice(-MAX_SIGN_LENGTH).replace(CURRENCY, '');
	return /-[.,]?$/.test(sign) && BEGINNING.test(sign.replace(/-[.,]?$/, ''));
}

/** @returns undefined when it could be another number, or none */
function amountOf(digits: string, before: string): number | undefined {
	const decimal = startsWithPoint(before) ? afterPoint(digits) : decimalOf(digits);
	if (decimal === undefined || decimal.replace('.', '').length > MAX_DIGITS) return undefined;
	return Number(decimal);
}

/** `.5` */
function startsWithPoint(before: string): boolean {
	return /[.,]$/.test(before.slice(-1)) && BEGINNING.test(before.slice(0, -1).replace(/-$/, ''));
}

function afterPoint(digits: string): string | undefined {
	return /^\d+$/.test(digits) ? `0.${digits}` : undefined;
}

/** As JavaScript writes it. */
function decimalOf(digits: string): string | undefined {
	const groups = digits.split(/\D/);
	const separators = [...digits.replace(/\d/g, '')];
	const last = separators.at(-1);
	if (last === undefined) return digits;
	const mark = separators.find((separator) => separator !== last);
	// `1 234`, `1.234.567`
	if (mark === undefined && (separators.length > 1 || !isDecimalMark(last))) {
		return isGrouped(groups, last) ? groups.join('') : undefined;
	}
	if (!isDecimalMark(last)) return undefined;
	const [whole, fraction = ''] = [groups.slice(0, -1), groups.at(-1)];
	// `1.234,56`
	if (mark !== undefined) {
		const isOneKind = separators.slice(0, -1).every((separator) => separator === mark);
		return isOneKind && isGrouped(whole, mark) ? `${whole.join('')}.${fraction}` : undefined;
	}
	const [before = ''] = whole;
	// `1.234` is a thousand or so in some countries, and a little more than one in others.
	const mayBeGroup = fraction.length === 3 && before.length <= 3 && !before.startsWith('0');
	return mayBeGroup && last !== ARABIC_DECIMAL ? undefined : `${before}.${fraction}`;
}

function isDecimalMark(separator: string): boolean {
	return separator === '.' || separator === ',' || separator === ARABIC_DECIMAL;
}

/** In thousands; in India, `12,34,567`. */
function isGrouped(groups: string[], separator: string): boolean {
	if (separator === ARABIC_DECIMAL || groups[0]?.startsWith('0')) return false;
	const lengths = groups.map(({ length }) => length).join('');
	return /^[123]3+$/.test(lengths) || (separator === ',' && /^[12]2+3$/.test(lengths));
}
