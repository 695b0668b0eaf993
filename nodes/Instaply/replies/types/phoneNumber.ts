import { toAsciiDigits } from '../../common/digits';
import { plainSigns } from '../../common/spelling';
import { readPhoneNumber } from '../../parameters/phoneNumber';
import { onlyOne, type Reading } from './reading';

/** What separates a number from another one, or from a time: not a dash within a number. */
const BETWEEN = / - |[\n\r,;:]/;
const CANDIDATE = /\+?[(\d][\d\p{Zs}\t()./-]*/gu;

/** Shorter ones are times, house numbers, and the like. */
const MIN_DIGITS = 6;

/** The only phone number in a text, in E.164. Without its country code, it is unclear. */
export function readPhone(text: string): Reading<string> {
	const numbers: string[] = [];
	for (const part of toAsciiDigits(plainSigns(text).normalize('NFKC')).split(BETWEEN)) {
		for (const candidate of part.match(CANDIDATE) ?? []) {
			if (candidate.replace(/\D/g, '').length < MIN_DIGITS) continue;
			const reading = readPhoneNumber(candidate);
			if (!('number' in reading)) return 'unclear';
			numbers.push(reading.number);
		}
	}
	return onlyOne(numbers);
}
