import { toAsciiDigits } from '../../common/digits';
import { foldSpelling, foldTyping } from '../../common/spelling';
import { mentionsRelativeDay, monthOf, relativeDay, weekdayOf } from './dateWords';
import { onlyOne, type Reading } from './reading';

interface Day {
	year: number;
	/** From 1. */
	month: number;
	day: number;
}

/** A date as somebody wrote it, perhaps without a year, or none of the calendar. */
interface Written extends Omit<Day, 'year'> {
	year?: number;
}

/** A way to write a date. */
interface Form {
	pattern: RegExp;
	/** @returns none when a match is no date at all; several when there is no telling which */
	readings(parts: Record<string, Part>, today: Day): Written[];
}

/** As it may follow the name of a month. Two digits alone could be anything. */
const YEAR = String.raw`(?<year>[12]\d{3}|'\d\d)(?!\d)`;

const FORMS: Form[] = [
	// 2026-12-31, 2026/12/31, 2026年12月31日
	{
		pattern:
			/(?<!\d)(?<year>[12]\d{3})[-./年년] ?(?<month>\d{1,2})[-./月월] ?(?<day>\d{1,2})(?!\d)[日일]?/g,
		readings: ({ year, month, day }, today) => [date(day, month, year, today)],
	},
	{
		// Behind a year of another calendar, it is not that of the next such day.
		pattern: /(?<!\d|[年년] ?)(?<month>\d{1,2})[月월] ?(?<day>\d{1,2})[日일]/g,
		readings: ({ month, day }, today) => [date(day, month, undefined, today)],
	},
	// Koreans write `26. 12. 31.`, and Serbs so do `31. 12. 26.`
	{
		pattern: /(?<![\d.])(?<one>\d{1,2})\. (?<month>\d{1,2})\. (?<other>\d{1,2})\.(?!\d)/g,
		readings: ({ one, month, other }, today) => [
			date(one, month, other, today),
			date(other, month, one, today),
		],
	},
	// 31.12.2026, 31.12.26: with dots, the day comes first nearly wherever there are dots.
	{
		pattern: /(?<![\d.])(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>[12]\d{3}|\d\d)(?!\d)/g,
		readings: ({ day, month, year }, today) => [date(day, month, year, today)],
	},
	// 31. 12., 31.12
	{
		pattern: /(?<![\d.])(?<day>\d{1,2})\. ?(?<month>\d{1,2})\.(?!\d)/g,
		readings: ({ day, month }, today) => [date(day, month, undefined, today)],
	},
	{
		pattern: /(?<![\d.])(?<day>\d\d)\.(?<month>\d\d)(?![\d.])/g,
		readings: ({ day, month }, today) => [date(day, month, undefined, today)],
	},
	// 31/12/2026 and 12/31/2026, but not the year of an emperor: H16/7/31
	{
		pattern:
			/(?<![\d/\p{L}])(?<one>\d{1,2})\/(?<other>\d{1,2})\/(?<year>[12]\d{3}|\d\d)(?![\d/])/gu,
		readings: dayOrMonthFirst,
	},
	{
		pattern: /(?<![\d-])(?<one>\d{1,2})-(?<other>\d{1,2})-(?<year>[12]\d{3})(?![\d-])/g,
		readings: dayOrMonthFirst,
	},
	{
		pattern: /(?<![\d/])(?<one>\d{1,2})\/(?<other>\d{1,2})(?![\d/])/g,
		readings: dayOrMonthFirst,
	},
	// 31 December 2026, 31. Dezember, 1er janvier, 31 de diciembre de 2026, 31st of December '26
	{
		pattern: new RegExp(
			String.raw`(?<!\d)(?<day>\d{1,2})(?:(?:st|nd|rd|th|er|ste|de|o|a|e)(?= )|\.|°)? ?-?(?:of |de |d')?(?<name>\p{L}[\p{L}\p{M}]{2,11})(?!\p{L})(?:[.,]{0,2} ?-?(?:de |del |do )?${YEAR})?`,
			'gu',
		),
		readings: ({ day, name = '', year }, today) => named(day, monthOf(name), year, today),
	},
	// December 31, 2026
	{
		pattern: new RegExp(
			String.raw`(?<!\p{L})(?<name>\p{L}{3,9})\.? ?(?<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,? ${YEAR})?`,
			'gu',
		),
		readings: ({ day, name = '', year }, today) => named(day, monthOf(name, true), year, today),
	},
];

