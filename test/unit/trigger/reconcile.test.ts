import type { RegisteredWebhook } from '../../../nodes/Instaply/api/responses';
import { withSecret } from '../../../nodes/Instaply/delivery/secret';
import {
	ownedBy,
	planChanges,
	type Changes,
	type DesiredWebhook,
} from '../../../nodes/Instaply/trigger/reconcile';
import type { StoredRegistration } from '../../../nodes/Instaply/trigger/storedRegistration';

const url = 'https://n8n.example.com/webhook/abc/webhook';
const other = 'https://n8n.example.com/webhook/xyz/webhook';
const ours = withSecret([], 'secret');
const theirs = withSecret([], 'another');

describe('ownedBy', () => {
	const stored = { webhookId: '1', secret: 'secret' };

	it.each<[string, RegisteredWebhook, StoredRegistration, boolean]>([
		['the URL', { webhookId: '2', url }, {}, true],
		['the URL, whoever knows the ID', { webhookId: '2', url }, stored, true],
		['the URL, written otherwise', { webhookId: '2', url: url.replace('n8n', 'N8N') }, {}, true],
		[
			'the URL, with the port that goes without saying',
			{ webhookId: '2', url: url.replace('.com', '.com:443') },
			{},
			true,
		],
		['another URL', { webhookId: '2', url: other, extraHeaders: ours }, stored, false],
		['part of the URL', { webhookId: '2', url: url.slice(0, -1) }, {}, false],
		['the URL with a query', { webhookId: '2', url: `${url}?a=b` }, {}, false],
		['a URL that is none', { webhookId: '2', url: 'abc' }, {}, false],
		['the ID, when no URL is shown', { webhookId: '1' }, stored, true],
		['another ID, when no URL is shown', { webhookId: '2', extraHeaders: ours }, stored, false],
		['no ID known, when no URL is shown', { webhookId: '1' }, {}, false],
		[
			'the ID and the secret, at an old URL',
			{ webhookId: '1', url: other, extraHeaders: ours },
			stored,
			true,
		],
		[
			'the ID and the path, at an old address',
			{ webhookId: '1', url: url.replace('n8n.', 'old.'), extraHeaders: theirs },
			stored,
			true,
		],
		[
			'the path alone, at another address',
			{ webhookId: '2', url: url.replace('n8n.', 'old.') },
			stored,
			false,
		],
		[
			'the ID of somebody else now',
			{ webhookId: '1', url: other, extraHeaders: theirs },
			stored,
			false,
		],
		['the ID, without headers, at another URL', { webhookId: '1', url: other }, stored, false],
		[
			'the ID, the secret unknown',
			{ webhookId: '1', url: other, extraHeaders: ours },
			{ webhookId: '1' },
			false,
		],
	])('%s', (_, webhook, known, owned) => {
		expect(ownedBy(url, known, [webhook])).toEqual(owned ? [webhook] : []);
	});

	it('picks all that are owned, in order', () => {
		const webhooks = [
			{ webhookId: '1', url },
			{ webhookId: '2', url: other },
			{ webhookId: '3', url },
		];
		expect(ownedBy(url, {}, webhooks).map(({ webhookId }) => webhookId)).toEqual(['1', '3']);
	});
});

describe('planChanges', () => {
	const desired: DesiredWebhook = {
		url,
		enabled: true,
		subscribedEvents: ['messages'],
		extraHeaders: ours,
	};
	const good = { ...desired, webhookId: '1' };
	const foreign = { ...desired, webhookId: '9', url: other, extraHeaders: theirs };
	const known = { webhookId: '1', secret: 'secret' };

	it.each<[string, StoredRegistration, RegisteredWebhook[], Changes]>([
		['nothing is there', {}, [foreign], { remove: [], update: false }],
		['all is well', known, [foreign, good], { keep: '1', update: false, remove: [] }],
		['the ID is not known', { secret: 'secret' }, [good], { keep: '1', update: false, remove: [] }],
		[
			'the ID is stale',
			{ ...known, webhookId: '9' },
			[good, foreign],
			{ keep: '1', update: false, remove: [] },
		],
		[
			'it is switched off',
			known,
			[{ ...good, enabled: false }],
			{ keep: '1', update: true, remove: [] },
		],
		[
			'its secret is gone',
			known,
			[{ ...good, extraHeaders: [] }],
			{ keep: '1', update: true, remove: [] },
		],
		['it was deleted', known, [foreign], { remove: [], update: false }],
		['the secret was lost', { webhookId: '1' }, [good, foreign], { remove: ['1'], update: false }],
		['n8n has moved', known, [{ ...good, url: other }], { keep: '1', update: true, remove: [] }],
		[
			'there are two, of which one is good',
			known,
			[
				{ ...good, enabled: false },
				{ ...good, webhookId: '2' },
			],
			{ keep: '2', update: false, remove: ['1'] },
		],
		[
			'there are two, of which none is good',
			{ ...known, webhookId: '2' },
			[
				{ ...good, enabled: false },
				{ ...good, webhookId: '2', enabled: false },
			],
			{ keep: '2', update: true, remove: ['1'] },
		],
	])('when %s', (_, stored, registered, changes) => {
		expect(planChanges(desired, stored, registered)).toEqual(changes);
	});
});
