import { extraHeaders } from '../../parameters/common';
import { atLeastOne, collection } from '../../parameters/field';
import { operation } from '../operation';
import { enabled, events, url, webhookId } from './fields';
import { webhookItem } from './item';

export const update = operation({
	value: 'update',
	name: 'Update',
	action: 'Update webhook',
	description: 'Change the address, events, headers or state of a webhook',
	fields: [
		webhookId,
		atLeastOne(
			collection({ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add field' }, [
				enabled,
				events,
				extraHeaders,
				url,
			]),
		),
	],
	target: ({ webhookId }) => webhookId,
	async run({ webhookId, updateFields: { events, ...others } }, instaply) {
		const changes = { ...others, ...(events !== undefined && { subscribedEvents: events }) };
		await instaply.updateWebhook(webhookId, changes);
		return webhookItem({ webhookId, ...changes });
	},
});
