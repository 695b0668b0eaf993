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

	it.each<[string, { [key: string]: Json }]>([
		['a channel that is null', { customerChannel: null }],
		['a status that no document names', { status: 'closed' }],
		['a status that is null', { status: null }],
		['a window that is no boolean', { isMessagingWindowOpen: 'true' }],
	])('passes on %s', (_, fields) => {
		expect(readThreadDetails({ ...details, ...fields })).toEqual({ ...details, ...fields });
	});

	it.each(['customerChannel', 'status', 'isMessagingWindowOpen'] as const)(
		'is content with %s alone',
		(field) => {
			const nothing = { customerChannel: null, status: null, isMessagingWindowOpen: null };
			expect(readThreadDetails({ [field]: details[field] })).toEqual({
				...nothing,
				[field]: details[field],
			});
		},
	);

	it.each<Json>([
		...NOTHING_KNOWN,
		[details],
		{ result: 'ok' },
		{ ...details, error: 'Something went wrong' },
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
		[
			'one without a text',
			{ templates: [{ ...template, text: null }] },
			[{ ...template, text: null }],
		],
		[
			'one without a title',
			{ templates: [{ text: 'b', contentSid: 'HX1' }] },
			[{ ...template, title: null }],
		],
		[
			'one whose ID is a number',
			{ templates: [{ ...template, contentSid: 7 }] },
			[{ ...template, contentSid: '7' }],
		],
		['those that have an ID', { templates: [null, {}, template, 'b', { title: 'c' }] }, [template]],
	])('reads %s', (_, response, templates) => {
		expect(readTemplates(response)).toEqual(templates);
	});

	it.each<Json>([
		...NOTHING_KNOWN,
		[template],
		{ templates: null },
		{ templates: template },
		{ templates: [{ title: 'a', text: 'b' }, null] },
		{ templates: [], error: 'Something went wrong' },
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
		['those that have an ID', [null, ...list, { url: 'https://example.com' }, 'OK'], read],
		['those beside an error', { webhooks: list, error: 'Not all could be read' }, read],
	])('reads %s', (_, response, webhooks) => {
		expect(readWebhooks(response)).toEqual(webhooks);
	});

	it.each<Json>([
		...[null, true, 17, 'OK', {}, { webhooks: null }, { webhooks: {} }, { id: 1 }],
		...[[null], { webhooks: [{ url: 'https://example.com' }] }],
		// A trigger that takes this for having no webhook would register a second one.
		{ success: false, webhooks: [] },
	])('refuses %j', (response) => {
		expect(readWebhooks(response)).toBeUndefined();
	});
});
