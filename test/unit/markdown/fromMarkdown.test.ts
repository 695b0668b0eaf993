import { PLAIN_TEXT, WHATSAPP } from '../../../nodes/Instaply/markdown/format';
import { fromMarkdown } from '../../../nodes/Instaply/markdown/fromMarkdown';

/** What a text becomes in WhatsApp, and elsewhere; the same where it is given once. */
type Case = [title: string, markdown: string, whatsApp: string, plain?: string];

const MARKS: Case[] = [
	['bold', 'a **b** c', 'a *b* c', 'a b c'],
	['bold, with underscores', 'a __b__ c', 'a *b* c', 'a b c'],
	['italics', 'a *b* _c_', 'a _b_ _c_', 'a b c'],
	['both', '***a*** **b *c* d**', '_*a*_ *b _c_ d*', 'a b c d'],
	['bold in bold', '**a __b__ c**', '*a b c*', 'a b c'],
	['struck out', 'was ~~20 €~~ 15 €', 'was ~20 €~ 15 €', 'was ~~20 €~~ 15 €'],
	['struck out within a word', 'a~~b~~c', 'a~~b~~c'],
	['bold over lines', '**a\nb**', '*a*\n*b*', 'a\nb'],
	['bold over lines of a quote', '> **a  \n> b** c', '> *a*  \n> *b* c', '> a  \n> b c'],
	['bold beside a letter', 'un**believ**able **重要**です', 'unbelievable 重要です'],
	['bold beside a sign', "**Ada**'s (**b**), **c**!", "*Ada*'s (*b*), *c*!", "Ada's (b), c!"],
	['bold around its own sign', '**a \\* b**', 'a * b'],
	['bold beside its own sign', '\\***a**', '*a'],
	['bold beside italics', '**a**_b_', 'ab'],
	['bold around an address', '**https://a.b/c**', 'https://a.b/c'],
	['bold right to left', 'مرحبا **عالم**', 'مرحبا *عالم*', 'مرحبا عالم'],
	['emoji', '**👍🏽 ok** 👨‍👩‍👧', '*👍🏽 ok* 👨‍👩‍👧', '👍🏽 ok 👨‍👩‍👧'],
	['escapes', '\\*a\\* \\_b\\_ \\# \\[c\\] \\\\ \\a', '*a* _b_ # [c] \\ \\a'],
	['a mark that nothing ends', '**a *b __c ~~d `e [f', '**a *b __c ~~d `e [f'],
];

const CODE: Case[] = [
	['code', 'run `a_b *c*` now', 'run `a_b *c*` now', 'run a_b *c* now'],
	['code with a backtick', 'a `` b`c `` d', 'a ```b`c``` d', 'a b`c d'],
	['code over lines', '> `a\n> b` c\n> d', '> `a b` c\n> d', '> a b c\n> d'],
	[
		'lines of code',
		'```js\na **b**\n\n  c\n```\nd',
		'```\na **b**\n\n  c\n```\nd',
		'a **b**\n\n  c\nd',
	],
	['lines of code, with tildes', '~~~\na\n~~~', '```\na\n```', 'a'],
	['lines of code that nothing ends', 'a\n```\nb', 'a\n```\nb\n```', 'a\nb'],
	['lines of code with a fence in them', '~~~\n```\n~~~', '```'],
	['lines of code in an item', '- a\n  ```\n  b\n  ```', '- a\n  ```\n  b\n  ```', '- a\n  b'],
	['an item that is code', '- ```\n  b\n  ```\n', '- ```\n  b\n  ```\n', '-\n  b\n'],
	['no lines of code', 'a\n```\n```\nb', 'a\nb'],
];

const LINKS: Case[] = [
	[
		'a link',
		'[our *shop*](https://a.b/c_d_e "Title").',
		'our _shop_ (https://a.b/c_d_e).',
		'our shop (https://a.b/c_d_e).',
	],
	['a link in bold', '**[a](https://b.c)**', '*a (https://b.c)*', 'a (https://b.c)'],
	['a link that is its text', '[www.a.b](https://www.a.b/) [c@d.e](mailto:c@d.e)', 'www.a.b c@d.e'],
	['a link to a phone', '[Call us](tel:+15551234567)', 'Call us (+15551234567)'],
	['a link over lines', '[a\nb](\nhttps://c.d) e\nf', 'a\nb (https://c.d) e\nf'],
	[
		'a picture',
		'![A bike](https://a.b/c.png) ![](https://d.e)',
		'A bike (https://a.b/c.png) https://d.e',
	],
	['a picture that is a link', '[![a](https://b.c)](https://d.e)', 'a (https://b.c) (https://d.e)'],
	['an address in angles', '<https://a.b/c_d_> <a@b.c>', 'https://a.b/c_d_ a@b.c'],
	['an escaped address', 'https://a.b/c\\_d', 'https://a.b/c_d'],
	['what is no link', 'prices[0](net) [1] [a][b] [ ](', 'prices[0](net) [1] [a][b] [ ]('],
];

