import { operation } from '../operation';
import { webhookId } from './fields';
import { webhookItem } from './item';

export const get = operation({
	value: 'get',
	name: 'Get',
	action: 'Get webhook',
	description: 'Get the address, events and state of a webhook',
	fields: [webhookId],
	async run({ webhookId }, { instaply }) {
		return webhookItem(await instaply.webhook(webhookId));
	},
});
