import type { InstaplyClient } from '../../api/client';
import { field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { threadId } from '../../parameters/sharedFields';
import { operation } from '../operation';
import { messageText } from './text';

const noteText = field(
	{
		...messageText.property,
		placeholder: 'e.g. Prefers to be called after 5 pm.',
		description: 'What employees read, and the customer does not',
	},
	parse.text,
);

/** Also of a Send whose option turns the text into a note. */
export const NOTE_SUBTITLE = '"add: internal note"';

export const note = operation({
	value: 'note',
	name: 'Add Internal Note',
	action: 'Add internal note to thread',
	subtitle: NOTE_SUBTITLE,
	description: 'Leave a note in a thread that only employees see, and the customer does not',
	fields: [threadId, noteText],
	target: ({ customerThreadId }) => customerThreadId,
	run: async (note, { instaply }) => await addNote(note, instaply),
});

/** Adds a note that only employees see. */
export async function addNote(
	{ customerThreadId, text }: { customerThreadId: string; text: string },
	instaply: InstaplyClient,
) {
	const response = await instaply.sendMessage({ customerThreadId, text, internal: true });
	return { customerThreadId, sent: true, via: 'internalNote', response };
}
