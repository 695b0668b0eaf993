/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { parseDelivery } from '../../nodes/Instaply/delivery/event';
import { resources } from '../../nodes/Instaply/operations';
import { replyItem } from '../../nodes/Instaply/replies/replyItem';
import { THREADS } from '../../sandbox/server';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';
import { examplesOf } from './operations/cases';

/*
 * The pages of the nodes show what comes out of each: an item of one of its example calls.
 */

const OPERATIONS = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
const TRIGGER = readFileSync(join(__dirname, '../../docs/trigger.md'), 'utf8');

/** The first JSON below a heading of a page. */
function exampleBelow(heading: string, page = OPERATIONS): IDataObject {
	const [, below = ''] = page.split(`\n## ${heading}\n`);
	const [, json = ''] = /```json\n(.*?)```/s.exec(below.split(/\n##+ /)[0] ?? '') ?? [];
	return JSON.parse(json);
}

const sandbox = useSandbox();
const { activated } = useTriggers(sandbox);
/** What differs each time. */
const time = expect.stringMatching(/T.*Z$/);
const messageId = expect.any(String);

const headings = resources.flatMap(({ option: { name, value }, operations }) =>
	operations.map((operation) => {
		const heading = value === 'webhook' ? 'Webhook' : `${name} > ${operation.option.name}`;
		return [heading, value, operation.option.value] as const;
	}),
);
// The webhooks share a section, and a waiting execution gives its item later: see below.
const shown = headings.filter(([, resource, operation]) =>
	resource === 'webhook' ? operation === 'get' : operation !== 'sendAndWait',
);

it.each(shown)('%s', (heading, resource, operation) => {
	const items = examplesOf(resource, operation).flatMap((example) => example.items);
	expect(items).toContainEqual(exampleBelow(heading));
});

it('When one item of many goes wrong', async () => {
	const { failed } = await runInstaply(sandbox.current, {
		parameters: {
			resource: 'message',
			operation: 'send',
			customerThreadId: '={{ $json.none }}',
			text: 'Hello',
		},
		onError: 'continueErrorOutput',
	});
	expect(failed).toEqual([exampleBelow('When one item of many goes wrong')]);
});

it('Instaply Trigger', async () => {
	const trigger = await activated();
	await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
	const example = exampleBelow('A message', TRIGGER);
	expect(trigger.started).toEqual([
		{ ...example, timestamp: time, messageTimestamp: time, messageId },
	]);
	const first = (item: object = {}) => Object.keys(item).slice(0, 6);
	expect(first(trigger.started[0])).toEqual(first(example));
});

it('Message > Send and Wait for Reply', async () => {
	await activated();
	await sandbox.current.customerWrites(THREADS.webchat, 'Yes, please');
	const [delivery] = sandbox.current.deliveries();
	const event = parseDelivery(delivery?.payload);
	if (typeof event !== 'object' || event.eventType !== 'message') throw new Error('No message');
	const ticket = { customerThreadId: THREADS.webchat, fingerprint: '', since: 0, until: 0 };
	const verdict = { fields: {}, isAccepted: true, isUnclear: false };
	const example = exampleBelow('Message > Send and Wait for Reply');
	const item = replyItem(ticket, event, verdict, 95_000);
	expect(item).toEqual({
		...example,
		respondedAt: time,
		reply: { ...Object(example.reply), messageId, time },
	});
	expect(Object.keys(item)).toEqual(Object.keys(example));
});
