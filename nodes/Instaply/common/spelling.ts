/*
 * Forms of a text that are the same for texts which mean the same, from strict to loose. All of them
 * take time that grows with the length of the text and no faster.
 */

/** Without case and surrounding spaces. */
export function foldCase(text: string): string {
	return text.normalize('NFC').trim().toLowerCase();
}

/** As phones and word processors write them; `´` would become a space and an accent. */
const APOSTROPHES = /[‘’‚‛‹›′´`ʹʻʼʽ]/g;
const QUOTES = /[“”„‟«»″]/g;
const DASHES = /[\p{Pd}\u2212]/gu;

/** Signs without a look of their own: variants of a character, and directions of writing. */
const INVISIBLE = /[\p{Variation_Selector}\p{Bidi_Control}\u00ad\u200b\u2060\ufeff]/gu;

/** Without signs that nobody sees, and with one kind of apostrophes, of quotes and of dashes. */
export function plainSigns(text: string): string {
	return text
		.replace(INVISIBLE, '')
		.replace(APOSTROPHES, "'")
		.replace(QUOTES, '"')
		.replace(DASHES, '-');
}

/**
 * Also without what depends on the keyboard: the kind of quotes, dashes and spaces, full width, and
 * how a letter is written in upper case (`ß` as `SS`, `ı` as `I`).
 */
export function foldTyping(text: string): string {
	// Twice, because `ŉ` is an apostrophe and a letter only then.
	return plainSigns(plainSigns(text).normalize('NFKC'))
		.toUpperCase()
		.toLowerCase()
		.normalize('NFKC')
		.replace(/\s+/g, ' ')
		.trim();
}

/**
 * Marks are accents, which people leave out, in the Latin and the Greek script, and the dots of a
 * Cyrillic ё. In others they make another letter: `ば` is not `は`, nor `कु` `कि`. Intl.Collator knows no
 * such difference.
 */
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+|(е)\u0308/gu;

/** Also without accents and skin tones. */
export function foldAccents(text: string): string {
	return foldTyping(text)
		.normalize('NFD')
		.replace(ACCENTS, '$1$2')
		.replace(/\p{Emoji_Modifier}/gu, '')
		.normalize('NFC')
		.trim();
}

/** From the first letter or digit to the last, which may have marks that are part of it. */
const WORDS = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?[\p{Mn}\p{Mc}]*/su;

/**
 * Also without signs around it; a text without letters and digits, such as an emoji, stays.
 */
export function foldSpelling(text: string): string {
	const plain = foldAccents(text);
	const [words = plain] = WORDS.exec(plain) ?? [];
	return words;
}
