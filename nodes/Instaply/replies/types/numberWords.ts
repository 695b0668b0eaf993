import { foldSpelling } from '../../common/spelling';

/**
 * The words for 0 to 12 in English, German, French, Spanish, Italian, Dutch and Portuguese, as
 * `foldSpelling` writes them. The Spanish word for 11 is missing: in English, it means one time.
 */
const WORDS = [
	'zero null nul cero',
	'one ein eine eins un une uno una een um uma',
	'two zwei zwo deux dos due twee dois duas',
	'three drei trois tres tre drie',
	'four vier quatre cuatro quattro quatro',
	'five funf fuenf cinq cinco cinque vijf',
	'six sechs seis sei zes',
	'seven sieben sept siete sette zeven sete',
	'eight acht huit ocho otto oito',
	'nine neun neuf nueve nove negen',
	'ten zehn dix diez dieci tien dez',
	'eleven elf onze undici',
	'twelve zwolf zwoelf douze doce dodici twaalf doze',
].map((line) => line.split(' '));

const BY_WORD: ReadonlyMap<string, number> = new Map(
	WORDS.flatMap((words, value) => words.map((word) => [word, value] as const)),
);

/** @returns undefined for any other word */
export function numberOfWord(word: string): number | undefined {
	return BY_WORD.get(foldSpelling(word));
}

/** Words and signs that multiply the number before them, as `foldSpelling` writes them. */
const MULTIPLIERS: ReadonlySet<string> = new Set([
	...['k', 'tsd', 'tausend', 'thousand', 'mille', 'mil', 'mila', 'duizend', 'hundred', 'hundert'],
	...['honderd', 'mio', 'mln', 'mn', 'mill', 'mrd', 'mld', 'md', 'bn', 'lakh', 'lakhs', 'crore'],
	...['crores', 'dozen', 'dutzend', 'douzaine', 'douzaines', 'docena', 'docenas', 'dozzina'],
	...['dozzine', 'dozijn', 'duzia', 'duzias'],
]);
const LARGE = /^(?:mill?i[oa]|mill?ion|bill?i[oa]|milh|milj|bilh|bilj|[万萬千百億亿만천백억])/u;

/** Tells whether a word multiplies the number before it, as in `12 million`. */
export function multiplies(word: string): boolean {
	const folded = foldSpelling(word);
	return MULTIPLIERS.has(folded) || LARGE.test(folded);
}
