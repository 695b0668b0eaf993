import { blocksOf, type Block, type BlockLine } from './blocks';
import type { Format } from './format';
import type { Inline, Mark } from './inline';
import { inlinesOf } from './inlines';
import { showMarks } from './marks';
import { cellsOf } from './table';
import { MarkWriter } from './writer';

/**
 * A Markdown text as a channel shows it. What is not Markdown in it stays as it is, to the letter.
 * Takes time that grows with the length of the text and no faster.
 */
export function fromMarkdown(text: string, format: Format): string {
	const converted = blocksOf(text)
		.map((block) => writeBlock(block, format))
		.join('');
	const shown = endsLine(text) ? converted : withoutLineEnd(converted);
	// Of a text that is nothing but Markdown, something has to go out.
	return shown.trim() === '' ? text : shown;
}

function writeBlock(block: Block, format: Format): string {
	switch (block.kind) {
		case 'asWritten':
			return asWritten(block.line);
		case 'paragraph':
			return writeLines(block.lines, format);
		case 'heading':
			return writeLines(block.lines, format, 'strong');
		case 'code':
			return writeCode(block, format);
		case 'table':
			return [
				writeRow(block.header, format, 'strong'),
				...block.rows.map((row) => writeRow(row, format)),
			].join('');
	}
}

function asWritten({ prefix, text, end }: BlockLine): string {
	return prefix + text + end;
}

/** @param mark around all of it */
function writeLines(lines: readonly BlockLine[], format: Format, mark?: Mark): string {
	const [first] = lines;
	if (first === undefined) return '';
	const text = lines.map((line) => line.text).join('\n');
	const pieces = around(inlinesOf(text), mark);
	const writer = new MarkWriter();
	let index = 0;
	for (const [place, shown] of showMarks(pieces, format).entries()) {
		const piece = pieces[place];
		const line = lines[index];
		if (piece?.kind === 'innerBreak') writer.writeLineEnd(`\n${spaceFor(line?.prefix ?? '')}`);
		else if (piece?.kind !== 'break') {
			writer.write(shown);
			if (piece !== undefined && 'lines' in piece) index += piece.lines;
		} else {
			index += 1;
			writer.writeLineEnd((line?.end ?? '') + (lines[index]?.prefix ?? ''));
		}
	}
	return first.prefix + writer.end() + (lines.at(-1)?.end ?? '');
}

function around(pieces: Inline[], mark: Mark | undefined): Inline[] {
	return mark === undefined ? pieces : [{ kind: 'open', mark }, ...pieces, { kind: 'close', mark }];
}

/** What a further line of the same begins with: the mark of a quote again, that of an item not. */
function spaceFor(prefix: string): string {
	return prefix.replace(/[^>\s]/g, ' ');
}

function writeRow({ prefix, text, end }: BlockLine, format: Format, mark?: Mark): string {
	const cells = cellsOf(text).map((cell) => {
		const writer = new MarkWriter();
		const pieces = around(inlinesOf(cell), mark);
		for (const [index, shown] of showMarks(pieces, format).entries()) {
			const isBreak = pieces[index]?.kind === 'innerBreak';
			writer.write(isBreak ? { kind: 'text', text: ' ' } : shown);
		}
		return writer.end();
	});
	return prefix + cells.join(' | ') + end;
}

function writeCode(
	{ opening, lines, closing }: Extract<Block, { kind: 'code' }>,
	{ code }: Format,
): string {
	const content = lines.map(asWritten).join('');
	const hasText = lines.some(({ text }) => text.trim() !== '');
	if (code === undefined || !hasText || content.includes(code.fence)) {
		// The mark of an item is not the code's.
		const isMark = /[^>\s]/.test(opening.prefix);
		return (isMark ? opening.prefix.trimEnd() + opening.end : '') + content;
	}
	const { fence } = code;
	const before = opening.prefix + fence + opening.end;
	if (closing !== undefined) return before + content + closing.prefix + fence + closing.end;
	const end = endsLine(content) ? '' : opening.end;
	return before + content + end + spaceFor(opening.prefix) + fence;
}

function endsLine(text: string): boolean {
	return /[\r\n]$/.test(text);
}

function withoutLineEnd(text: string): string {
	if (text.endsWith('\r\n')) return text.slice(0, -2);
	return endsLine(text) ? text.slice(0, -1) : text;
}
