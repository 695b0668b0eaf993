import type { ExtraHeader } from '../api/types';
import { field, type ReadParameter } from '../parameters/field';
import * as parse from '../parameters/parse';
import { optionsOf } from '../parameters/runOptions';
import { extraHeaders, textFormat } from '../parameters/sharedFields';
import { acceptedReplies } from './acceptedReplies';
import { limitWaitTime } from './waitLimit';

const clarification = field(
	{
		displayName: 'Answer to Other Replies',
		name: 'clarification',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Please answer with yes or no.',
		description: 'What to send when a reply is none of the accepted ones. Without it, nothing is.',
	},
	parse.text,
);

export const DEFAULT_MAX_REPLIES = 3;

const maxTries = field(
	{
		displayName: 'Replies at Most',
		name: 'maxTries',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 20 },
		default: DEFAULT_MAX_REPLIES,
		description:
			"How many replies to take when none is an accepted one. After that the workflow goes on, with 'matched' being false.",
	},
	parse.integerFrom1To(20),
);

/** The options that decide what counts as a reply, until when, and how it is delivered. */
export const waitOptions = optionsOf([
	acceptedReplies,
	clarification,
	extraHeaders,
	limitWaitTime,
	maxTries,
	textFormat,
]);

export type WaitOptions = ReturnType<typeof waitOptions.value>;

/**
 * The option Extra Headers alone, read again while an execution waits: its values are secrets, so they
 * are not stored with the question.
 *
 * @throws InstaplyError when it is unusable by now
 */
export function readExtraHeaders(read: ReadParameter): ExtraHeader[] {
	const added = read(`${waitOptions.property.name}.${extraHeaders.property.name}`);
	return added === undefined ? [] : extraHeaders.value(() => added);
}
