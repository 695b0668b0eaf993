import type { IConnections, INode } from 'n8n-workflow';

import { inFrench, readExampleFile, translatedNames } from '../../lab/examples';
import { frenchNames } from '../support/package/french';
import { boldNames, codeIn } from '../support/package/markdown';
import { misspaced } from '../support/package/typography';

/*
 * The examples in French do what the English ones do: the two differ by their texts and their names.
 */

const NOTE = 'n8n-nodes-base.stickyNote';

/** Where a text stands that people read, or that customers write. */
const TEXTS = new Set([
	...['text', 'clarification', 'reply', 'alsoAccept', 'textContains'],
	...['outputKey', 'renameFallbackOutput', 'rightValue'],
]);

/** Texts inside of expressions, and values, as the French examples have them. */
const WORDS: Array<[english: string, french: string]> = [
	[
		"'No answer about the appointment within a day.'",
		"'Aucune réponse au sujet du rendez-vous au bout de 24 heures.'",
	],
	[
		"'The answer about the appointment was not clear: '",
		"'Réponse peu claire au sujet du rendez-vous\u00a0: '",
	],
	['`not asked, because: ${', '`question non posée\u00a0: ${'],
	["'no answer'", "'sans réponse'"],
	["'answered'", "'répondu'"],
	["'something else'", "'autre chose'"],
	[
		"['stop', 'unsubscribe', 'stop please', 'please stop']",
		"['stop', 'stop merci', 'stop svp', 'arret', 'arreter', 'arretez', 'desabonner', 'me desabonner', 'desabonnement', 'desinscrire', 'me desinscrire', 'desinscription']",
	],
];
/** The values that an example writes into a table. */
const VALUES = new Map([['asked', 'question posée']]);

const isNote = ({ type }: INode) => type === NOTE;

/** Every text below a value, with the key under which it stands, or its list. */
function leaves(value: unknown, key = ''): Array<[key: string, text: string]> {
	if (typeof value === 'string') return [[key, value]];
	if (Array.isArray(value)) return value.flatMap((item: unknown) => leaves(item, key));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, item]: [string, unknown]) => leaves(item, name));
}

/** The same value with every text below it changed. */
function withTexts(
	value: unknown,
	change: (text: string, key: string) => unknown,
	key = '',
): unknown {
	if (typeof value === 'string') return change(value, key);
	if (Array.isArray(value)) return value.map((item: unknown) => withTexts(item, change, key));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, item]: [string, unknown]) => [
			name,
			withTexts(item, change, name),
		]),
	);
}

/** Of what people read, the expressions alone; everything else as it is. */
const withoutTexts = (parameters: unknown) =>
	withTexts(parameters, (text, key) =>
		TEXTS.has(key) && text !== '' ? [...text.matchAll(/\{\{.*?\}\}/g)].map(([code]) => code) : text,
	);

describe.each(translatedNames())('The example %s in French', (name) => {
	const readBoth = async () => {
		const [english, french] = await Promise.all([
			readExampleFile(name),
			readExampleFile(inFrench(name)),
		]);
		return { english, french, names: await frenchNames(name) };
	};
	const nodesOf = ({ nodes }: { nodes: INode[] }) => nodes.filter((node) => !isNote(node));
	const notesOf = ({ nodes }: { nodes: INode[] }) => nodes.filter(isNote);

	it('has the nodes of the English one, set alike apart from their texts', async () => {
		const { english, french, names } = await readBoth();
		const translated = (text: string) => {
			let code = names.get(text) ?? VALUES.get(text) ?? text;
			for (const [from, to] of names) code = code.replaceAll(`$('${from}')`, `$('${to}')`);
			for (const [from, to] of WORDS) code = code.replaceAll(from, to);
			return code;
		};
		expect(
			nodesOf(french).map((node) => ({ ...node, parameters: withoutTexts(node.parameters) })),
		).toEqual(
			nodesOf(english).map((node) => ({
				...node,
				name: names.get(node.name),
				parameters: withoutTexts(withTexts(node.parameters, translated)),
			})),
		);
	});

	it('connects them alike', async () => {
		const { english, french, names } = await readBoth();
		const rename = (text: string) => names.get(text) ?? text;
		const connections: IConnections = Object.fromEntries(
			Object.entries(english.connections).map(([from, outputs]) => [rename(from), outputs]),
		);
		expect(french.connections).toEqual(
			withTexts(connections, (text, key) => (key === 'node' ? rename(text) : text)),
		);
		expect(french.settings).toEqual(english.settings);
	});

	it('has every note of the English one, about the same fields and nodes', async () => {
		const { english, french, names } = await readBoth();
		const words = new Map(WORDS.map(([from, to]) => [unquoted(from), unquoted(to)]));
		const rename = (text: string) => names.get(text) ?? words.get(text) ?? text;
		const content = ({ parameters }: INode) => String(parameters.content);
		expect(notesOf(french).map(({ id }) => id)).toEqual(notesOf(english).map(({ id }) => id));
		for (const [index, note] of notesOf(english).entries()) {
			const translated = notesOf(french).map(content)[index] ?? '';
			expect(codeIn(translated)).toEqual(codeIn(content(note)));
			const named = boldNames(translated);
			expect(
				boldNames(content(note))
					.map(rename)
					.filter((one) => !named.includes(one)),
			).toEqual([]);
			expect(translated.split('\n')).toHaveLength(content(note).split('\n').length);
		}
	});

	it('leaves nothing in English that people read', async () => {
		const { english, french, names } = await readBoth();
		const textsOf = ({ nodes }: { nodes: INode[] }) =>
			nodes.flatMap(({ parameters }) =>
				leaves(parameters)
					.filter(([key, text]) => [...TEXTS, 'content'].includes(key) && /\p{L}/u.test(text))
					.map(([, text]) => text),
			);
		const same = new Set(textsOf(english));
		// The word that customers know from every other sender.
		expect(
			textsOf(french).filter((text) => same.has(text) && text !== 'Stop' && !isCode(text)),
		).toEqual([]);
		// n8n's and this package's own names.
		const kept = [...names].filter(([from, to]) => from === to).map(([from]) => from);
		expect(
			kept.filter((one) => !/^(Instaply Trigger|Loop Over Items|Sticky Note)$/.test(one)),
		).toEqual([]);
		expect(french.name).not.toBe(english.name);
	});

	it('sets its signs as French wants it', async () => {
		const french = await readExampleFile(inFrench(name));
		const texts = leaves(french).filter(([key]) => TEXTS.has(key) || /^(name|content)$/.test(key));
		expect(texts.flatMap(([, text]) => misspaced(text))).toEqual([]);
	});
});

const isCode = (text: string) => /^=\{\{.*\}\}$/s.test(text);

/** What a person reads of a literal of an expression. */
function unquoted(literal: string): string {
	return literal.replace(/^['`]|['`]$|\$\{$/g, '').trim();
}
