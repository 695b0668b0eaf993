import type { InstaplyClient } from '../../api/client';
import type { ThreadDetails } from '../../api/types';
import { InstaplyError } from '../../common/InstaplyError';
import { field, shownFor } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { sendTemplateTo, templateLocator, type TemplateChoice } from './template';
import { channelOf, formatText, type TextFormat } from './textFormat';

export const whenWindowClosed = field(
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
			'What to do when WhatsApp no longer allows free text, some time after the customer’s last message',
	},
	parse.oneOf(['sendAnyway', 'sendTemplate', 'skip', 'stop']),
);

export const templateWhenClosed = shownFor({ whenWindowClosed: ['sendTemplate'] }, templateLocator);

/** A text for a customer, and what to do when the messaging window is closed. */
interface TextMessage {
	customerThreadId: string;
	text: string;
	textFormat: TextFormat | undefined;
	whenWindowClosed: ReturnType<typeof whenWindowClosed.value>;
	template: TemplateChoice | undefined;
}

/**
 * Sends a text, or what the user chose instead when the thread's messaging window is closed.
 *
 * @throws InstaplyError when the window is closed and the choice is to stop, or Instaply does not say
 * whether it is
 */
export async function sendWithinWindow(message: TextMessage, instaply: InstaplyClient) {
	const { customerThreadId, text: written, textFormat, whenWindowClosed } = message;
	if (whenWindowClosed === 'sendAnyway') {
		const text = await formatText(
			written,
			textFormat,
			async () => await channelOf(customerThreadId, instaply),
		);
		const response = await instaply.sendMessage({ customerThreadId, text });
		return { customerThreadId, sent: true, via: 'text', response };
	}
	const details = await instaply.cachedThreadDetails(customerThreadId);
	if (!isWindowOpen(details)) return await insteadOfText(message, details, instaply);
	const text = await formatText(written, textFormat, async () => details.customerChannel);
	const sent = await instaply.sendMessageIf(isWindowOpen, { customerThreadId, text });
	if ('notAllowedBy' in sent) return await insteadOfText(message, sent.notAllowedBy, instaply);
	return { customerThreadId, sent: true, via: 'text', windowOpen: true, response: sent.response };
}

const isWindowOpen = ({ isMessagingWindowOpen }: ThreadDetails) => isMessagingWindowOpen === true;

/** @param details which do not say that the window is open */
async function insteadOfText(
	{ customerThreadId, whenWindowClosed, template }: TextMessage,
	{ isMessagingWindowOpen: windowOpen }: ThreadDetails,
	instaply: InstaplyClient,
) {
	if (windowOpen !== false) {
		throw new InstaplyError(
			`Instaply does not say whether the messaging window of thread ${customerThreadId} is open`,
			{
				description:
					"Nothing was sent. Run this item again later, send a template, or set 'When Window Is Closed' to 'Send Anyway' to let Instaply decide.",
			},
		);
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
}
