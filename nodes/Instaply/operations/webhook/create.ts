import type { InstaplyClient } from '../../api/client';
import type { RegisteredWebhook } from '../../api/responses';
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
		const created = (await instaply.createWebhook(wanted)) ?? (await findOnly(url, instaply));
		return webhookItem({ webhookId: null, ...wanted, ...created });
	},
});

/**
 * Looks up a new webhook whose ID the response did not name. The webhook exists by then, so the item
 * does not fail when it is not found: a failed item would be created again.
 */
async function findOnly(
	url: string,
	instaply: InstaplyClient,
): Promise<RegisteredWebhook | undefined> {
	const webhooks = await instaply.webhooks().catch(() => []);
	const [match, ...others] = webhooks.filter((webhook) => webhook.url === url);
	return others.length === 0 ? match : undefined;
}
