import type { RegisteredWebhook } from '../../../nodes/Instaply/api/responses';
import type { CreateWebhookRequest } from '../../../nodes/Instaply/api/types';
import { isAsDesired } from '../../../nodes/Instaply/api/webhookState';
import { withSecret } from '../../../nodes/Instaply/delivery/secret';

const url = 'https://n8n.example.com/webhook/abc/webhook';
const other = 'https://n8n.example.com/webhook/xyz/webhook';

describe('isAsDesired', () => {
	const desired: CreateWebhookRequest = {
		url,
		enabled: true,
		subscribedEvents: ['messages', 'transfers'],
		extraHeaders: withSecret([{ name: 'X-Tenant', value: 'north' }], 'secret'),
	};
	const [tenant = { name: '', value: '' }, secret = { name: '', value: '' }] =
		desired.extraHeaders ?? [];

	it.each<[string, Partial<RegisteredWebhook>]>([
		['the same', {}],
		[
			'nothing but an ID',
			{ url: undefined, enabled: undefined, subscribedEvents: undefined, extraHeaders: undefined },
		],
		['events in another order', { subscribedEvents: ['transfers', 'messages'] }],
		['headers in another order', { extraHeaders: [secret, tenant] }],
		[
			'header names in another case',
			{
				extraHeaders: [
					{ ...tenant, name: 'x-tenant' },
					{ ...secret, name: 'X-N8N-Trigger-Secret' },
				],
			},
		],
		['the host in another case', { url: url.replace('n8n', 'N8N') }],
	])('is true of %s', (_, changes) => {
		expect(isAsDesired({ webhookId: '1', ...desired, ...changes }, desired)).toBe(true);
	});

	it.each<[string, Partial<RegisteredWebhook>]>([
		['another URL', { url: other }],
		['one that is switched off', { enabled: false }],
		['fewer events', { subscribedEvents: ['messages'] }],
		['no events', { subscribedEvents: [] }],
		['fewer headers', { extraHeaders: [secret] }],
		['no headers', { extraHeaders: [] }],
		['another value', { extraHeaders: [{ ...tenant, value: 'south' }, secret] }],
		['a value in another case', { extraHeaders: [{ ...tenant, value: 'North' }, secret] }],
		['another secret', { extraHeaders: [tenant, { ...secret, value: 'other' }] }],
		['more headers', { extraHeaders: [tenant, secret, { name: 'X-More', value: '1' }] }],
	])('is false of %s', (_, changes) => {
		expect(isAsDesired({ webhookId: '1', ...desired, ...changes }, desired)).toBe(false);
	});

	it('is false of more events than wanted', () => {
		const wanted: CreateWebhookRequest = { ...desired, subscribedEvents: ['messages'] };
		expect(isAsDesired({ webhookId: '1', ...desired }, wanted)).toBe(false);
	});

	it('looks only at what is desired', () => {
		expect(isAsDesired({ webhookId: '1', ...desired }, { enabled: true })).toBe(true);
		expect(isAsDesired({ webhookId: '1', ...desired }, { enabled: false })).toBe(false);
	});
});
