import { Cursor, linesOf } from './lines';
import {
	closesFence,
	headingText,
	isEmptyHeading,
	isRule,
	isUnderline,
	itemMarker,
	openingFence,
	type Fence,
} from './lineStarts';
import { isDelimiterRow } from './table';

/** A line: what its containers and its indentation take of it, the rest, and its line break. */
export interface BlockLine {
	prefix: string;
	text: string;
	end: string;
}

/**
 * What a text consists of, from top to bottom. Lists and quotes are no blocks of their own: they show
 * in the prefixes of lines, which are sent as written.
 */
export type Block =
	/** Blank lines, rules, headings without a text, and what is indented by four or more. */
	| { kind: 'asWritten'; line: BlockLine }
	| { kind: 'paragraph'; lines: BlockLine[] }
	| { kind: 'heading'; lines: BlockLine[] }
	| { kind: 'code'; opening: BlockLine; lines: BlockLine[]; closing?: BlockLine }
	| { kind: 'table'; header: BlockLine; rows: BlockLine[] };

type Paragraph = Extract<Block, { kind: 'paragraph' }>;
type Container = { kind: 'quote' } | { kind: 'item'; width: number };

/** Deeper than people write. Without a bound, each line would be compared with any number of lists. */
const MAX_DEPTH = 16;

/**
 * The blocks of a Markdown text, as CommonMark and GitHub's tables have them. Not among them are blocks
 * of HTML and definitions of links, which are paragraphs here.
 */
export function blocksOf(text: string): Block[] {
	const reader = new BlockReader();
	for (const { text: line, end } of linesOf(text)) reader.read(line, end);
	return reader.blocks;
}

class BlockReader {
	readonly blocks: Block[] = [];
	private containers: Container[] = [];
	/** The block that the next line may belong to. */
	private open: Block | undefined;
	private fence: (Fence & { indent: number }) | undefined;

	read(text: string, end: string): void {
		const cursor = new Cursor(text);
		const matched = this.matchContainers(cursor, text);
		const isInside = matched === this.containers.length;
		const rest = () => text.slice(cursor.start);
		const line = (): BlockLine => ({ prefix: text.slice(0, cursor.start), text: rest(), end });

		if (this.open?.kind === 'code' && isInside && this.readCode(this.open, cursor, text, end))
			return;
		if (cursor.isBlank) {
			this.leave(matched);
			return this.add({ kind: 'asWritten', line: { prefix: text, text: '', end } });
		}

		if (isInside && cursor.indent < 4 && this.beginsTable(line())) return;
		let depth = matched;
		let paragraph = this.open?.kind === 'paragraph' ? this.open : undefined;
		while (cursor.indent < 4 && depth < MAX_DEPTH) {
			const container = startOf(cursor, rest(), paragraph !== undefined && isInside);
			if (container === undefined) break;
			this.leave(depth);
			this.containers.push(container);
			depth += 1;
			paragraph = undefined;
		}
		// A new container has closed what was open.
		const isContinued = depth === matched && isInside;
		if (cursor.isBlank)
			return this.add({ kind: 'asWritten', line: { prefix: text, text: '', end } });
		if (cursor.indent < 4 && this.readLeaf(line(), cursor.indent, isContinued, depth)) return;
		// Also a line of which the containers say less: that of a quote may go on without its mark.
		if (paragraph !== undefined) return void paragraph.lines.push(line());
		this.leave(depth);
		if (cursor.indent >= 4) return this.add({ kind: 'asWritten', line: line() });
		this.add({ kind: 'paragraph', lines: [line()] }, true);
	}

	/** How many of the containers go on in a line. */
	private matchContainers(cursor: Cursor, text: string): number {
		for (const [index, container] of this.containers.entries()) {
			if (container.kind === 'quote') {
				if (cursor.indent >= 4 || text[cursor.start] !== '>') return index;
				takeQuote(cursor);
			} else if (cursor.indent >= container.width) cursor.takeIndent(container.width);
			else if (!cursor.isBlank) return index;
		}
		return this.containers.length;
	}

