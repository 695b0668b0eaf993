import { hiddenWhere, shownWhereSet } from '../../n8n/retiredOption';
import { field, offered, type Field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { optionsOf } from '../../parameters/runOptions';
import { textFormat, threadId } from '../../parameters/sharedFields';
import { operation } from '../operation';
import { addNote, NOTE_SUBTITLE } from './note';
import { messageText } from './text';
import { sendWithinWindow, templateWhenClosed, whenWindowClosed } from './window';

/** For workflows from before there was an operation for it. Added and left off, it tells customers. */
const internalNote = field(
	{
		displayName: 'Internal Note',
		name: 'internal',
		type: 'boolean',
		default: false,
		displayOptions: shownWhereSet('internal'),
		description:
			"Whether only employees see the text, and not the customer. New workflows have the operation 'Add Internal Note' for this.",
	},
	parse.boolean,
);

const sendOptions = optionsOf([internalNote, offered(hiddenWhere('internal'), textFormat)]);

/**
 * A field that matters only for what the customer reads. A note is never held back, so whatever stands
 * there must not hold it back either.
 */
function forCustomer<N extends string, T>({
	property,
	value,
	...rest
}: Field<N, T>): Field<N, T | undefined> {
	return {
		...rest,
		property: {
			...property,
			displayOptions: { ...property.displayOptions, ...hiddenWhere('/options.internal') },
		},
		value: (read) => (sendOptions.value(read).internal ? undefined : value(read)),
	};
}

export const send = operation({
	value: 'send',
	name: 'Send',
	action: 'Send message to customer',
	subtitle: `$rawParameter.options?.internal === true ? ${NOTE_SUBTITLE} : $rawParameter.whenWindowClosed === "sendTemplate" ? "send: message or template" : "send: message"`,
	description: 'Send a text message to the customer of a thread',
	builderHint: {
		propertyHint:
			"WhatsApp takes free text only for some time after the customer's last message. In workflows that a customer did not just start, set whenWindowClosed. Set the option textFormat to fromMarkdown for what a model wrote.",
	},
	fields: [
		threadId,
		messageText,
		forCustomer(whenWindowClosed),
		forCustomer(templateWhenClosed),
		sendOptions,
	],
	target: ({ customerThreadId }) => customerThreadId,
	async run({ whenWindowClosed, options, ...message }, { instaply }) {
		// A note.
		if (whenWindowClosed === undefined) return await addNote(message, instaply);
		const { textFormat } = options;
		return await sendWithinWindow({ ...message, textFormat, whenWindowClosed }, instaply);
	},
	hint(outputs) {
		const count = (via: string) => outputs.filter((output) => output.via === via).length;
		const [templates, skipped] = [count('template'), count('none')];
		if (templates + skipped === 0) return undefined;
		return `The messaging window was closed for ${templates + skipped} of ${outputs.length} messages: ${templates} went out as a template, ${skipped} were skipped.`;
	},
});
