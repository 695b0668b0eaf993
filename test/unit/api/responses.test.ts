import {
	readStartedThread,
	readTemplates,
	readThreadDetails,
	readWebhook,
	readWebhooks,
} from '../../../nodes/Instaply/api/responses';
import type { Json } from '../../../nodes/Instaply/common/json';

const NOTHING_KNOWN: Json[] = [null, true, 17, '', 'OK', '<html>', [], {}];

describe('readThreadDetails', () => {
	const details = { customerChannel: 'SMS', status: 'waiting', isMessagingWindowOpen: true };

	it('reads the three fields of the document and leaves out others', () => {
		expect(readThreadDetails({ ...details, more: 1 })).toEqual(details);
	});

	it.each<Json>([
		...NOTHING_KNOWN,
		[details],
		{ ...details, customerChannel: null },
		{ ...details, status: 'Waiting' },
		{ ...details, status: 'closed' },
		{ ...details, status: null },
		// Without a clear yes nobody may think that the window is open.
		{ ...details, isMessagingWindowOpen: 'true' },
		{ ...details, isMessagingWindowOpen: 1 },
		{ ...details, isMessagingWindowOpen: null },
	])('refuses %j', (response) => {
		expect(readThreadDetails(response)).toBeUndefined();
	});
});

describe('readStartedThread', () => {
	it.each<[Json, string]>([
		[{ result: 'ok', customerThreadId: '4711' }, '4711'],
		[{ customerThreadId: 4711 }, '4711'],
	])('reads the ID of %j', (response, id) => {
		expect(readStartedThread(response)).toBe(id);
	});

	it.each<Json>([
		...NOTHING_KNOWN,
		{ result: 'ok' },
		{ customerThreadId: null },
		{ customerThreadId: '' },
		{ customerThreadId: {} },
		{ customerThreadId: 2 ** 53 },
		{ customerThreadId: 1.5 },
	])('finds none in %j', (response) => {
		expect(readStartedThread(response)).toBeUndefined();
	});
});

describe('readTemplates', () => {
	const template = { title: 'a', text: 'b', contentSid: 'HX1' };

	it.each<[string, Json, unknown]>([
		['some', { templates: [{ ...template, language: 'fr' }] }, [template]],
		['none', { templates: [] }, []],
		['some beside other fields', { templates: [template], total: 1 }, [template]],
	])('reads %s', (_, response, templates) => {
		expect(readTemplates(response)).toEqual(templates);
	});

	it.each<Json>([
		...NOTHING_KNOWN,
		[template],
		{ templates: null },
		{ templates: template },
		{ templates: [template, {}] },
		{ templates: [template, null] },
		{ templates: [{ ...template, contentSid: 7 }] },
		{ templates: [{ ...template, title: null }] },
	])('refuses %j', (response) => {
		expect(readTemplates(response)).toBeUndefined();
	});
});

describe('readWebhook', () => {
	const url = 'https://example.com/';

	it.each(['id', 'webHookId', 'webhookId', '_id'])('reads an ID called %s', (name) => {
		expect(readWebhook({ [name]: 301, url })).toEqual({ webhookId: '301', url });
		expect(readWebhook({ [name]: 'abc', url })).toEqual({ webhookId: 'abc', url });
	});

	it.each(['webhook', 'data'])('reads one under %s', (name) => {
		expect(readWebhook({ [name]: { id: 301, url }, result: 'ok' })).toEqual({
			webhookId: '301',
			url,
		});
	});

	it('reads all fields', () => {
		const fields = {
			url,
			enabled: false,
			subscribedEvents: ['messages', 'transfers'],
			extraHeaders: [{ name: 'a', value: 'b' }],
		};
		expect(readWebhook({ id: 1, ...fields, createdAt: 7 })).toEqual({ webhookId: '1', ...fields });
	});

	it.each<[string, { [key: string]: Json }, object]>([
		['what is not of its type', { url: 7, enabled: 'yes', subscribedEvents: 'messages' }, {}],
		['null', { url: null, enabled: null, subscribedEvents: null, extraHeaders: null }, {}],
		[
			'events that it does not know',
			{ subscribedEvents: ['surveys', 'messages', 1] },
			{ subscribedEvents: ['messages'] },
		],
		[
			'headers that are none',
			{ extraHeaders: [{ name: 'a', value: 'b' }, { name: 'c' }, null, 'd: e', { value: 'f' }] },
			{ extraHeaders: [{ name: 'a', value: 'b' }] },
		],
	])('leaves out %s', (_, fields, read) => {
		expect(readWebhook({ id: 1, ...fields })).toEqual({ webhookId: '1', ...read });
	});

	it.each<Json>([
		...NOTHING_KNOWN,
		{ url },
		{ id: null },
		{ id: true },
		{ id: {} },
		{ id: '' },
		{ webhook: {} },
		{ webhook: { url } },
		[{ id: 1 }],
	])('finds no ID in %j', (response) => {
		expect(readWebhook(response)).toBeUndefined();
	});
});

describe('readWebhooks', () => {
	const list: Json[] = [{ id: 1 }, { webHookId: '2' }];
	const read = [{ webhookId: '1' }, { webhookId: '2' }];

	it.each<[string, Json, unknown]>([
		['a bare list', list, read],
		['a list under webhooks', { webhooks: list }, read],
		['a list under data', { data: list }, read],
		['an empty list', [], []],
		['an empty list under webhooks', { webhooks: [] }, []],
	])('reads %s', (_, response, webhooks) => {
		expect(readWebhooks(response)).toEqual(webhooks);
	});

	it.each<Json>([null, true, 17, 'OK', {}, { webhooks: null }, { webhooks: {} }, { id: 1 }])(
		'refuses %j',
		(response) => {
			expect(readWebhooks(response)).toBeUndefined();
		},
	);
});
