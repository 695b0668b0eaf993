import { REGISTERED, type ExampleCalls } from '../../support/engine/exampleCalls';
import { byId, fromList } from '../../support/engine/locators';

const WEBHOOKS = '/api/webhooks/';

const url = 'https://example.com/new';
const extraHeaders = [{ name: 'X-Key', value: 'very-secret' }];
/** Of a header, only the name comes out: its value is a secret. */
const namesOnly = [{ name: 'X-Key' }];

const [other, waiting] = REGISTERED;
const first = {
	webhookId: '301',
	url: other.url,
	enabled: true,
	subscribedEvents: ['messages', 'transfers'],
	extraHeaders: [{ name: 'Authorization' }],
};
const second = {
	webhookId: '302',
	url: waiting.url,
	enabled: false,
	subscribedEvents: ['messages'],
	extraHeaders: [],
};

export const webhook: ExampleCalls = {
	create: [
		{
			title: 'registers the URL and the events',
			parameters: { url, events: ['messages', 'transfers'] },
			sends: [[`POST ${WEBHOOKS}`, { url, subscribedEvents: ['messages', 'transfers'] }]],
			items: [
				{
					webhookId: '303',
					url,
					enabled: true,
					subscribedEvents: ['messages', 'transfers'],
					extraHeaders: [],
				},
			],
		},
		{
			title: 'registers everything else, and keeps the values of headers to itself',
			parameters: {
				url,
				events: ['transfers'],
				additionalFields: { enabled: false, extraHeaders: { header: extraHeaders } },
			},
			sends: [
				[
					`POST ${WEBHOOKS}`,
					{ url, subscribedEvents: ['transfers'], enabled: false, extraHeaders },
				],
			],
			items: [
				{
					webhookId: '303',
					url,
					enabled: false,
					subscribedEvents: ['transfers'],
					extraHeaders: namesOnly,
				},
			],
		},
	],
	get: [
		{
			title: 'gets the webhook of an ID',
			parameters: { webhookId: byId('301') },
			sends: [[`GET ${WEBHOOKS}301`]],
			items: [first],
		},
		{
			title: 'gets the webhook chosen from the list',
			parameters: { webhookId: fromList('302') },
			sends: [[`GET ${WEBHOOKS}302`]],
			items: [second],
		},
	],
	getAll: [
		{
			title: 'gives all of them',
			parameters: { returnAll: true },
			sends: [[`GET ${WEBHOOKS}`]],
			items: [first, second],
		},
		{
			title: 'gives as many as the limit',
			parameters: { returnAll: false, limit: 1 },
			sends: [[`GET ${WEBHOOKS}`]],
			items: [first],
		},
		{
			title: 'gives all there are below the limit',
			parameters: {},
			sends: [[`GET ${WEBHOOKS}`]],
			items: [first, second],
		},
		{
			title: 'gives those of this n8n, with their status',
			parameters: { options: { onlyFromThisN8n: true } },
			sends: [[`GET ${WEBHOOKS}`]],
			items: [{ ...second, status: 'unknown' }],
		},
		{
			title: 'gives those of this n8n that have a status',
			parameters: { options: { status: ['unknown', 'orphaned'] } },
			sends: [[`GET ${WEBHOOKS}`]],
			items: [{ ...second, status: 'unknown' }],
		},
	],
	update: [
		{
			title: 'changes the URL and nothing else',
			parameters: { webhookId: byId('301'), updateFields: { url } },
			sends: [[`POST ${WEBHOOKS}301/update`, { url }]],
			items: [{ webhookId: '301', url }],
		},
		{
			title: 'switches a webhook off and changes nothing else',
			parameters: { webhookId: byId('301'), updateFields: { enabled: false } },
			sends: [[`POST ${WEBHOOKS}301/update`, { enabled: false }]],
			items: [{ webhookId: '301', enabled: false }],
		},
		{
			title: 'changes the events and nothing else',
			parameters: { webhookId: byId('301'), updateFields: { events: ['transfers'] } },
			sends: [[`POST ${WEBHOOKS}301/update`, { subscribedEvents: ['transfers'] }]],
			items: [{ webhookId: '301', subscribedEvents: ['transfers'] }],
		},
		{
			title: 'replaces the headers and changes nothing else',
			parameters: {
				webhookId: byId('301'),
				updateFields: { extraHeaders: { header: extraHeaders } },
			},
			sends: [[`POST ${WEBHOOKS}301/update`, { extraHeaders }]],
			items: [{ webhookId: '301', extraHeaders: namesOnly }],
		},
		{
			title: 'removes the headers and changes nothing else',
			parameters: { webhookId: byId('301'), updateFields: { extraHeaders: { header: [] } } },
			sends: [[`POST ${WEBHOOKS}301/update`, { extraHeaders: [] }]],
			items: [{ webhookId: '301', extraHeaders: [] }],
		},
		{
			title: 'changes everything of the webhook chosen from the list',
			parameters: {
				webhookId: fromList('302'),
				updateFields: {
					enabled: true,
					events: ['messages', 'transfers'],
					extraHeaders: { header: extraHeaders },
					url: 'http://example.com/plain',
				},
			},
			sends: [
				[
					`POST ${WEBHOOKS}302/update`,
					{
						enabled: true,
						subscribedEvents: ['messages', 'transfers'],
						extraHeaders,
						url: 'http://example.com/plain',
					},
				],
			],
			items: [
				{
					webhookId: '302',
					enabled: true,
					subscribedEvents: ['messages', 'transfers'],
					extraHeaders: namesOnly,
					url: 'http://example.com/plain',
				},
			],
		},
	],
	delete: [
		{
			title: 'deletes the webhook of an ID',
			parameters: { webhookId: byId('301') },
			sends: [[`POST ${WEBHOOKS}301/delete`]],
			items: [{ deleted: true, webhookId: '301' }],
		},
		{
			title: 'deletes the webhook chosen from the list',
			parameters: { webhookId: fromList('302') },
			sends: [[`POST ${WEBHOOKS}302/delete`]],
			items: [{ deleted: true, webhookId: '302' }],
		},
	],
};
