import type { IDisplayOptions } from 'n8n-workflow';

import type { ExtraHeader } from '../api/types';
import { field, offered, type ReadParameter } from '../parameters/field';
import * as parse from '../parameters/parse';
import { optionsOf } from '../parameters/runOptions';
import { extraHeaders, textFormat } from '../parameters/sharedFields';
import { acceptedReplies } from './acceptedReplies';
import { listReplies } from './listReplies';
import { replyType, TYPES_WITH_VALUE } from './replyType';
import { limitWaitTime } from './waitLimit';

const clarification = field(
	{
		displayName: 'Answer to Other Replies',
		name: 'clarification',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Please answer with yes or no.',
		description:
			'What to send when a reply is none of the accepted ones, or not of the reply type. Without it, nothing is.',
	},
	parse.text,
);

const clarificationWhenUnclear = field(
	{
		displayName: 'Answer to Unclear Replies',
		name: 'clarificationWhenUnclear',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Please write the month as a word, such as 4 March 2026.',
		description:
			'What to send instead when a reply holds something of the reply type, but not just one, or one that can be read in two ways, does not exist, or lacks its country code',
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
			"How many replies to take when none is accepted. After that the workflow goes on, with 'matched' being false.",
	},
	parse.integerFrom1To(20),
);

/* n8n drops an option that is not offered, unless the reply type is an expression. */
const forText: IDisplayOptions = { hide: { replyType: [...TYPES_WITH_VALUE] } };
const forTypesWithValue: IDisplayOptions = { show: { replyType: [...TYPES_WITH_VALUE] } };

/** The options that decide what counts as a reply, until when, and how it is delivered. */
export const waitOptions = optionsOf([
	offered(forText, acceptedReplies),
	clarification,
	offered(forTypesWithValue, clarificationWhenUnclear),
	extraHeaders,
	limitWaitTime,
	offered(forText, listReplies),
	maxTries,
	replyType,
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
