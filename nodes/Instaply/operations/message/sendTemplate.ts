import { threadId } from '../../parameters/sharedFields';
import { operation } from '../operation';
import { sendTemplateTo, templateLocator } from './template';

export const sendTemplate = operation({
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send WhatsApp template to customer',
	subtitle: '"send: template"',
	description:
		'Send a pre-approved WhatsApp template to a thread, also when its messaging window is closed',
	fields: [threadId, templateLocator],
	target: ({ customerThreadId }) => customerThreadId,
	async run({ customerThreadId, template }, { instaply }) {
		return await sendTemplateTo(customerThreadId, template, instaply);
	},
});
