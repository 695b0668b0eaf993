/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { exampleNames, translatedNames } from '../../lab/examples';
import { ROOT } from '../support/package/files';
import { frenchNames } from '../support/package/french';
import { blocksIn, boldNames, codeIn, rowsIn, sectionsOf } from '../support/package/markdown';
import { misspaced } from '../support/package/typography';

/*
 * The pages in French say what the English ones say: they keep step section by section and row by row.
 */

const read = async (page: string) => await readFile(join(ROOT, page), 'utf8');

const PAGES = ['docs/fr/README.md', 'docs/fr/depannage.md', 'docs/fr/exemples.md'];

/** The sections of an English page and what they are called in French, in the order of the page. */
type Sections = Array<[english: string, french: string]>;

const README: Sections = [
	['n8n-nodes-instaply', 'n8n-nodes-instaply, en français'],
	['Install in n8n', 'Installer dans n8n'],
	['Connect your Instaply account', 'Connecter votre compte Instaply'],
	['Your first workflow', 'Votre premier workflow'],
	['Instaply', 'Le nœud Instaply'],
	['Where the IDs come from', "D'où viennent les ID"],
	['Instaply Trigger', 'Le déclencheur Instaply Trigger'],
	['Workflows to import', 'Workflows à importer'],
	['Questions', 'Questions'],
	['What it cannot do', "Ce qu'il ne sait pas faire"],
	['Privacy', 'Vie privée'],
	['Update, go back, uninstall', 'Mettre à jour, revenir en arrière, désinstaller'],
	['Try it without an Instaply account', 'Essayer sans compte Instaply'],
	['Help', 'Aide'],
];
/** For whoever chooses the n8n to run it on. */
const ENGLISH_ALONE = ['Compatibility'];

const TROUBLESHOOTING: Sections = [
	['When something does not work', 'Quand quelque chose ne marche pas'],
	['What n8n says', 'Ce que dit n8n'],
	['What you see', 'Ce que vous voyez'],
];

describe.each([
	['README.md', 'docs/fr/README.md', README],
	['docs/troubleshooting.md', 'docs/fr/depannage.md', TROUBLESHOOTING],
])('%s and %s', (englishPage, frenchPage, sections) => {
	const readBoth = async () => {
		const english = sectionsOf(await read(englishPage)).filter(
			({ heading }) => !ENGLISH_ALONE.includes(heading),
		);
		return { english, french: sectionsOf(await read(frenchPage)) };
	};
	const readPairs = async () => {
		const { english, french } = await readBoth();
		return english.map(({ heading, text }, index) => ({
			heading,
			text,
			translated: french[index]?.text ?? '',
		}));
	};

	it('have the same sections', async () => {
		const { english, french } = await readBoth();
		expect(english.map(({ heading }) => heading)).toEqual(sections.map(([heading]) => heading));
		expect(french.map(({ heading }) => heading)).toEqual(sections.map(([, heading]) => heading));
	});

	it('name the same things on the screen in each section', async () => {
		for (const { heading, text, translated } of await readPairs()) {
			const named = boldNames(translated);
			const missing = boldNames(text).filter((name) => !named.includes(name));
			expect({ heading, missing }).toEqual({ heading, missing: [] });
		}
	});

	it('have the same code, commands and pictures in each section', async () => {
		for (const { heading, text, translated } of await readPairs()) {
			const [wanted, found] = [text, translated].map((part) => ({
				code: codeIn(part),
				blocks: blocksIn(part),
				pictures: [...part.matchAll(/images\/[\w.-]+/g)].map(([picture]) => picture),
			}));
			expect({ heading, ...found }).toEqual({ heading, ...wanted });
		}
	});

	it('have the same number of rows, steps and points in each section', async () => {
		for (const { heading, text, translated } of await readPairs()) {
			const [wanted, found] = [text, translated].map((part) => ({
				rows: rowsIn(part).length,
				steps: part.match(/^ *\d+\. /gm) ?? [],
				// In French, the first examples are a list.
				points: heading === 'Workflows to import' ? [] : (part.match(/^ *- /gm) ?? []),
			}));
			expect({ heading, ...found }).toEqual({ heading, ...wanted });
		}
	});
});

