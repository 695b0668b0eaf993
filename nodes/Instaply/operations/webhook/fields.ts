import { WEBHOOK_EVENTS } from '../../api/types';
import { isJsonObject } from '../../common/json';
import { field } from '../../parameters/field';
import * as parse from '../../parameters/parse';

export const webhookId = field(
	{
		displayName: 'Webhook',
		name: 'webhookId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'One of the webhooks of your organization',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a webhook...',
				typeOptions: { searchListMethod: 'searchWebhooks', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 42' },
		],
	},
	(value, label) => parse.id(isJsonObject(value) ? value.value : value, label),
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
