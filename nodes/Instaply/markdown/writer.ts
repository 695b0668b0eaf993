import type { Shown } from './marks';

type Opening = Extract<Shown, { kind: 'open' }>;

/**
 * Writes text between the signs of marks. A sign stands next to the text that it marks, with no space
 * between; and because no mark goes over the end of a line, it is closed there and opened again.
 */
export class MarkWriter {
	private readonly written: string[] = [];
	/** Spaces and line ends behind what was written, whose place may be behind a sign. */
	private spaces: string[] = [];
	/** The marks that hold, from the outside to the inside, and those of them that are written. */
	private readonly wanted: Opening[] = [];
	private readonly opened: Opening[] = [];

	write(shown: Shown): void {
		if (shown.kind === 'open') this.wanted.push(shown);
		else if (shown.kind === 'close') this.wanted.pop();
		else this.writeText(shown.text);
	}

	/** @param lineEnd the line break, and what the next line begins with */
	writeLineEnd(lineEnd: string): void {
		this.closeTo(0);
		this.spaces.push(lineEnd);
	}

	/** All that was written. */
	end(): string {
		this.closeTo(0);
		this.written.push(...this.spaces);
		this.spaces = [];
		return this.written.join('');
	}

	private writeText(text: string): void {
		const trimmed = text.trimStart();
		if (text.length > trimmed.length) this.spaces.push(text.slice(0, text.length - trimmed.length));
		const word = trimmed.trimEnd();
		if (word === '') return;
		this.closeTo(this.opened.findIndex((mark, index) => mark !== this.wanted[index]));
		const opening = this.wanted.slice(this.opened.length);
		this.written.push(...this.spaces, ...opening.map(({ sign }) => sign), word);
		this.opened.push(...opening);
		this.spaces = [];
		if (trimmed.length > word.length) this.spaces.push(trimmed.slice(word.length));
	}

	/** Closes the marks from one on; none when it is -1. */
	private closeTo(index: number): void {
		if (index === -1) return;
		while (this.opened.length > index) this.written.push(this.opened.pop()?.sign ?? '');
	}
}
