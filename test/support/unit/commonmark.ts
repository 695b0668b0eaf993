/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';

import { htmlOf } from './html.cjs';

/** An example of CommonMark's specification. */
export interface SpecExample {
	number: number;
	section: string;
	markdown: string;
	/** What a parser makes of it, with HTML shown as text. */
	html: string;
}

const EXAMPLE = /^`{32} example\n(.*?)^\.\n.*?^`{32}$|^#{1,6} *(.*?)$/gms;

export function specExamples(): SpecExample[] {
	const spec = readFileSync(require.resolve('commonmark-spec/spec.txt'), 'utf8');
	let section = '';
	const examples = [...spec.matchAll(EXAMPLE)].flatMap(([, markdown, heading]) => {
		if (heading !== undefined) section = heading;
		return markdown === undefined ? [] : { section, markdown: markdown.replaceAll('→', '\t') };
	});
	const pages = htmlOf(examples.map(({ markdown }) => markdown));
	return examples.map((example, index) => ({
		...example,
		number: index + 1,
		html: pages[index] ?? '',
	}));
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };

function decoded(html: string): string {
	return html.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
}

function decodedAddress(address: string): string {
	try {
		return decodeURI(decoded(address));
	} catch {
		return decoded(address);
	}
}

/** A letter, or a digit. */
const VISIBLE = /[\p{L}\p{N}]/u;

/** A letter or a digit that HTML shows, with the tags around it that matter: `a`, `b strong em`. */
export function visibleIn(html: string): string[] {
	const shown: string[] = [];
	const around = { strong: 0, em: 0, code: 0 };
	const links: string[] = [];
	const put = (text: string) => {
		const marks = Object.entries(around).flatMap(([tag, count]) => (count > 0 ? tag : []));
		for (const character of text) {
			if (VISIBLE.test(character)) shown.push([character, ...marks].join(' '));
		}
	};
	for (const [tag, close, name = '', attributes = ''] of html.matchAll(
		/<(\/?)([a-z]\w*)([^>]*)>|[^<]+|</gi,
	)) {
		const [, address = ''] = / (?:href|src)="([^"]*)"/.exec(` ${attributes}`) ?? [];
		if (name === '') put(decoded(tag));
		else if (name in around) around[name as keyof typeof around] += close === '' ? 1 : -1;
		else if (name === 'img') {
			const [, alt = ''] = / alt="([^"]*)"/.exec(attributes) ?? [];
			put(decoded(alt) + decodedAddress(address));
		} else if (name === 'a' && close === '') links.push(decodedAddress(address));
		else if (name === 'a') put(links.pop() ?? '');
	}
	return shown;
}
