import { WEBHOOK_EVENTS } from '../../api/types';
import { InstaplyError } from '../../common/InstaplyError';
import { field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { resourceLocator } from '../../parameters/resourceLocator';

export const webhookId = resourceLocator(
	{
		displayName: 'Webhook',
		name: 'webhookId',
		description: 'One of the webhooks of your organization',
		list: {
			method: 'searchWebhooks',
			placeholder: 'Choose a webhook...',
			async list(_, connect) {
				const webhooks = await (await connect()).webhooks();
				if (webhooks.length === 0) {
					throw new InstaplyError('Your organization has no webhooks', {
						description: 'Create one first.',
					});
				}
				return webhooks.map(({ webhookId, url = webhookId }) => ({ name: url, value: webhookId }));
			},
		},
		modes: [{ displayName: 'By ID', name: 'id', placeholder: 'e.g. 42' }],
	},
	parse.id,
);

export const url = field(
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/webhook',
		description: 'Where Instaply sends the events',
	},
	parse.url,
);

export const events = field(
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['messages'],
		options: [
			{
				name: 'Messages',
				value: 'messages',
				description: 'A message is sent or received',
			},
			{
				name: 'Transfers',
				value: 'transfers',
				description: 'A conversation is transferred to another business',
			},
		],
		description: 'What Instaply tells the URL about',
	},
	parse.someOf(WEBHOOK_EVENTS),
);

export const enabled = field(
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		description: 'Whether Instaply sends events to this webhook',
	},
	parse.boolean,
);
