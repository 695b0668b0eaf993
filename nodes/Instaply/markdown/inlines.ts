import { characterAt, characterBefore } from './characters';
import { delimiterOf, inlinesOfDelimiter, matchDelimiters, type Delimiter } from './delimiters';
import type { Inline } from './inline';
import { linkTarget, unescaped } from './link';

/** The beginning of anything that is not just text. */
const SPECIAL = /[\\`*_~[\]!<\n]|(?<![\p{L}\p{N}])(?:https?:\/\/|www\.|@[\p{L}\p{N}_])/giu;

/** Signs at the end of an address that belong to the sentence, or to Markdown. */
const TRAILING = '*_~.,;:!?\'")';

/** The end of an address: spaces, signs that are in none, and the punctuation of Chinese and Japanese. */
const ADDRESS_END = /[\s<>"`|[\]\u3000-\u303f\uff00-\uffef]/gu;
const NAME_END = /[^\p{L}\p{N}_.-]/gu;

/** In angle brackets: an address with a scheme, or of an e-mail. */
const AUTOLINK = /^<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@:/]{1,64}@[^\s<>@:/]{1,255})>$/i;
const MAX_AUTOLINK = 2_000;

/** A bracket that may turn out to begin a link. */
interface Bracket {
	/** Its place among the pieces, and among the delimiters. */
	piece: number;
	delimiter: number;
	/** The index behind it. */
	start: number;
	isImage: boolean;
}

/** The pieces of the text of a block. Its lines are joined by `\n`. */
export function inlinesOf(text: string): Inline[] {
	return new InlineReader(text).read();
}

class InlineReader {
	private position = 0;
	private readonly pieces: Array<Inline | Delimiter> = [];
	/** Those of which it is not yet known what they mark. */
	private readonly delimiters: Delimiter[] = [];
	private readonly brackets: Bracket[] = [];
	/** Brackets below this are around a link, and so begin none. */
	private linksFrom = 0;
	private readonly codeEnds: CodeEnds;

	constructor(private readonly text: string) {
		this.codeEnds = new CodeEnds(text);
	}

	read(): Inline[] {
		const special = new RegExp(SPECIAL);
		for (;;) {
			special.lastIndex = this.position;
			const found = special.exec(this.text);
			this.addText(this.text.slice(this.position, found?.index));
			if (found === null) break;
			this.position = found.index;
			this.readSpecial(found[0]);
		}
		matchDelimiters(this.delimiters);
		return this.pieces.flatMap((piece) => ('kind' in piece ? piece : inlinesOfDelimiter(piece)));
	}

	private readSpecial(special: string): void {
		switch (special) {
			case '\n':
				return this.add({ kind: 'break' }, 1);
			case '\\':
				return this.readEscape();
			case '`':
				return this.readCode();
			case '*':
			case '_':
			case '~':
				return this.readDelimiter(special);
			case '!':
				if (this.text[this.position + 1] === '[') return this.openBracket('![');
				return this.addText('!');
			case '[':
				return this.openBracket('[');
			case ']':
				return this.closeBracket();
			case '<':
				return this.readAngle();
			default:
				return this.readAddress(special.startsWith('@') ? NAME_END : ADDRESS_END);
		}
	}

	private add(piece: Inline | Delimiter, length: number): void {
		this.pieces.push(piece);
		this.position += length;
	}

	private addText(text: string): void {
		if (text !== '') this.add({ kind: 'text', text }, text.length);
	}

	private readEscape(): void {
		const next = this.text[this.position + 1] ?? '';
		if (next === '\n') return this.add({ kind: 'break' }, 2);
		if (!/[!-/:-@[-`{-~]/.test(next)) return this.addText('\\');
		this.add({ kind: 'text', text: next }, 2);
	}

	private readCode(): void {
		const run = this.runOf('`');
		const start = this.position + run;
		const end = this.codeEnds.next(run, start);
		if (end === undefined) return this.addText('`'.repeat(run));
		const lines = this.text.slice(start, end).split('\n');
		const code = lines.join(' ');
		const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
		const text = isPadded ? code.slice(1, -1) : code;
		this.add({ kind: 'code', text, lines: lines.length - 1 }, end + run - this.position);
	}

	private readDelimiter(character: string): void {
		const length = this.runOf(character);
		const end = this.position + length;
		const delimiter = delimiterOf(
			character.repeat(length),
			characterBefore(this.text, this.position),
			characterAt(this.text, end),
		);
		this.delimiters.push(delimiter);
		this.add(delimiter, length);
	}

	private runOf(character: string): number {
		let end = this.position;
		while (this.text[end] === character) end += 1;
		return end - this.position;
	}

	private openBracket(bracket: '[' | '!['): void {
		this.brackets.push({
			piece: this.pieces.length,
			delimiter: this.delimiters.length,
			start: this.position + bracket.length,
			isImage: bracket === '![',
		});
		this.addText(bracket);
	}

	private closeBracket(): void {
		const index = this.brackets.length - 1;
		const opening = this.brackets.pop();
		const isAroundLink = index < this.linksFrom;
		this.linksFrom = Math.min(this.linksFrom, this.brackets.length);
		if (opening === undefined || (isAroundLink && !opening.isImage)) return this.addText(']');
		const target = linkTarget(this.text, this.position + 1);
		if (target === undefined) return this.addText(']');
		// Marks do not reach out of the text of a link.
		matchDelimiters(this.delimiters.splice(opening.delimiter));
		this.pieces[opening.piece] = { kind: 'text', text: '' };
		const text = this.text.slice(opening.start, this.position);
		if (!opening.isImage) this.linksFrom = this.brackets.length;
		const lines = this.text.slice(this.position, target.end).split('\n').length - 1;
		this.add({ kind: 'link', text, address: target.address, lines }, target.end - this.position);
	}

	private readAngle(): void {
		const limited = this.text.slice(this.position, this.position + MAX_AUTOLINK);
		const end = limited.search(/[>\s]|(?!^)</) + 1;
		const angle = limited.slice(0, end);
		const [, address] = AUTOLINK.exec(angle) ?? [];
		if (address !== undefined) return this.add({ kind: 'address', text: address }, end);
		const [tag = ''] = /^<br\s{0,3}\/?>/i.exec(limited) ?? [];
		if (tag !== '') return this.add({ kind: 'innerBreak' }, tag.length);
		this.addText('<');
	}

	/** Reads an address that stands in the text, or the name of somebody who is mentioned. */
	private readAddress(ending: RegExp): void {
		const search = new RegExp(ending);
		search.lastIndex = this.position + 1;
		let end = search.exec(this.text)?.index ?? this.text.length;
		while (TRAILING.includes(this.text.charAt(end - 1))) end -= 1;
		const text = this.text.slice(this.position, end);
		this.add({ kind: 'address', text: unescaped(text) }, text.length);
	}
}

/** Where runs of backticks are, so that the end of code is found without searching on. */
class CodeEnds {
	private readonly starts = new Map<number, number[]>();

	constructor(text: string) {
		for (const { 0: run, index } of text.matchAll(/`+/g)) {
			const starts = this.starts.get(run.length);
			if (starts === undefined) this.starts.set(run.length, [index]);
			else starts.push(index);
		}
		for (const starts of this.starts.values()) starts.reverse();
	}

	/** The index of the next run of a length. To be asked from left to right. */
	next(length: number, from: number): number | undefined {
		const starts = this.starts.get(length) ?? [];
		while ((starts.at(-1) ?? from) < from) starts.pop();
		return starts.at(-1);
	}
}
