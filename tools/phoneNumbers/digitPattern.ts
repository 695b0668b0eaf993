/** What a pattern of digits allows, such as `0[26]\d{8}|(?:7\d)?5`. */
export type DigitPattern =
	| { digits: string[] }
	| { sequence: DigitPattern[] }
	| { choice: DigitPattern[] }
	| { repeated: DigitPattern; min: number; max: number };

/** The signs of the patterns in libphonenumber. */
const TOKEN = /\\d|\d|\[[\d-]+\]|\(\?:|[|)?]|\{\d+(?:,\d+)?\}/y;

/** @throws when there is anything in it that the patterns of libphonenumber do not have */
export function parseDigitPattern(source: string): DigitPattern {
	const tokens = tokensOf(source);
	const pattern = choiceFrom(tokens);
	if (tokens.length > 0) throw new Error(`'${source}' ends too early`);
	return pattern;
}

function tokensOf(source: string): string[] {
	const token = new RegExp(TOKEN);
	const tokens: string[] = [];
	while (token.lastIndex < source.length) {
		const at = token.lastIndex;
		const [found] = token.exec(source) ?? [];
		if (found === undefined) throw new Error(`'${source}' has something unknown at ${at}`);
		tokens.push(found);
	}
	return tokens;
}

/** Takes the tokens that it reads off the front. */
function choiceFrom(tokens: string[]): DigitPattern {
	const choice: DigitPattern[] = [];
	do {
		if (tokens[0] === '|') tokens.shift();
		choice.push(sequenceFrom(tokens));
	} while (tokens[0] === '|');
	return { choice };
}

function sequenceFrom(tokens: string[]): DigitPattern {
	const sequence: DigitPattern[] = [];
	while (tokens[0] !== undefined && tokens[0] !== '|' && tokens[0] !== ')') {
		const one = oneFrom(tokens);
		const [min, max] = repetitionFrom(tokens);
		sequence.push({ repeated: one, min, max });
	}
	return { sequence };
}

function oneFrom(tokens: string[]): DigitPattern {
	const token = tokens.shift() ?? '';
	if (token !== '(?:') {
		const allowed = new RegExp(`^${token}$`);
		return { digits: [...'0123456789'].filter((digit) => allowed.test(digit)) };
	}
	const inner = choiceFrom(tokens);
	if (tokens.shift() !== ')') throw new Error('A bracket is not closed');
	return inner;
}

function repetitionFrom(tokens: string[]): [min: number, max: number] {
	const [token = ''] = tokens;
	if (token !== '?' && !token.startsWith('{')) return [1, 1];
	tokens.shift();
	if (token === '?') return [0, 1];
	const [min = 0, max = min] = token.slice(1, -1).split(',').map(Number);
	return [min, max];
}

/** The first digits of everything that the pattern allows, at most so many. */
export function beginningsOf(pattern: DigitPattern, length: number): Set<string> {
	if (length === 0) return new Set(['']);
	if ('digits' in pattern) return new Set(pattern.digits);
	if ('choice' in pattern) {
		return new Set(pattern.choice.flatMap((one) => [...beginningsOf(one, length)]));
	}
	if ('sequence' in pattern) {
		return pattern.sequence.reduce(
			(beginnings, next) =>
				new Set(
					[...beginnings].flatMap((beginning) =>
						[...beginningsOf(next, length - beginning.length)].map((more) => beginning + more),
					),
				),
			new Set(['']),
		);
	}
	const { repeated, min, max } = pattern;
	const counts = Array.from({ length: max - min + 1 }, (_, more) => min + more);
	return new Set(
		counts.flatMap((count) => [
			...beginningsOf({ sequence: Array<DigitPattern>(count).fill(repeated) }, length),
		]),
	);
}

/** @param random gives numbers from 0 to below 1 */
export function sampleOf(pattern: DigitPattern, random: () => number): string {
	const upTo = (count: number) => Math.floor(random() * count);
	if ('digits' in pattern) return pattern.digits[upTo(pattern.digits.length)] ?? '';
	if ('sequence' in pattern) return pattern.sequence.map((one) => sampleOf(one, random)).join('');
	if ('choice' in pattern) {
		const one = pattern.choice[upTo(pattern.choice.length)];
		return one === undefined ? '' : sampleOf(one, random);
	}
	const { repeated, min, max } = pattern;
	const count = min + upTo(max - min + 1);
	return sampleOf({ sequence: Array<DigitPattern>(count).fill(repeated) }, random);
}
