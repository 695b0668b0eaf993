import { collection } from '../../parameters/field';
import { extraHeaders } from '../../parameters/sharedFields';
import { operation } from '../operation';
import { enabled, events, url } from './fields';
import { webhookItem } from './item';

export const create = operation({
	value: 'create',
	name: 'Create',
	action: 'Create webhook',
	description: 'Make Instaply send messages or transfers to a web address',
	fields: [
		url,
		events,
		collection(
			{
				displayName: 'Additional Fields',
				name: 'additionalFields',
				placeholder: 'Add field',
			},
			[enabled, extraHeaders],
		),
	],
	target: ({ url }) => url,
	async run({ url, events, additionalFields }, { instaply }) {
		const wanted = { url, subscribedEvents: events, ...additionalFields };
		const created = await instaply.createWebhook(wanted);
		return webhookItem({ webhookId: null, ...wanted, ...created });
	},
});
