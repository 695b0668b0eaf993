export type Mark = 'strong' | 'emphasis' | 'strike';

/**
 * A piece of the text of a block. Marks are pairs of pieces, properly nested. `lines` is how many ends
 * of lines are in a piece.
 */
export type Inline =
	| { kind: 'text'; text: string }
	/** An address, of which nothing is taken for Markdown. */
	| { kind: 'address'; text: string }
	| { kind: 'code'; text: string; lines: number }
	/** The end of a line. */
	| { kind: 'break' }
	/** A line break that is written as HTML, within a line. */
	| { kind: 'innerBreak' }
	| { kind: 'open' | 'close'; mark: Mark }
	/** The end of the text of a link or an image. */
	| { kind: 'link'; text: string; address: string; lines: number };