const BLOCKS: Case[] = [
	['headings', '# a\n## b *c* ##\n#d', '*a*\n*b _c_*\n#d', 'a\nb c\n#d'],
	['a heading in bold', '### **a** b', '*a b*', 'a b'],
	['underlined headings', 'a\n===\nb\n---\nc', '*a*\n*b*\nc', 'a\nb\nc'],
	['dashes below a text', 'Regards\n--\nAda\nBob\n---\n', 'Regards\n--\nAda\nBob\n---\n'],
	['rules', '---\n***\n_ _ _\n', '---\n***\n_ _ _\n'],
	[
		'lists',
		'- a\n  - **b**\n\n    c\n1. d\n   1) e\n* f\n+ g',
		'- a\n  - *b*\n\n    c\n1. d\n   1) e\n* f\n+ g',
		'- a\n  - b\n\n    c\n1. d\n   1) e\n* f\n+ g',
	],
	['tasks', '- [ ] a\n- [x] b', '- [ ] a\n- [x] b'],
	['quotes', '> a **b**\nc\n>> d', '> a *b*\nc\n>> d', '> a b\nc\n>> d'],
	[
		'a table',
		'| a | b |\n|:--|--:|\n| c | **d** |\n| e\\|f | |\n\ng',
		'*a* | *b*\nc | *d*\ne|f | \n\ng',
		'a | b\nc | d\ne|f | \n\ng',
	],
	['a table below a text', 'x\na | b\n- | -\nc | d', 'x\n*a* | *b*\nc | d', 'x\na | b\nc | d'],
	[
		'breaks of HTML',
		'- a<br>b\n\n|a|b|\n|-|-|\n|c<br/>d|e|',
		'- a\n  b\n\n*a* | *b*\nc d | e',
		'- a\n  b\n\na | b\nc d | e',
	],
	['a break with a backslash', 'a\\\nb', 'a\nb'],
	[
		'line breaks of Windows',
		'**a**\r\n\r\n```\r\nb\r\n```\r\n',
		'*a*\r\n\r\n```\r\nb\r\n```\r\n',
		'a\r\n\r\nb\r\n',
	],
	['nothing but Markdown', '```\n```', '```\n```'],
];

describe.each([
	['Marks', MARKS],
	['Code', CODE],
	['Links', LINKS],
	['Blocks', BLOCKS],
])('%s', (_, cases) => {
	it.each(cases)('%s', (_title, markdown, whatsApp, plain = whatsApp) => {
		expect(fromMarkdown(markdown, WHATSAPP)).toBe(whatsApp);
		expect(fromMarkdown(markdown, PLAIN_TEXT)).toBe(plain);
	});
});

describe('What is no Markdown stays as it is, to the letter', () => {
	it.each([
		'',
		' ',
		'\n\n',
		'Hello, your order 4711 is on its way.\n\n  Thanks!  \n',
		'5 * 3 * 2 = 30, 2*3*4, 2**3, a*b, 20 €/m² ~ 5',
		'two_three_four __ snake_case_name C:\\dir\\file',
		'https://a.b/two_three_four?x=*a*&y=__b__#_c_ www.a.b/*c*',
		'me_and_you@example_site.com @foo_bar_ @__init__ #tag :white_check_mark:',
		'2024. That was a year\n2025. too',
		'Subtotal 10 €\n+ 5 € shipping\n- 2 €\n= 13 €',
		'(a) [b] {c} <d> | e | "f" \'g\' `h ~i~ $j',
		'שלום _ עולם * مرحبا \u200f!',
		'👍🏽👨‍👩‍👧🇫🇷 \ud83d',
		'    a **poem**\n\n\tindented\n',
		'a\rb\r\nc\u2028d',
		'AT&amp;T &lt;b&gt; <b>c</b> <!-- d -->',
		'Free* shipping. *Terms apply',
	])('%j', (text) => {
		expect(fromMarkdown(text, WHATSAPP)).toBe(text);
		expect(fromMarkdown(text, PLAIN_TEXT)).toBe(text);
	});
});

it('What is nested without an end takes no stack', () => {
	for (const unit of ['**a ', '*a _b ', '> ', '- ', '[', '![a](b ', '`a``', '<', '|']) {
		const text = unit.repeat(20_000);
		expect(() => fromMarkdown(text, WHATSAPP)).not.toThrow();
	}
});
