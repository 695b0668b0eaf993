import type { Inline, Mark } from './inline';

/** A run of `*`, `_` or `~` that may open or close marks, or stay as it is. */
export interface Delimiter {
	readonly character: string;
	readonly length: number;
	readonly canOpen: boolean;
	readonly canClose: boolean;
	/** How many of its characters no mark has used. */
	rest: number;
	/** From the inside to the outside. */
	readonly opens: Mark[];
	readonly closes: Mark[];
}

/** @param before the character before the run, and `after` that behind it; empty at both ends */
export function delimiterOf(run: string, before: string, after: string): Delimiter {
	const [character = ''] = run;
	const length = run.length;
	const spaceBefore = isSpace(before);
	const spaceAfter = isSpace(after);
	const leftFlanking = !spaceAfter && (!isSign(after) || spaceBefore || isSign(before));
	const rightFlanking = !spaceBefore && (!isSign(before) || spaceAfter || isSign(after));
	const isPlain = isWithinWord(run, before, after) || (character === '~' && length !== 2);
	const canOpen = leftFlanking && (character !== '_' || !rightFlanking || isSign(before));
	const canClose = rightFlanking && (character !== '_' || !leftFlanking || isSign(after));
	return {
		character,
		length,
		canOpen: canOpen && !isPlain,
		canClose: canClose && !isPlain,
		rest: length,
		opens: [],
		closes: [],
	};
}

/**
 * Where CommonMark sees a mark and people a sign: `2*3*4`, `a*b`, `2**3`. In scripts without spaces
 * between words, a mark may well stand there.
 */
function isWithinWord(run: string, before: string, after: string): boolean {
	if (!run.startsWith('*')) return false;
	const inWord = run.length === 1 ? SPACED_WORD : DIGIT;
	return inWord.test(before) && inWord.test(after);
}

const DIGIT = /\p{N}/u;
const SPACED_WORD =
	/[\p{N}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]/u;

function isSpace(character: string): boolean {
	return character === '' || /\s/.test(character);
}

function isSign(character: string): boolean {
	return /[\p{P}\p{S}]/u.test(character);
}

/**
 * Finds the pairs among runs, as CommonMark does: each that closes takes the nearest that opens. What
 * was looked for in vain is not looked for again, so that time grows with the number of runs.
 */
export function matchDelimiters(delimiters: readonly Delimiter[]): void {
	/** Those that may still open a mark, oldest first. */
	const openers: Delimiter[] = [];
	const bottoms = new Map<string, number>();
	for (const closer of delimiters) {
		while (closer.canClose && closer.rest > 0) {
			const key = `${closer.character}${closer.canOpen ? 1 : 0}${closer.length % 3}`;
			const bottom = bottoms.get(key) ?? 0;
			let index = openers.length - 1;
			while (index >= bottom && !isPair(openers[index], closer)) index -= 1;
			const opener = index < bottom ? undefined : openers[index];
			if (opener === undefined) {
				bottoms.set(key, openers.length);
				break;
			}
			// What stands between the two is no mark.
			pair(opener, closer);
			openers.length = opener.rest > 0 ? index + 1 : index;
			for (const [other, value] of bottoms) {
				if (value > openers.length) bottoms.set(other, openers.length);
			}
		}
		if (closer.canOpen && closer.rest > 0) openers.push(closer);
	}
}

function isPair(opener: Delimiter | undefined, closer: Delimiter): boolean {
	if (opener?.character !== closer.character) return false;
	const isEither = opener.canClose || closer.canOpen;
	return !isEither || closer.length % 3 === 0 || (opener.length + closer.length) % 3 !== 0;
}

function pair(opener: Delimiter, closer: Delimiter): void {
	const used = Math.min(opener.rest, closer.rest, 2);
	const mark = closer.character === '~' ? 'strike' : used === 2 ? 'strong' : 'emphasis';
	opener.opens.push(mark);
	closer.closes.push(mark);
	opener.rest -= used;
	closer.rest -= used;
}

/** What has become of a run. */
export function inlinesOfDelimiter({ character, rest, opens, closes }: Delimiter): Inline[] {
	return [
		...closes.map((mark): Inline => ({ kind: 'close', mark })),
		...(rest > 0 ? [{ kind: 'text' as const, text: character.repeat(rest) }] : []),
		...opens.toReversed().map((mark): Inline => ({ kind: 'open', mark })),
	];
}
