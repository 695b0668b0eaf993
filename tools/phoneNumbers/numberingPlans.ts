import metadata from 'libphonenumber-js/metadata.max.json';

/** How the numbers of one country are made, without its calling code. */
export interface NumberingPlan {
	callingCode: string;
	/** How many digits they may have. */
	lengths: number[];
	/** What is dialled before a number inside the country alone; empty when nothing is. */
	nationalPrefix: string;
	/** The patterns of the numbers that people have; the others are those of services. */
	patterns: string[];
}

/**
 * The numbering plans of all countries, and of the satellites, whose numbers belong to none. Of
 * countries with a calling code in common, the main one comes first.
 */
export function numberingPlans(): NumberingPlan[] {
	const { country_calling_codes, countries, nonGeographic } = metadata;
	const plans = new Map<string, unknown>(Object.entries(countries));
	const inOrder = Object.values(country_calling_codes).flat();
	return [...inOrder.map((country) => plans.get(country)), ...Object.values<unknown>(nonGeographic)]
		.map(asPlan)
		.filter(({ patterns }) => patterns.length > 0);
}

/** Where the compact metadata of libphonenumber-js, version 4, has what. */
const CALLING_CODE = 0;
const LENGTHS = 3;
const NATIONAL_PREFIX = 5;
const TYPES = 11;

/** Fixed lines, mobile phones, personal numbers and VoIP, among the types. */
const OF_PEOPLE = [0, 1, 4, 8];

function asPlan(plan: unknown): NumberingPlan {
	const { [CALLING_CODE]: callingCode, [LENGTHS]: lengths, ...others } = asArray(plan);
	if (typeof callingCode !== 'string') {
		throw new Error('The metadata of libphonenumber-js is of another version');
	}
	const types = asArray(others[TYPES]);
	return {
		callingCode,
		lengths: asArray(lengths).map(Number),
		nationalPrefix: String(others[NATIONAL_PREFIX] || ''),
		patterns: OF_PEOPLE.map((type) => asArray(types[type])[0]).filter(
			(pattern) => typeof pattern === 'string',
		),
	};
}

/** What is missing is a 0 in the metadata. */
function asArray(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
