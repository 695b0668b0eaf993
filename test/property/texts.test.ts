import fc from 'fast-check';

import { shorten } from '../../nodes/Instaply/common/shorten';
import {
	foldAccents,
	foldCase,
	foldSpelling,
	foldTyping,
	plainSigns,
} from '../../nodes/Instaply/common/spelling';
import { hasOneOf } from '../../nodes/Instaply/common/words';
import { PLAIN_TEXT, WHATSAPP } from '../../nodes/Instaply/markdown/format';
import { fromMarkdown } from '../../nodes/Instaply/markdown/fromMarkdown';
import { ownText } from '../../nodes/Instaply/replies/ownText';
import { anyText, textOf, word } from '../support/property/arbitraries';

/*
 * What a customer reads and writes. A conversion may take signs away, and nothing that somebody said.
 */

const FORMATS = { WhatsApp: WHATSAPP, 'plain text': PLAIN_TEXT };

/** What Markdown is made of. */
const MARKS = [
	...['*', '**', '_', '__', '~~', '~', '`', '``', '```', '[', '](https://e.x)', '](', '![', ')'],
	...[
		'<https://u.v>',
		'\\',
		'<br>',
		'"',
		'(',
		'\n```\n',
		'\n~~~\n',
		'> ',
		'- ',
		'1. ',
		'2) ',
		'# ',
	],
	...[' ', '  ', '\n', '\r\n', '\n\n', '\t', '    ', '|', '\n|-|-|\n', '---', '\n===\n', '<', '>'],
];
const WORDS = ['ab', 'Ünï', '你好', 'مرحبا', '42', '👍🏽', '.', '&', '@a_b', 'snake_case', '1'];

const markdown = textOf([...MARKS, ...WORDS, 'https://a.b/c_d_e', 'www.a.b/*c*'], 30);