	/** @returns false when the line is not a part of the code that is open */
	private readCode(
		code: Extract<Block, { kind: 'code' }>,
		cursor: Cursor,
		text: string,
		end: string,
	): boolean {
		const { fence } = this;
		if (fence === undefined) return false;
		if (cursor.indent < 4 && closesFence(text.slice(cursor.start), fence)) {
			code.closing = { prefix: text.slice(0, cursor.start), text: text.slice(cursor.start), end };
			this.close();
			return true;
		}
		cursor.takeIndent(Math.min(cursor.indent, fence.indent));
		code.lines.push({
			prefix: text.slice(0, cursor.taken),
			text: text.slice(cursor.taken),
			end,
		});
		return true;
	}

	/**
	 * Reads a line that is a block by its beginning, or goes on with a table.
	 *
	 * @returns false when it is text
	 */
	private readLeaf(line: BlockLine, indent: number, isContinued: boolean, depth: number): boolean {
		const heading = headingText(line.text);
		if (heading !== undefined) {
			this.leave(depth);
			this.add({ kind: 'heading', lines: [{ ...line, text: heading }] });
			return true;
		}
		const fence = openingFence(line.text);
		if (fence !== undefined) {
			this.leave(depth);
			this.add({ kind: 'code', opening: line, lines: [] }, true);
			this.fence = { ...fence, indent };
			return true;
		}
		if (isContinued && this.open?.kind === 'paragraph' && underlines(line, this.open)) {
			this.blocks.pop();
			this.add({ kind: 'heading', lines: this.open.lines });
			return true;
		}
		if (isRule(line.text) || isEmptyHeading(line.text)) {
			this.leave(depth);
			this.add({ kind: 'asWritten', line });
			return true;
		}
		if (isContinued && this.open?.kind === 'table') {
			this.open.rows.push(line);
			return true;
		}
		return false;
	}

	/** Tells whether a line makes the one above the header of a table, which it then is. */
	private beginsTable({ text }: BlockLine): boolean {
		if (this.open?.kind !== 'paragraph') return false;
		const { lines } = this.open;
		const header = lines.at(-1);
		if (header === undefined || !isDelimiterRow(text, header.text)) return false;
		lines.pop();
		if (lines.length === 0) this.blocks.pop();
		this.add({ kind: 'table', header, rows: [] }, true);
		return true;
	}

	private add(block: Block, isOpen = false): void {
		this.blocks.push(block);
		this.open = isOpen ? block : undefined;
		this.fence = undefined;
	}

	/** Leaves the containers below a depth, and the block that is open. */
	private leave(depth: number): void {
		this.containers.length = Math.min(depth, this.containers.length);
		this.close();
	}

	private close(): void {
		this.open = undefined;
		this.fence = undefined;
	}
}

/** Tells whether a line makes a heading of a text. Below several lines, dashes are rather a rule. */
function underlines({ text }: BlockLine, { lines }: Paragraph): boolean {
	return isUnderline(text) && (lines.length === 1 || text.startsWith('='));
}

/** The container that a line begins, whose mark the cursor then has taken. */
function startOf(cursor: Cursor, rest: string, isInParagraph: boolean): Container | undefined {
	if (rest.startsWith('>')) {
		takeQuote(cursor);
		return { kind: 'quote' };
	}
	const marker = isRule(rest) ? undefined : itemMarker(rest);
	if (marker === undefined || (isInParagraph && !marker.mayInterrupt)) return undefined;
	const before = cursor.indent;
	cursor.takeMarker(marker.length);
	// Of five spaces, four belong to what is indented in the item.
	const spaces = cursor.isBlank || cursor.indent >= 5 ? 1 : cursor.indent;
	cursor.takeIndent(spaces);
	return { kind: 'item', width: before + marker.length + spaces };
}

function takeQuote(cursor: Cursor): void {
	cursor.takeMarker(1);
	if (cursor.indent > 0) cursor.takeIndent(1);
}
