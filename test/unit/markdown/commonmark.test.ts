import { blocksOf, type Block } from '../../../nodes/Instaply/markdown/blocks';
import { PLAIN_TEXT, WHATSAPP } from '../../../nodes/Instaply/markdown/format';
import { fromMarkdown } from '../../../nodes/Instaply/markdown/fromMarkdown';
import { inlinesOf } from '../../../nodes/Instaply/markdown/inlines';
import { specExamples, visibleIn, type SpecExample } from '../../support/unit/commonmark';
import { htmlOf } from '../../support/unit/html.cjs';
import { random } from '../../support/unit/random';

/*
 * Judged by a parser of CommonMark: on the examples of its specification, and on generated texts.
 */

/** Sections and examples that are not covered, and why. */
const NOT_COVERED: Record<string, (example: SpecExample) => boolean> = {
	'characters written as entities, which stay as written': ({ markdown }) =>
		/&(?:\w+|#x?[0-9a-f]+);/i.test(markdown),
	'code within a block of HTML': ({ section, markdown }) =>
		section === 'HTML blocks' && markdown.includes('```'),
	'addresses that are defined elsewhere in the text': ({ markdown }) =>
		/^[ >-]*\[(?:[^\]\\]|\\.)+\]:/ms.test(markdown),
	'images within an image, and links: their addresses are shown, too': ({ markdown }) =>
		/!\[[^\]]*\[/.test(markdown),
	'an address with a backslash, which is none': ({ markdown }) => markdown.includes('foo\\bar'),
};

const isCovered = (example: SpecExample) =>
	!Object.values(NOT_COVERED).some((isIt) => isIt(example));

const examples = specExamples();
const covered = examples.filter(isCovered);
const numbered = /^List/;

/** Letters and digits in order. The numbers of a list are signs in HTML. */
const visible = (text: string, { section, markdown }: SpecExample) =>
	text.replace(
		numbered.test(section) || /^\s*\d+[.)]/m.test(markdown) ? /[^\p{L}]/gu : /[^\p{L}\p{N}]/gu,
		'',
	);

/** An address that is its own text is shown once. */
const shownIn = (html: string) =>
	visibleIn(
		html.replace(/<a href="([^"]*)">([^<]*)<\/a>/g, (link, address: string, text: string) =>
			isSame(address, text) ? text : link,
		),
	).map((entry) => entry.split(' ')[0]);
const isSame = (address: string, text: string) =>
	decodeURI(address).replace(/^mailto:/i, '') === text.replace(/^mailto:/i, '');

describe('The specification of CommonMark', () => {
	it('is covered but for what is named', () => {
		expect(examples).toHaveLength(652);
		const sections = new Set(covered.map(({ section }) => section));
		expect(covered.length).toBeGreaterThan(500);
		expect(sections.size).toBeGreaterThan(22);
		for (const isIt of Object.values(NOT_COVERED)) expect(examples.some(isIt)).toBe(true);
	});

	it.each(covered.map((example) => [example.number, example.section, example] as const))(
		'%s, %s: the same letters and digits are shown',
		(_, __, example) => {
			const expected = visible(shownIn(example.html).join(''), example);
			for (const format of [PLAIN_TEXT, WHATSAPP]) {
				const text = fromMarkdown(example.markdown, format);
				expect(visible(text, example)).toBe(expected);
			}
		},
	);
});

/** Each letter and digit that is shown, with what marks it, as `visibleIn` has them. */
function marksOf(markdown: string): string[] {
	return blocksOf(markdown).flatMap(marksIn);
}

function marksIn(block: Block): string[] {
	switch (block.kind) {
		case 'asWritten':
			return letters(block.line.text, ['code']);
		case 'code':
			return block.lines.flatMap(({ text }) => letters(text, ['code']));
		case 'heading':
		case 'paragraph':
			return inlineMarks(block.lines.map(({ text }) => text).join('\n'));
		case 'table':
			return [];
	}
}

function inlineMarks(text: string): string[] {
	const around = { strong: 0, emphasis: 0, strike: 0 };
	return inlinesOf(text).flatMap((piece) => {
		if (piece.kind === 'open') around[piece.mark] += 1;
		if (piece.kind === 'close') around[piece.mark] -= 1;
		const marks = [
			...(around.strong > 0 ? ['strong'] : []),
			...(around.emphasis > 0 ? ['em'] : []),
			...(piece.kind === 'code' ? ['code'] : []),
		];
		if (piece.kind === 'link') return letters(piece.address, marks);
		return 'text' in piece ? letters(piece.text, marks) : [];
	});
}

function letters(text: string, marks: string[]): string[] {
	return [...text]
		.filter((character) => /[\p{L}\p{N}]/u.test(character))
		.map((character) => [character, ...marks].join(' '));
}

/**
 * What texts are made of. Not among them is what is read otherwise on purpose: signs between the
 * letters of a word, lines of one or two dashes below a text, and addresses without brackets; nor empty
 * items and long runs, on which parsers differ.
 */
const FRAGMENTS = [
	...['*', '**', '***', '_', '__', '`', '``', '[', '](/p)', ' ', ' ', '\n', '\n\n', '\t', '  \n'],
	...[' ab', 'é ', ' 你 ', '. ', ', ', '\\', '\\*', '(', ')', '"', '!', '> ', '# ', '\n- ', '\n> '],
	...['\n  - ', '\n1) ', '\n```\n', '\n~~~~\n', '\n    ', '\n***\n', '\nab\n===\n'],
];

it('Generated texts have their marks where a parser of CommonMark has them', () => {
	const next = random(13);
	const texts = Array.from({ length: 10_000 }, () =>
		Array.from({ length: 3 + next(14) }, () => FRAGMENTS[next(FRAGMENTS.length)]).join(''),
	).filter((text) => !/[*_]{4}|^[ >]*(?:[-*]|1\))[ \t]*$|^[ >-]*\[[^\]]*\]:/m.test(text));
	const pages = htmlOf(texts);
	expect(texts.length).toBeGreaterThan(5_000);
	const wrong = texts.flatMap((text, index) => {
		const expected = visibleIn(pages[index] ?? '');
		const found = marksOf(text);
		return expected.join() === found.join() ? [] : [{ text, expected, found }];
	});
	expect(wrong.sort((one, other) => one.text.length - other.text.length).slice(0, 3)).toEqual([]);
});
