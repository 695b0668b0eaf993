import { field, type Field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { optionsOf } from '../../parameters/runOptions';
import { threadId } from '../../parameters/sharedFields';
import { operation } from '../operation';
import { messageText } from './text';
import { sendWithinWindow, templateWhenClosed, whenWindowClosed } from './window';

const internalNote = field(
	{
		displayName: 'Internal Note',
		name: 'internal',
		type: 'boolean',
		default: false,
		description: 'Whether only employees see the text, and not the customer',
	},
	parse.boolean,
);

const sendOptions = optionsOf([internalNote]);

/**
 * A field that matters only for what the customer reads. A note is never held back, so whatever stands
 * there must not hold it back either.
 */
function forCustomer<N extends string, T>({
	value,
	...rest
}: Field<N, T>): Field<N, T | undefined> {
	return {
		...rest,
		value: (read) => (sendOptions.value(read).internal ? undefined : value(read)),
	};
}

export const send = operation({
	value: 'send',
	name: 'Send',
	action: 'Send message to customer',
	description: 'Send a text message to the customer of a thread, or an internal note to employees',
	fields: [
		threadId,
		messageText,
		forCustomer(whenWindowClosed),
		forCustomer(templateWhenClosed),
		sendOptions,
	],
	target: ({ customerThreadId }) => customerThreadId,
	async run({ customerThreadId, text, whenWindowClosed, template }, { instaply }) {
		// A note.
		if (whenWindowClosed === undefined) {
			const response = await instaply.sendMessage({ customerThreadId, text, internal: true });
			return { customerThreadId, sent: true, via: 'internalNote', response };
		}
		return await sendWithinWindow({ customerThreadId, text, whenWindowClosed, template }, instaply);
	},
	hint(outputs) {
		const count = (via: string) => outputs.filter((output) => output.via === via).length;
		const [templates, skipped] = [count('template'), count('none')];
		if (templates + skipped === 0) return undefined;
		return `The messaging window was closed for ${templates + skipped} of ${outputs.length} messages: ${templates} went out as a template, ${skipped} were skipped.`;
	},
});