describe('The troubleshooting page in French', () => {
	const readRows = async () => {
		const [english, french] = [
			rowsIn(await read('docs/troubleshooting.md')),
			rowsIn(await read('docs/fr/depannage.md')),
		];
		return english.map((row, index) => [row, french[index] ?? ''] as const);
	};

	it('quotes the same messages in the same order', async () => {
		const message = (row: string) => /^\| `([^`]+)`/.exec(row)?.[1];
		const rows = await readRows();
		expect(rows.map(([, row]) => message(row))).toEqual(rows.map(([row]) => message(row)));
	});

	it('sends people to the same fields, row by row', async () => {
		for (const [english, french] of await readRows()) {
			expect(new Set(boldNames(french))).toEqual(new Set(boldNames(english)));
			expect(codeIn(french)).toEqual(codeIn(english));
		}
	});
});

describe('The examples in French', () => {
	const PAGE = 'docs/fr/exemples.md';
	const rowOf = async (page: string, name: string) =>
		rowsIn(await read(page)).find((row) => row.startsWith(`| [${name}`)) ?? '';

	it('are told in the order of the English page', async () => {
		const named = async (page: string) =>
			rowsIn(await read(page)).map((row) => /^\| \[([\w-]+)/.exec(row)?.[1]);
		expect(await named(PAGE)).toEqual(await named('examples/README.md'));
		expect(new Set(await named(PAGE))).toEqual(new Set(exampleNames()));
	});

	it.each(exampleNames())('%s: what to fill in, and in which order', async (name) => {
		const isTranslated = translatedNames().includes(name);
		const names = isTranslated ? await frenchNames(name) : new Map<string, string>();
		const row = await rowOf(PAGE, name);
		const folder = isTranslated ? 'examples/fr' : 'examples';
		expect(row).toContain(`](../../${folder}/${name}.json)`);
		expect(row.split(' | ')).toHaveLength(4);

		const english = (await rowOf('examples/README.md', name)).replace(/!\[[^\]]*\]/g, '');
		const named = boldNames(row);
		const wanted = boldNames(english).map((one) => names.get(one) ?? one);
		expect(wanted.filter((one) => !named.includes(one))).toEqual([]);
		expect(codeIn(english).filter((code) => !codeIn(row).includes(code))).toEqual([]);
	});

	it('have the same steps for a shop that calls, and for a bot that asks', async () => {
		const [english, french] = [await read('examples/README.md'), await read(PAGE)].map((page) =>
			sectionsOf(page).slice(-2),
		);
		expect(french?.map(({ heading }) => heading)).toEqual([
			'Faire appeler un workflow par votre boutique',
			"Laisser un robot demander s'il est en pause",
		]);
		for (const [index, { text }] of (english ?? []).entries()) {
			const translated = french?.[index]?.text ?? '';
			expect(codeIn(translated)).toEqual(codeIn(text));
			expect(translated.match(/^\d+\. /gm)).toEqual(text.match(/^\d+\. /gm));
			const named = boldNames(translated);
			expect(boldNames(text).filter((name) => !named.includes(name))).toEqual([]);
			const withoutTime = (page: string) =>
				blocksIn(page).map((block) => block.replace(/"time": "[^"]*"/, '"time"'));
			expect(withoutTime(translated)).toEqual(withoutTime(text));
		}
	});
});

describe.each(PAGES)('%s', (page) => {
	it('sets its signs as French wants it', async () => {
		expect(misspaced(await read(page))).toEqual([]);
	});
});

it('A sign that French would set otherwise would be found', () => {
	for (const text of ['Quoi ?', 'Quoi?', 'Ainsi : non', 'Ainsi: non', '« oui »', '«oui»']) {
		expect(misspaced(text)).not.toEqual([]);
	}
	expect(misspaced('Quoi\u00a0? Ainsi\u00a0: «\u00a0oui\u00a0», `a ? b : c`, https://a.b')).toEqual(
		[],
	);
});

it.each(['README.md', 'docs/troubleshooting.md', 'examples/README.md'])(
	'%s leads to its French counterpart in its first lines',
	async (page) => {
		const top = (await read(page)).split('\n').slice(0, 6).join('\n');
		expect(top).toMatch(/^_En français\u00a0: .*\]\((\.\.\/)?(docs\/)?fr\/\w+\.md\)/m);
	},
);