describe.each(Object.entries(FORMATS))('Markdown for %s', (_, format) => {
	it('is never empty, and longer by no more than its links and marks', () => {
		fc.assert(
			fc.property(fc.oneof(markdown, anyText), (text) => {
				const shown = fromMarkdown(text, format);
				if (text.trim() !== '') expect(shown.trim()).not.toBe('');
				expect(shown.length).toBeLessThanOrEqual(3 * text.length + 10);
			}),
		);
	});

	it('loses and makes up no letter, digit or emoji, whatever the signs around them', () => {
		// Behind a fence stands the language of its code, which is not shown; nor are titles and tags.
		const parts = [...MARKS, ...WORDS, 'https://a.b/c_d_e'].filter(
			(part) => !/^(\]\(|"|\(|<br>|<|>)$|```|~~~/.test(part),
		);
		const said = (text: string) => text.replace(/[^\p{L}\p{N}\p{Emoji_Presentation}]/gu, '');
		const text = fc
			.array(fc.constantFrom(...parts), { maxLength: 25 })
			.map((all) => all.join(''))
			.filter((one) => !/^.*(?:```|~~~)/m.test(one));
		fc.assert(
			fc.property(text, (written) => {
				expect(said(fromMarkdown(written, format))).toBe(said(written));
			}),
		);
	});

	it('leaves an address as it is, to the letter', () => {
		const path = fc.stringMatching(/^[\w/~*=&?%.-]{0,30}[a-zA-Z\d/=]$/);
		fc.assert(
			fc.property(markdown, path, (before, rest) => {
				const address = `https://shop.example/${rest}`;
				// In code that nothing ends, it is code.
				fc.pre(!/[`\\[\]<|]|~~~/.test(before));
				expect(fromMarkdown(`${before} ${address} ok`, format)).toContain(address);
				expect(fromMarkdown(`[${address}](${address})`, format)).toContain(address);
				expect(fromMarkdown(`[our shop](${address})`, format)).toContain(`(${address})`);
				// A sign behind it would be taken for a part of it.
				expect(fromMarkdown(`**${address}**`, format)).toBe(address);
			}),
		);
	});

	it('leaves a text without Markdown as it is, to the letter', () => {
		const sentence = fc
			.array(
				fc.oneof(word, fc.constantFrom(',', '.', '!', '?', ':', '€', '4', '\n', '👍', '(', ')')),
			)
			.map((words) => words.join(' '));
		fc.assert(
			fc.property(sentence, (text) => {
				expect(fromMarkdown(text, format)).toBe(text);
			}),
		);
	});
});

describe('WhatsApp', () => {
	it('shows what others show, with marks', () => {
		const bare = (text: string) => text.replace(/[*_~`\s]/g, '');
		fc.assert(
			fc.property(markdown, (text) => {
				expect(bare(fromMarkdown(text, WHATSAPP))).toBe(bare(fromMarkdown(text, PLAIN_TEXT)));
			}),
		);
	});

	it('is given each mark twice in a line, next to what it marks', () => {
		const phrase = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
		fc.assert(
			fc.property(phrase, phrase, phrase, (before, marked, after) => {
				const around = (sign: string) => `${before} ${sign}${marked}${sign} ${after}`;
				expect(fromMarkdown(around('**'), WHATSAPP)).toBe(around('*'));
				expect(fromMarkdown(around('*'), WHATSAPP)).toBe(around('_'));
				expect(fromMarkdown(around('~~'), WHATSAPP)).toBe(around('~'));
				expect(fromMarkdown(around('`'), WHATSAPP)).toBe(around('`'));
			}),
		);
	});
});

/** What programs for e-mail put around a reply. */
const EMAIL = [
	...['> quoted', 'On 5 May 2026 at 10:04, Ada <a@b.c> wrote:', 'Best regards', '--', 'Ada', ''],
	...[
		'-----Original Message-----',
		'From: Ada',
		'Sent: 5 May',
		'Subject: Hi',
		'__________',
		'PS: ok',
	],
	...['Sent from my iPhone', 'Thanks,', 'Am 5. Mai 2026 schrieb Ada:', 'yes', 'no, thank you'],
];

describe('Of an e-mail', () => {
	it('nothing is made up: what is left are lines of it, in their order, and never none', () => {
		const lines = fc.array(fc.oneof(fc.constantFrom(...EMAIL), anyText), { maxLength: 20 });
		fc.assert(
			fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), (written, end) => {
				const email = written.join(end);
				const own = ownText(email);
				if (own === email) return;
				const left = email.split(/\r\n|\n|\r/);
				for (const line of own.split('\n')) {
					const index = left.indexOf(line);
					expect({ line, index }).not.toEqual({ line, index: -1 });
					left.splice(0, index + 1);
				}
				expect(own.trim()).not.toBe('');
			}),
		);
	});

	it('what its writer typed stays, whatever a program puts below it', () => {
		const typed = fc
			.array(
				fc.array(fc.oneof(word, fc.constantFrom('4', 'yes', ',', '.')), {
					minLength: 2,
					maxLength: 6,
				}),
				{ minLength: 1, maxLength: 5 },
			)
			.map((lines) => lines.map((words) => words.join(' ')).join('\n'));
		const below = fc.constantFrom(
			'',
			'\n\nOn 5 May 2026 at 10:04, Ada <a@b.c> wrote:\n> Is it you?\n>\n> Bob',
			'\n\n> Is it you?',
			'\n-----Original Message-----\nIs it you?',
			'\n________________________________\nFrom: Ada <a@b.c>\nSent: 5 May\nTo: Bob\nSubject: Hi\n\nIs it you?',
			'\n-- \nAda Lovelace\n+1 555 123 4567',
			'\nBest regards\nAda',
			'\n\nSent from my iPhone',
		);
		fc.assert(
			fc.property(typed, below, (text, quote) => {
				expect(ownText(text + quote)).toBe(text);
			}),
		);
	});
});

describe('A spelling', () => {
	const FORMS = { foldCase, plainSigns, foldTyping, foldAccents, foldSpelling };
	const text = fc.oneof(
		anyText,
		textOf([
			'É',
			'e\u0301',
			'ß',
			'İ',
			'ı',
			'ς',
			'’',
			'–',
			'\u00a0',
			' ',
			'ﬁ',
			'②',
			'¼',
			'👍🏽',
			'!',
			'は',
			'ば',
			'ё',
			'ͅ',
			'ΐ',
		]),
	);

	it.each(Object.entries(FORMS))('of a spelling is the same: %s', (_, fold) => {
		fc.assert(
			fc.property(text, (written) => {
				expect(fold(fold(written))).toBe(fold(written));
			}),
		);
	});

	it('does not depend on how the characters are put together', () => {
		fc.assert(
			fc.property(text, (written) => {
				for (const fold of [foldCase, foldTyping, foldAccents, foldSpelling]) {
					expect(fold(written.normalize('NFD'))).toBe(fold(written.normalize('NFC')));
				}
			}),
		);
	});

	it('that is the same stays the same in every looser form', () => {
		fc.assert(
			fc.property(text, text, (one, other) => {
				const [typed, accented] = [foldTyping(one), foldAccents(one)];
				expect(foldAccents(typed)).toBe(accented);
				expect(foldSpelling(accented)).toBe(foldSpelling(one));
				if (foldTyping(other) === typed) expect(foldSpelling(other)).toBe(foldSpelling(one));
			}),
		);
	});

	it('is found as a word wherever it stands between spaces', () => {
		fc.assert(
			fc.property(word, word, word, (before, wanted, after) => {
				expect(hasOneOf(`${before} ${wanted}, ${after}`, ['nowhere', wanted])).toBe(true);
				expect(hasOneOf(`${before} ${after}`, [])).toBe(false);
			}),
		);
	});
});

it('A text that is shortened has no half of a character at its end', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, length) => {
			const short = shorten(text, length);
			expect(short.length).toBeLessThanOrEqual(length + 1);
			expect(text.startsWith(short.replace(/…$/, '')) || short === text).toBe(true);
			expect(short).not.toMatch(/\p{Cs}/u);
		}),
	);
});
