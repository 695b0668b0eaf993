import { limit, returnAll } from '../../parameters/common';
import { operation } from '../operation';
import { webhookItem } from './item';

export const getAll = operation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Get many webhooks of your organization',
	fields: [returnAll, limit],
	async run({ limit }, instaply) {
		const webhooks = await instaply.webhooks();
		return webhooks.slice(0, limit).map(webhookItem);
	},
});
