import { foldAccents } from './spelling';

/**
 * A letter of a script that puts no spaces between words: Chinese, Japanese, Thai and their neighbours.
 * Korean has spaces, but writes what belongs to a word at its end: `환불을` is `환불` with a particle.
 */
const UNSPACED =
	'(?=[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}])\\p{L}';

/** Letters and digits with their marks; of the scripts above, each letter by itself. */
const WORD = new RegExp(`${UNSPACED}\\p{M}*|(?:(?!${UNSPACED})[\\p{L}\\p{N}]\\p{M}*)+`, 'gu');

/** Puts each word between spaces, so that one text is in another only as whole words. */
function asWords(folded: string): string {
	const words = folded.match(WORD) ?? [];
	return words.length === 0 ? '' : ` ${words.join(' ')} `;
}

/**
 * Tells whether a text has one of some words or phrases, as whole words, without regard to case, accents
 * and signs. Where a script puts no spaces between words, they may be anywhere. One without letters and
 * digits, such as an emoji, is looked for as it is.
 */
export function hasOneOf(text: string, phrases: string[]): boolean {
	const folded = foldAccents(text);
	const words = asWords(folded);
	return phrases.map(foldAccents).some((phrase) => {
		const wanted = asWords(phrase);
		return wanted === '' ? phrase !== '' && folded.includes(phrase) : words.includes(wanted);
	});
}
