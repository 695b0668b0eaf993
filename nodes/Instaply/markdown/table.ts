/** The cells of a row, between pipes that are not escaped; those at both ends may be left out. */
export function cellsOf(row: string): string[] {
	const cells: string[] = [];
	let start = 0;
	for (const { 0: found, index } of row.matchAll(/\\.|\|/gs)) {
		if (found !== '|') continue;
		cells.push(row.slice(start, index));
		start = index + 1;
	}
	cells.push(row.slice(start));
	const texts = cells.map((cell) => cell.replaceAll('\\|', '|').trim());
	if (texts[0] === '') texts.shift();
	if (texts.at(-1) === '') texts.pop();
	return texts;
}

/** Tells whether a line is the one of dashes below the header of a table. */
export function isDelimiterRow(line: string, header: string): boolean {
	if (!line.includes('|') || !line.includes('-')) return false;
	const cells = cellsOf(line);
	return cells.every((cell) => /^:?-+:?$/.test(cell)) && cells.length === cellsOf(header).length;
}
