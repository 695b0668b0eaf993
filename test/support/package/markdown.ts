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
 * with a punctuation mark begins a paragraph; a link or code is no name.
 */
export function boldNames(page: string): string[] {
	const withoutCode = page.replace(/`[^`\n]+`/g, '`code`');
	return [...withoutCode.matchAll(/\*\*([^*\n]+)\*\*/g)]
		.map(([, text = '']) => text)
		.filter((text) => !/^[[`]|[.,:?!]$/.test(text))
		.flatMap((text) => text.split(' > '));
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
