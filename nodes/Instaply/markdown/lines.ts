/** A line of a text, and the line break that ends it; none at the end of the text. */
export interface Line {
	text: string;
	end: string;
}

export function linesOf(text: string): Line[] {
	const lines: Line[] = [];
	let start = 0;
	for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) {
		lines.push({ text: text.slice(start, index), end });
		start = index + end.length;
	}
	if (start < text.length) lines.push({ text: text.slice(start), end: '' });
	return lines;
}

/**
 * Goes along the beginning of a line, past what its containers take of it. A tab reaches to the next
 * column that four divides, and a container may take a part of it.
 */
export class Cursor {
	private position = 0;
	private column = 0;
	/** The column up to which containers have taken the line. */
	private base = 0;
	private next = 0;
	private nextColumn = 0;

	constructor(private readonly text: string) {
		this.findNext();
	}

	/** The index of the first character that is no space. */
	get start(): number {
		return this.next;
	}

	/** The index up to which containers have taken the line. */
	get taken(): number {
		return this.position;
	}

	/** How far the first character that is no space is indented. */
	get indent(): number {
		return this.nextColumn - this.base;
	}

	get isBlank(): boolean {
		return this.next === this.text.length;
	}

	/** Takes some columns of the indentation. */
	takeIndent(columns: number): void {
		this.base += columns;
		while (this.position < this.next) {
			const column = columnAfter(this.text[this.position], this.column);
			if (column > this.base) return;
			this.position += 1;
			this.column = column;
		}
	}

	/** Takes the indentation and a marker behind it. */
	takeMarker(length: number): void {
		this.position = this.next + length;
		this.column = this.nextColumn + length;
		this.base = this.column;
		this.findNext();
	}

	private findNext(): void {
		this.next = this.position;
		this.nextColumn = this.column;
		while (isSpace(this.text[this.next])) {
			this.nextColumn = columnAfter(this.text[this.next], this.nextColumn);
			this.next += 1;
		}
	}
}

function columnAfter(character: string | undefined, column: number): number {
	return character === '\t' ? column + 4 - (column % 4) : column + 1;
}

function isSpace(character: string | undefined): boolean {
	return character === ' ' || character === '\t';
}
