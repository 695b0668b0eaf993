import { beginningsOf, parseDigitPattern } from './digitPattern';
import { numberingPlans, type NumberingPlan } from './numberingPlans';

/** E.164: the calling code and the number together. */
const MAX_DIGITS = 15;

/**
 * Prefixes of the past. Until 2019, mobile numbers of Mexico were called with a 1 from abroad; WhatsApp
 * still shows them so.
 */
const FORMER_PREFIXES: Record<string, string> = { 52: '1' };

/** The source of the table of calling codes. */
export function callingCodesSource(): string {
	const codesOfRule = new Map<string, string[]>();
	// Of several countries with one code, the main one comes first. The others have no numbers of
	// other lengths, but for some that nobody calls from abroad.
	const mainPlans = new Map(
		numberingPlans()
			.toReversed()
			.map((plan) => [plan.callingCode, plan]),
	);
	for (const [code, plan] of mainPlans) {
		const rule = ruleOf(plan);
		codesOfRule.set(rule, [...(codesOfRule.get(rule) ?? []), code]);
	}
	const lines = [...codesOfRule].map(([rule, codes]) => `${rule} ${codes.sort().join(' ')}`).sort();
	return `// Made by \`npx tsx tools/phoneNumbers/main.ts\` from the metadata of libphonenumber-js.

/**
 * What numbers look like behind each calling code, a rule in each line: what is dialled before a number
 * inside the country alone, or a dash; an asterisk when numbers may begin with 0; how many digits they
 * have; and the calling codes for which that holds. No number of a country begins with 00.
 */
export const CALLING_CODES = \`
${lines.join('\n')}
\`;
`;
}

function ruleOf({ callingCode, patterns, lengths, ...plan }: NumberingPlan): string {
	const nationalPrefix = FORMER_PREFIXES[callingCode] ?? plan.nationalPrefix;
	const possible = lengths.filter((length) => callingCode.length + length <= MAX_DIGITS);
	const beginnings = patterns.flatMap((one) => [...beginningsOf(parseDigitPattern(one), 1)]);
	const zero = beginnings.includes('0') ? '*' : '';
	return `${nationalPrefix || '-'}${zero} ${possible.join(',')}`;
}
