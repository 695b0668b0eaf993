/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { parseDelivery } from '../../nodes/Instaply/delivery/event';
import { replyItem } from '../../nodes/Instaply/replies/replyItem';
import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';

/*
 * The README shows what each operation gives. Here they give it.
 */

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** The first JSON below a heading. */
function exampleBelow(heading: string): IDataObject {
	const [, below = ''] = README.split(`\n${heading}\n`);
	const [, json = ''] = /```json\n(.*?)```/s.exec(below.split(/\n##+ /)[0] ?? '') ?? [];
	return JSON.parse(json);
}

const sandbox = useSandbox();
const { activated } = useTriggers(sandbox);
/** What differs each time. */
const time = expect.stringMatching(/T.*Z$/);
const messageId = expect.any(String);
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

it.each<[heading: string, parameters: INodeParameters]>([
	[
		'Message > Send',
		{
			resource: 'message',
			operation: 'send',
			customerThreadId: THREADS.webchat,
			text: 'Hello, your order is on its way.',
		},
	],
	[
		'Message > Send Template',
		{
			resource: 'message',
			operation: 'sendTemplate',
			customerThreadId: THREADS.whatsappClosed,
			template: byId(TEMPLATES.orderShipped),
		},
	],
	[
		'Thread > Get',
		{ resource: 'thread', operation: 'get', customerThreadId: THREADS.whatsappClosed },
	],
	[
		'Thread > Update Status',
		{
			resource: 'thread',
			operation: 'updateStatus',
			customerThreadId: THREADS.whatsappClosed,
			status: 'waiting',
		},
	],
	[
		'Thread > Start as Customer',
		{
			resource: 'thread',
			operation: 'start',
			businessId: BUSINESSES.support,
			text: 'Please call me back.',
			additionalFields: { email: 'customer@example.com' },
		},
	],
	[
		'Template > Get Many',
		{ resource: 'template', operation: 'getAll', customerThreadId: THREADS.whatsappOpen },
	],
	[
		'Customer > Get Profile',
		{ resource: 'customer', operation: 'getProfile', customerId: CUSTOMERS.webchat },
	],
	[
		'Customer > Update Profile',
		{
			resource: 'customer',
			operation: 'updateProfile',
			customerId: CUSTOMERS.webchat,
			updateFields: { company: 'Acme' },
		},
	],
	[
		'Webhook',
		{
			resource: 'webhook',
			operation: 'create',
			url: 'https://example.com/instaply',
			events: ['messages', 'transfers'],
			additionalFields: { extraHeaders: { header: [{ name: 'X-Shop', value: 'city-centre' }] } },
		},
	],
	[
		'When one item of many goes wrong',
		{
			resource: 'message',
			operation: 'send',
			customerThreadId: '={{ $json.none }}',
			text: 'Hello',
		},
	],
])('%s', async (heading, parameters) => {
	const { succeeded, failed } = await runInstaply(sandbox.current, {
		parameters,
		onError: 'continueErrorOutput',
	});
	expect([...succeeded, ...failed]).toContainEqual(exampleBelow(`### ${heading}`));
});

it('Instaply Trigger', async () => {
	const trigger = await activated();
	await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
	const example = exampleBelow('## Instaply Trigger');
	expect(trigger.started).toEqual([
		{ ...example, timestamp: time, messageTimestamp: time, messageId },
	]);
});

it('Message > Send and Wait for Reply', async () => {
	await activated();
	await sandbox.current.customerWrites(THREADS.webchat, 'Yes, please');
	const [delivery] = sandbox.current.deliveries();
	const event = parseDelivery(delivery?.payload);
	if (typeof event !== 'object' || event.eventType !== 'message') throw new Error('No message');
	const terms = { customerThreadId: THREADS.webchat, fingerprint: '', since: 0, until: 0 };
	const settings = { choices: [], maxTries: 1, isReview: false };
	const example = exampleBelow('### Message > Send and Wait for Reply');
	expect(replyItem(terms, event, settings, 95_000)).toEqual({
		...example,
		reply: { ...Object(example.reply), messageId, time },
	});
});
