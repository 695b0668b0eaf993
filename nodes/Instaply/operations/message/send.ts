import { InstaplyError } from '../../api/errors';
import { field, shownFor } from '../../parameters/field';
import { threadId } from '../../parameters/common';
import { operation } from '../operation';
import * as parse from '../../parameters/parse';
import { optionsOf } from '../../parameters/runOptions';
import { sendTemplateTo, template } from './template';

const messageText = field(
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Hello, your order is on its way.',
		description: 'What the customer reads',
	},
	parse.text,
);

const whenWindowClosed = field(
	{
		displayName: 'When Window Is Closed',
		name: 'whenWindowClosed',
		type: 'options',
		default: 'sendAnyway',
		options: [
			{
				name: 'Send Anyway',
				value: 'sendAnyway',
				description: 'Do not check: Instaply decides whether the text goes out',
			},
			{
				name: 'Send a Template Instead',
				value: 'sendTemplate',
				description: 'Send a pre-approved WhatsApp template in place of the text',
			},
			{
				name: 'Skip This Item',
				value: 'skip',
				description: 'Send nothing and pass the item on',
			},
			{
				name: 'Stop',
				value: 'stop',
				description: 'Send nothing and stop at this item',
			},
		],
		description:
			'What to do when WhatsApp no longer allows free text, some time after the customer’s last message. Internal notes are never held back.',
	},
	parse.oneOf(['sendAnyway', 'sendTemplate', 'skip', 'stop']),
);

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

export const send = operation({
	value: 'send',
	name: 'Send',
	action: 'Send message to customer',
	description: 'Send a text message to the customer of a thread, or an internal note to employees',
	fields: [
		threadId,
		messageText,
		whenWindowClosed,
		shownFor({ whenWindowClosed: ['sendTemplate'] }, template),
		optionsOf([internalNote]),
	],
	target: ({ customerThreadId }) => customerThreadId,
	async run({ customerThreadId, text, whenWindowClosed, template, options }, instaply) {
		if (options.internal) {
			const response = await instaply.sendMessage({ customerThreadId, text, internal: true });
			return { customerThreadId, sent: true, via: 'internalNote', response };
		}
		if (whenWindowClosed === 'sendAnyway') {
			const response = await instaply.sendMessage({ customerThreadId, text });
			return { customerThreadId, sent: true, via: 'text', response };
		}
		const { isMessagingWindowOpen: windowOpen } =
			await instaply.knownThreadDetails(customerThreadId);
		if (windowOpen) {
			const response = await instaply.sendMessage({ customerThreadId, text });
			return { customerThreadId, sent: true, via: 'text', windowOpen, response };
		}
		if (template !== undefined) {
			const sent = await sendTemplateTo(customerThreadId, template, instaply);
			return { ...sent, windowOpen };
		}
		if (whenWindowClosed === 'skip') {
			return { customerThreadId, sent: false, via: 'none', windowOpen, response: null };
		}
		throw new InstaplyError(`The messaging window of thread ${customerThreadId} is closed`, {
			description:
				"Nothing was sent: WhatsApp allows free text only for some time after the customer's last message. Send a template, or set 'When Window Is Closed' to 'Send a Template Instead'.",
		});
	},
	hint(outputs) {
		const count = (via: string) => outputs.filter((output) => output.via === via).length;
		const [templates, skipped] = [count('template'), count('none')];
		if (templates + skipped === 0) return undefined;
		return `The messaging window was closed for ${templates + skipped} of ${outputs.length} messages: ${templates} went out as a template, ${skipped} were skipped.`;
	},
});