/** They are of no interest, and their numbers not those of a date. */
const TIMES: RegExp[] = [
	/(?<!\d)\d{1,2}[:h]\d\d(?::\d\d(?:\.\d{1,3})?)?(?!\d)/g,
	/(?<![\d./-])\d{1,2}(?:\.\d\d)? ?(?:uhr|h|am|pm|a\.m\.|p\.m\.|o'clock)(?!\p{L})/gu,
	/(?<!\p{L})(?:at|um|gegen|a las|alle|om|as|às|vers) \d{1,2}(?:\.\d\d)?(?=[.,;!?]?$|[,;!?])/gu,
];

/**
 * The only date in a text, as `2026-12-31`: in figures, with the name of the month in one of some
 * languages, or `tomorrow`. Without a year, it is the next such day. No locale is known, so `3/4/2026` is
 * unclear, unless the day of the week tells which it is.
 *
 * @param now milliseconds since 1970
 * @param timezone in which it is today or tomorrow
 */
export function readDate(text: string, now: number, timezone: string): Reading<string> {
	const today = todayIn(timezone, now);
	let rest = toAsciiDigits(foldTyping(text));
	for (const pattern of TIMES) rest = rest.replace(pattern, ' ; ');
	const found: Written[][] = [];
	for (const { pattern, readings } of FORMS) {
		for (const match of [...rest.matchAll(pattern)].reverse()) {
			const dates = readings(match.groups ?? {}, today);
			if (dates.length === 0) continue;
			found.push(dates);
			const end = match.index + match[0].length;
			rest = `${rest.slice(0, match.index)} ; ${rest.slice(end)}`;
		}
	}
	const words = wordsIn(rest);
	if (found.length === 0) return inWords(words, rest, today);
	// Such as the 1 of `1 to 5 May`, and `tomorrow or 5 May`.
	if (/(?<!\d)\d{1,2}(?!\d)/.test(rest) || mentionsRelativeDay(words)) return 'unclear';
	// It stands elsewhere: `2026. márc. 3.`
	const lacksYear = found.flat().some(({ year }) => year === undefined);
	if (lacksYear && /(?<!\d)[12]\d{3}(?!\d)/.test(rest)) return 'unclear';
	const weekdays = words.map(weekdayOf).filter((index) => index !== undefined);
	const days = found.map((dates) => dayAmong(dates, weekdays, today));
	const known = days.filter((day) => day !== undefined);
	return known.length < days.length ? 'unclear' : onlyOne(known);
}

function wordsIn(text: string): string[] {
	const words = text.split(/[^\p{L}\p{M}'-]+/u).map(foldSpelling);
	return words.filter((word) => word !== '');
}

/** A text without a date in figures. */
function inWords(words: string[], rest: string, today: Day): Reading<string> {
	if (/\d/.test(rest)) return 'unclear';
	const days = relativeDay(words);
	if (days !== undefined) return { value: isoOf({ ...today, day: today.day + days }) };
	// `Friday` may be the last one, the next one, or today.
	return words.some((word) => weekdayOf(word) !== undefined) ? 'unclear' : 'none';
}

function todayIn(timezone: string, now: number): Day {
	const style = { timeZone: timezone, year: 'numeric', month: 'numeric', day: 'numeric' } as const;
	const parts = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', style).formatToParts(now);
	const part = (name: 'year' | 'month' | 'day') =>
		Number(parts.find(({ type }) => type === name)?.value);
	return { year: part('year'), month: part('month'), day: part('day') };
}

type Part = string | undefined;

function date(day: Part, month: Part, year: Part, today: Day): Written {
	return { day: Number(day), month: Number(month), year: readYear(year, today) };
}

function dayOrMonthFirst({ one, other, year }: Record<string, Part>, today: Day): Written[] {
	return [date(one, other, year, today), date(other, one, year, today)];
}

function named(day: Part, month: number | undefined, year: Part, today: Day): Written[] {
	return month === undefined ? [] : [date(day, String(month), year, today)];
}

/** Two digits mean a year up to so many years ahead, such as that of a contract's end; or else a past one. */
const MAX_YEARS_AHEAD = 10;

function readYear(digits: Part, today: Day): number | undefined {
	if (digits === undefined) return undefined;
	const year = Number(digits.replace("'", ''));
	if (year > 99) return year;
	const century = today.year - (today.year % 100);
	const inThis = century + year;
	return inThis <= today.year + MAX_YEARS_AHEAD ? inThis : inThis - 100;
}

/** A leap day is up to eight years away. */
const YEARS_TO_LEAP_DAY = 8;

/** @returns undefined when the dates are none of the calendar, or several */
function dayAmong(dates: Written[], weekdays: number[], today: Day): string | undefined {
	const days = dates
		.map((written) => dayOf(written, today))
		.filter((day) => day !== undefined)
		.filter((day) => weekdays.every((index) => new Date(timeOf(day)).getUTCDay() === index))
		.map(isoOf);
	const [day, ...others] = new Set(days);
	return others.length === 0 ? day : undefined;
}

function dayOf({ year, month, day }: Written, today: Day): Day | undefined {
	const years =
		year === undefined
			? Array.from({ length: YEARS_TO_LEAP_DAY + 1 }, (_, index) => today.year + index)
			: [year];
	return years
		.map((one) => ({ year: one, month, day }))
		.find(
			(one) =>
				exists(one) && isNear(one, today) && (year !== undefined || timeOf(one) >= timeOf(today)),
		);
}

/**
 * A year beyond these is one of another calendar, which is not read: the Thai one counts from 543 BC, the
 * Persian and the Islamic one from AD 622.
 */
const MAX_YEARS_BACK = 150;
const MAX_YEARS_ON = 100;

function isNear({ year }: Day, today: Day): boolean {
	return year >= today.year - MAX_YEARS_BACK && year <= today.year + MAX_YEARS_ON;
}

function exists(written: Day): boolean {
	const found = new Date(timeOf(written));
	return found.getUTCMonth() + 1 === written.month && found.getUTCDate() === written.day;
}

function timeOf({ year, month, day }: Day): number {
	return Date.UTC(year, month - 1, day);
}

/** A day beyond the end of a month is one of the next. */
function isoOf(day: Day): string {
	return new Date(timeOf(day)).toISOString().slice(0, 10);
}
