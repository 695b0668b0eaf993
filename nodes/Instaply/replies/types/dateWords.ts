import { foldSpelling } from '../../common/spelling';

/** In which months and days of the week are known. Before the day, Americans write the month. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];
const MONTH_FIRST = ['en'];

/** As some write them who have no umlauts, and Austrians. */
const FURTHER_MONTHS: Array<[name: string, month: number]> = [
	['maerz', 3],
	['janner', 1],
	['jaenner', 1],
];

type Names = Array<[name: string, index: number]>;
interface Months {
	long: Names;
	short: Names;
}

const MIN_PREFIX = 3;

/**
 * The month that a word stands for, from 1: its name, one of its short forms, or a beginning of its name
 * that begins no other.
 *
 * @returns undefined when there is none, or no telling which
 */
export function monthOf(word: string, isBeforeDay = false): number | undefined {
	const { long, short } = isBeforeDay ? englishMonths() : allMonths();
	const folded = foldSpelling(word);
	if (folded.length < MIN_PREFIX) return undefined;
	const matching = [
		...long.filter(([name]) => name.startsWith(folded)),
		...short.filter(([name]) => name === folded),
	];
	const [month, ...others] = new Set(matching.map(([, index]) => index));
	return others.length === 0 ? month : undefined;
}

/** @returns 0 for Sunday, undefined for a word that is no day of the week */
export function weekdayOf(word: string): number | undefined {
	const folded = foldSpelling(word);
	return weekdays().find(([name]) => name === folded)?.[1];
}

const allMonths = once(() => monthsIn(LANGUAGES));
const englishMonths = once(() => monthsIn(MONTH_FIRST));
const weekdays = once(() =>
	// 1 February 2026 was a Sunday.
	namesIn(LANGUAGES, { weekday: 'long' }, 7, (index) => Date.UTC(2026, 1, 1 + index)),
);

function monthsIn(languages: string[]): Months {
	const names = (month: 'long' | 'short') =>
		namesIn(languages, { month }, 12, (index) => Date.UTC(2026, index, 1)).map(
			([name, index]): [string, number] => [name, index + 1],
		);
	return { long: [...names('long'), ...FURTHER_MONTHS], short: names('short') };
}

function namesIn(
	languages: string[],
	style: Intl.DateTimeFormatOptions,
	count: number,
	timeOf: (index: number) => number,
): Names {
	return languages.flatMap((language) => {
		const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' });
		return Array.from({ length: count }, (_, index): [string, number] => [
			foldSpelling(format.format(timeOf(index))),
			index,
		]);
	});
}

/** Made when they are needed: they cost some milliseconds. */
function once<T>(make: () => T): () => T {
	let made: T | undefined;
	return () => (made ??= make());
}

/** French for yesterday is missing: in German and Dutch, it means here. */
const RELATIVE_DAYS: Array<[phrase: string, days: number]> = [
	...phrases(0, "today heute aujourd'hui hoy oggi vandaag hoje"),
	...phrases(1, 'tomorrow tmrw morgen demain manana domani amanha'),
	...phrases(-1, 'yesterday gestern ayer ieri gisteren ontem'),
	...phrases(2, 'ubermorgen uebermorgen apres-demain dopodomani overmorgen'),
	['the day after tomorrow', 2],
	['day after tomorrow', 2],
	['apres demain', 2],
	['pasado manana', 2],
	['depois de amanha', 2],
];

function phrases(days: number, words: string): Array<[string, number]> {
	return words.split(' ').map((word) => [word, days]);
}

/** They also mean morning, mostly behind one of these words. */
const ALSO_MORNING: ReadonlySet<string> = new Set(['morgen', 'manana']);
const BEFORE_MORNING: ReadonlySet<string> = new Set([
	...['guten', 'goede', 'la', 'de', 'der', 'den', 'am', 'jeden'],
]);

/**
 * Tells whether words name a day beside a date.
 *
 * @param words as `foldSpelling` writes them
 */
export function mentionsRelativeDay(words: string[]): boolean {
	return words.some((word, index) => {
		if (!RELATIVE_DAYS.some(([phrase]) => phrase === word)) return false;
		return !ALSO_MORNING.has(word) || !BEFORE_MORNING.has(words[index - 1] ?? '');
	});
}

const OPENERS: ReadonlySet<string> = new Set(['yes', 'ja', 'oui', 'si', 'sim', 'ok', 'okay']);

/** What may follow such a word, so that the reply still says no other day. */
const FOLLOWERS: ReadonlySet<string> = new Set([
	...['please', 'bitte', 'por', 'favor', 'per', 'favore', "s'il", 'vous', 'plait', 'svp', 'stp'],
	...['graag', 'alsjeblieft', 'thanks', 'danke', 'merci', 'gracias', 'grazie', 'obrigado'],
	...['obrigada', 'at', 'um', 'gegen', 'a', 'las', 'la', 'de', 'da', 'alle', 'om', 'as', 'in'],
	...['the', 'am', 'im', 'morning', 'noon', 'afternoon', 'evening', 'night', 'fruh', 'frueh'],
	...['vormittag', 'mittag', 'nachmittag', 'abend', 'matin', 'midi', 'apres-midi', 'soir'],
	...['manana', 'tarde', 'noche', 'mattina', 'pomeriggio', 'sera', 'ochtend', 'middag', 'avond'],
	...['manha', 'noite'],
]);

/**
 * How many days from today a reply is that says no more than `tomorrow`, perhaps with a time of day. As
 * part of a longer text, such a word may say anything: `not today`, `guten Morgen`.
 *
 * @param words as `foldSpelling` writes them
 */
export function relativeDay(words: string[]): number | undefined {
	const start = words.findIndex((word) => !OPENERS.has(word));
	const said = words.slice(Math.max(0, start)).join(' ');
	for (const [phrase, days] of RELATIVE_DAYS) {
		if (said !== phrase && !said.startsWith(`${phrase} `)) continue;
		const rest = said.slice(phrase.length).trim().split(' ');
		return rest.every((word) => word === '' || FOLLOWERS.has(word)) ? days : undefined;
	}
	return undefined;
}
