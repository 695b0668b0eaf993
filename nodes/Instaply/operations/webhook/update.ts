import { isJsonObject } from '../../common/json';
import { atLeastOne, collection, field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { extraHeaders } from '../../parameters/sharedFields';
import { operation } from '../operation';
import { enabled, events, url, webhookId } from './fields';
import { webhookItem } from './item';

/**
 * Without a row, n8n stores an empty object. It changes nothing: an empty list would remove all
 * headers, and with them the secret of a trigger.
 */
const changedHeaders = field(extraHeaders.property, (value, label) =>
	isJsonObject(value) && Object.keys(value).length === 0
		? undefined
		: parse.extraHeaders(value, label),
);

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
				changedHeaders,
				url,
			]),
		),
	],
	target: ({ webhookId }) => webhookId,
	async run({ webhookId, updateFields: { events, ...others } }, { instaply }) {
		const changes = { ...others, ...(events !== undefined && { subscribedEvents: events }) };
		await instaply.updateWebhook(webhookId, changes);
		return webhookItem({ webhookId, ...changes });
	},
});
