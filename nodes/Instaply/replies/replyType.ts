import { field } from '../parameters/field';
import * as parse from '../parameters/parse';
import { readDate } from './types/date';
import { readEmail } from './types/email';
import { readNumber } from './types/number';
import { readPhone } from './types/phoneNumber';
import type { Reading } from './types/reading';

/** The types of which a reply has a value. */
export const TYPES_WITH_VALUE = ['number', 'email', 'phoneNumber', 'date'] as const;
export type TypeWithValue = (typeof TYPES_WITH_VALUE)[number];

export const TYPE_NAMES: Record<TypeWithValue, string> = {
	number: 'Number',
	email: 'E-Mail Address',
	phoneNumber: 'Phone Number',
	date: 'Date',
};

export const replyType = field(
	{
		displayName: 'Reply Type',
		name: 'replyType',
		type: 'options',
		default: 'text',
		options: [
			{
				name: 'Date',
				value: 'date',
				description:
					'Such as tomorrow or 31.12.2026, which becomes 2026-12-31. Not 3/4/2026, which could be two days.',
			},
			{
				name: 'E-Mail Address',
				value: 'email',
				description: 'Also within a sentence',
			},
			{
				name: 'Number',
				value: 'number',
				description:
					'Such as 4, 4,5, or 12 €. One that can be read in two ways, such as 1.234, is not accepted.',
			},
			{
				name: 'Phone Number',
				value: 'phoneNumber',
				description: 'With its country code. It becomes one like +15551234567.',
			},
			{
				name: 'Text',
				value: 'text',
				description: 'Anything, or one of the accepted replies',
			},
		],
		description:
			"Go on with replies of this type only. The items that go on have what was understood as 'value'.",
	},
	parse.oneOf<'text' | TypeWithValue>(['text', ...TYPES_WITH_VALUE]),
);

/** Longer texts are no answer to a question for one thing. */
const MAX_LENGTH = 1_000;

/** When and where a reply was written. */
export interface Moment {
	/** Milliseconds since 1970. */
	time: number;
	/** The workflow's. */
	timezone: string;
}

/** Reads a reply as one of a type. */
export function readAs(
	type: TypeWithValue,
	text: string,
	{ time, timezone }: Moment,
): Reading<string | number> {
	if (text.length > MAX_LENGTH) return 'unclear';
	switch (type) {
		case 'number':
			return readNumber(text);
		case 'email':
			return readEmail(text);
		case 'phoneNumber':
			return readPhone(text);
		case 'date':
			return readDate(text, time, timezone);
	}
}
