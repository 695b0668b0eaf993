import { isJsonObject } from '../../common/json';
import { atLeastOne, collection, field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { extraHeaders } from '../../parameters/sharedFields';
import { operation } from '../operation';
import { enabled, events, url, webhookId } from './fields';
import { webhookItem } from './item';

/**
 * A field to which no row was added, which n8n keeps as an empty object, changes nothing: it would
 * take away all headers, and with them the secret of a trigger.
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
