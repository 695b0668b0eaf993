/** What tests read of the pages that people read. */

/** The first cells of all rows of the tables whose first column has one of these headings. */
export function firstCells(page: string, headings: readonly string[]): string[] {
	const tables = page.split(/\n(?!\|)/).map((part) => part.split('\n').filter(isRow));
	return tables.flatMap(([head = '', , ...rows]) =>
		headings.includes(firstCell(head)) ? rows.map(firstCell).filter((cell) => cell !== '') : [],
	);
}

const isRow = (line: string) => line.startsWith('|');
const firstCell = (row: string) => (row.split('|')[1] ?? '').trim();

/**
 * What stands in bold as the name of something on the screen, each step of a path by itself. What ends
 * with a punctuation mark begins a paragraph, and so does what has one behind it in a step; a link or
 * code is no name.
 */
export function boldNames(page: string): string[] {
	const withoutTitles = page.replace(/^\d+\. \*\*[^*\n]+\*\*(?=\s?[,:])/gm, '1. ');
	const withoutCode = withoutTitles.replace(/`[^`\n]+`/g, '`code`');
	return [...withoutCode.matchAll(/\*\*([^*\n]+)\*\*/g)]
		.map(([, text = '']) => text)
		.filter((text) => !/^[[`]|[.,:?!]$/.test(text))
		.flatMap((text) => text.split(' > '));
}

/** What stands as code within its lines, each once, sorted; of expressions, what is in the brackets. */
export function codeIn(page: string): string[] {
	const spans = [...withoutBlocks(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
	const codes = spans.flatMap((code) => code.match(/\{\{.*?\}\}/g) ?? [code]);
	return [...new Set(codes)].sort();
}

/** The blocks of code, each with its language. */
export function blocksIn(page: string): string[] {
	return [...page.matchAll(BLOCK)].map(([block]) => block);
}

const BLOCK = /^ *```[\s\S]*?^ *```$/gm;
const withoutBlocks = (page: string) => page.replace(BLOCK, '');

/** The parts of a page: what stands below each heading, up to the next one. */
export function sectionsOf(page: string): Array<{ heading: string; text: string }> {
	return page
		.split(/^#+ /m)
		.slice(1)
		.map((part) => ({
			heading: part.split('\n', 1)[0] ?? '',
			text: part.slice(part.indexOf('\n') + 1),
		}));
}

/** The rows of all tables, without their headings. */
export function rowsIn(page: string): string[] {
	const tables = withoutBlocks(page).split(/\n(?!\|)/);
	return tables.flatMap((part) => part.split('\n').filter(isRow).slice(2));
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsIn(page: string): string[] {
	return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

export function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replaceAll(' ', '-');
}
