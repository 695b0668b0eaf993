import { characterAt, characterBefore } from './characters';
import type { Format } from './format';
import type { Inline, Mark } from './inline';
import { isSameAddress, shownAddress } from './link';

/** What a piece shows, without marks. */
function shownText(piece: Inline, { code }: Format): string {
	switch (piece.kind) {
		case 'text':
		case 'address':
			return piece.text;
		case 'code':
			return code === undefined ? piece.text : asCode(piece.text, code);
		case 'link':
			return linkEnd(piece);
		case 'break':
		case 'innerBreak':
			return '\n';
		default:
			return '';
	}
}

function asCode(text: string, { sign, fence }: NonNullable<Format['code']>): string {
	if (text.includes(fence) || text.trim() === '') return text;
	const around = text.includes(sign) ? fence : sign;
	return `${around}${text}${around}`;
}

function linkEnd({ text, address }: Extract<Inline, { kind: 'link' }>): string {
	if (address === '' || isSameAddress(text, address)) return '';
	return text.trim() === '' ? shownAddress(address) : ` (${shownAddress(address)})`;
}

/** A piece of what goes out: a sign that opens or closes a mark, or a text between them. */
export type Shown =
	{ kind: 'open'; sign: string } | { kind: 'close'; sign: string } | { kind: 'text'; text: string };

/**
 * Gives each mark its sign, where the channel will take it for one: not within a word, not around the
 * sign itself, and not behind an address, of which it would become a part.
 */
export function showMarks(pieces: readonly Inline[], format: Format): Shown[] {
	const texts = pieces.map((piece) => shownText(piece, format));
	const closings = closingMarks(pieces);
	const before = lastVisible(texts);
	const after = lastVisible(texts.toReversed())
		.reverse()
		.map((index) => texts.length - 1 - index);
	const counts = countsOf(texts, Object.values(format.marks));

	const signOf = (open: number, mark: Mark): string | undefined => {
		const sign = format.marks[mark];
		const close = closings.get(open);
		if (sign === undefined || close === undefined) return undefined;
		const holdsSign = counts.get(sign)?.[open] !== counts.get(sign)?.[close];
		const neighbors = [
			characterBefore(texts[before[open] ?? -1] ?? ''),
			characterAt(texts[after[close] ?? -1] ?? '', 0),
		];
		const isWithinWord = neighbors.some((character) => WORD.test(character) || character === sign);
		const isBehindAddress = pieces[before[close] ?? -1]?.kind === 'address';
		return holdsSign || isWithinWord || isBehindAddress ? undefined : sign;
	};

	/** What each mark around a place is closed with. */
	const around: Shown[] = [];
	return pieces.map((piece, index): Shown => {
		if (piece.kind === 'close') return around.pop() ?? { kind: 'text', text: '' };
		if (piece.kind !== 'open') return { kind: 'text', text: texts[index] ?? '' };
		const sign = signOf(index, piece.mark);
		const isRepeated = around.some((other) => other.kind === 'close' && other.sign === sign);
		if (sign !== undefined && !isRepeated) {
			around.push({ kind: 'close', sign });
			return { kind: 'open', sign };
		}
		// Without it, a price that no longer holds would.
		const unshown: Shown = { kind: 'text', text: piece.mark === 'strike' ? '~~' : '' };
		around.push(unshown);
		return unshown;
	});
}

/** What is no end of a word. */
const WORD = /[\p{L}\p{N}_]/u;

/** Where each mark ends, by where it begins. */
function closingMarks(pieces: readonly Inline[]): Map<number, number> {
	const closings = new Map<number, number>();
	const open: number[] = [];
	for (const [index, { kind }] of pieces.entries()) {
		if (kind === 'open') open.push(index);
		const opening = kind === 'close' ? open.pop() : undefined;
		if (opening !== undefined) closings.set(opening, index);
	}
	return closings;
}

/** For each text, the index of the last one before it that is not empty, or -1. */
function lastVisible(texts: readonly string[]): number[] {
	let last = -1;
	return texts.map((text, index) => {
		const before = last;
		if (text !== '') last = index;
		return before;
	});
}

/** For each sign and each text, how often the sign is in the texts before. */
function countsOf(texts: readonly string[], signs: readonly string[]): Map<string, number[]> {
	return new Map(
		signs.map((sign) => {
			let count = 0;
			const counts = texts.map((text) => {
				const before = count;
				count += text.split(sign).length - 1;
				return before;
			});
			return [sign, counts];
		}),
	);
}
