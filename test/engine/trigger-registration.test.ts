import type { INodeParameters } from 'n8n-workflow';

import { THREADS } from '../../sandbox/server';
import { runInstaply } from '../support/engine/run';
import { quiet, sent, useSandbox } from '../support/engine/sandbox';
import type { TriggerOnN8n } from '../support/engine/triggerOnN8n';
import { useTriggers, withoutQuestions } from '../support/engine/triggers';
import { everythingIn, explanation } from '../support/engine/words';

const sandbox = useSandbox();
const { inactive, activated } = useTriggers(sandbox);

const LIST = ['GET /api/webhooks/'];
const HEADER = 'x-n8n-trigger-secret';
const FOREIGN = 'https://example.com/not-ours';

const createForeign = async () =>
	await runInstaply(sandbox.current, {
		parameters: {
			resource: 'webhook',
			operation: 'create',
			url: FOREIGN,
			events: ['messages', 'transfers'],
			additionalFields: { extraHeaders: { header: [{ name: 'X-Other', value: 'theirs' }] } },
		},
	});

/** What is registered besides what was there before. */
const ours = () => sandbox.current.webhooks().filter(({ url }) => url !== FOREIGN);
const urlsOf = () => ours().map(({ url }) => withoutQuestions(url));
const secretOf = (trigger: TriggerOnN8n) => String(trigger.staticData.secret);
const errorOf = async (work: Promise<unknown>) => await work.then(fail, (reason) => reason);
const fail = () => {
	throw new Error('It should not have worked');
};

// Whatever a trigger does, what others registered stays as it was.
let foreign: unknown;
beforeEach(async () => {
	await createForeign();
	foreign = structuredClone(sandbox.current.webhooks());
	sandbox.current.clearRecords();
});
afterEach(async () => {
	expect(sandbox.current.webhooks().filter(({ url }) => url === FOREIGN)).toEqual(foreign);
	for (const { id } of sandbox.current.webhooks()) {
		await runInstaply(sandbox.current, {
			parameters: { resource: 'webhook', operation: 'delete', webhookId: String(id) },
		});
	}
});

describe('Activation', () => {
	it.each([
		['messages, by default', {}, ['messages']],
		['transfers', { events: ['transfers'] }, ['transfers']],
		['both', { events: ['messages', 'transfers'] }, ['messages', 'transfers']],
	])('registers one webhook for %s', async (_, parameters, subscribedEvents) => {
		const trigger = await activated(parameters);
		const version = subscribedEvents.includes('messages')
			? '\\?instaplyQuestions=[\\da-f]{16}'
			: '';
		const webhook = {
			url: expect.stringMatching(new RegExp(`^${trigger.url}${version}$`)),
			enabled: true,
			subscribedEvents,
			extraHeaders: [{ name: HEADER, value: expect.stringMatching(/^[0-9a-f]{64}$/) }],
		};
		expect(trigger.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webhook\/[\w-]+\/webhook$/);
		expect(ours()).toEqual([{ id: expect.any(Number), ...webhook }]);
		await quiet(sandbox.current);
		const created = ['POST /api/webhooks/', webhook];
		// In the end it looks what is awaited already.
		const after = subscribedEvents.includes('messages') ? [LIST] : [];
		expect(sent(sandbox.current)).toEqual([LIST, LIST, created, ...after]);
	});

	it('gives each trigger a secret of its own', async () => {
		expect(secretOf(await activated())).not.toBe(secretOf(await activated()));
	});

	it("registers the user's headers, none of which can replace the secret", async () => {
		const header = [
			{ name: 'X-Tenant', value: 'north' },
			{ name: 'X-N8N-Trigger-Secret', value: 'guessable' },
			{ name: HEADER, value: 'guessable too' },
		];
		const trigger = await activated({ options: { extraHeaders: { header } } });
		expect(ours()[0]?.extraHeaders).toEqual([
			{ name: 'X-Tenant', value: 'north' },
			{ name: HEADER, value: secretOf(trigger) },
		]);
		expect(await trigger.exists()).toBe(true);
	});

	it.each([
		['events', { events: [] }, /^'Trigger On' /],
		['headers', { options: { extraHeaders: { header: [{ name: 'a b', value: 'c' }] } } }, /Name/],
		['thread IDs', { options: { customerThreadIds: '1/2' } }, /^'Thread IDs' /],
		[
			'thread IDs (undefined)',
			{ options: { customerThreadIds: '={{ $vars.none }}' } },
			/^'Thread IDs' is empty$/,
		],
		['thread IDs (null)', { options: { customerThreadIds: '={{ null }}' } }, /^'Thread IDs' is/],
		[
			'thread IDs ([null])',
			{ options: { customerThreadIds: '={{ [null] }}' } },
			/^'Thread IDs' is/,
		],
		[
			'business IDs (a word)',
			{ options: { businessIds: 'undefined' } },
			/^'Business IDs' is empty$/,
		],
		[
			'business IDs (spaces)',
			{ options: { businessIds: '=  {{ "" }}' } },
			/^'Business IDs' is empty$/,
		],
		[
			'channels (undefined)',
			{ options: { channels: '={{ undefined }}' } },
			/^'Channels' is empty$/,
		],
		['words', { options: { textContains: 'a'.repeat(201) } }, /^'Text Contains' cannot be used/],
		[
			'words (undefined)',
			{ options: { textContains: '={{ $vars.none }}' } },
			/^'Text Contains' is empty$/,
		],
		['channels (a comma)', { options: { channels: ' , ' } }, /^'Channels' is empty$/],
	])('with unusable %s registers nothing', async (_, parameters, message) => {
		const trigger = await inactive(parameters);
		const error = await errorOf(trigger.activate());
		expect(explanation({ error }).message).toMatch(message);
		expect(sandbox.current.requests()).toEqual([]);
	});
});

describe.each(['id', 'webHookId', 'webhookId', 'nested', 'empty'] as const)(
	'When Instaply responds to create with %s',
	(webhookAnswer) => {
		describe.each(['array', 'wrapped'] as const)('and lists as %s', (listAnswer) => {
			beforeEach(() => {
				Object.assign(sandbox.current.variants, { webhookAnswer, listAnswer });
			});

			it('a trigger can be activated, changed and deactivated', async () => {
				const trigger = await inactive();
				expect(await trigger.exists()).toBe(false);
				await trigger.activate();
				expect(await trigger.exists()).toBe(true);
				expect(await trigger.activate()).toBe(false);
				expect(ours()).toHaveLength(1);

				await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
				expect(trigger.started).toHaveLength(1);

				trigger.change({ events: ['transfers'] });
				expect(await trigger.activate()).toBe(true);
				expect(ours()).toMatchObject([{ subscribedEvents: ['transfers'] }]);

				await trigger.deactivate();
				expect(ours()).toEqual([]);
				expect(trigger.staticData).toEqual({});
			});
		});
	},
);

describe('Activation again', () => {
	it('changes nothing, and takes one request', async () => {
		const trigger = await activated();
		await quiet(sandbox.current);
		const before = structuredClone(ours());
		sandbox.current.clearRecords();
		expect(await trigger.activate()).toBe(false);
		expect(ours()).toEqual(before);
		expect(sent(sandbox.current)).toEqual([LIST]);
	});

	it.each<[string, INodeParameters]>([
		['other events', { events: ['messages', 'transfers'] }],
		['other headers', { options: { extraHeaders: { header: [{ name: 'X-New', value: '1' }] } } }],
	])('with %s updates the same webhook and keeps the secret', async (_, parameters) => {
		const trigger = await activated();
		const [before] = structuredClone(ours());
		const secret = secretOf(trigger);
		trigger.change(parameters);
		await trigger.activate();
		expect(ours()).toHaveLength(1);
		expect(ours()[0]?.id).toBe(before?.id);
		expect(ours()[0]).not.toEqual(before);
		expect(secretOf(trigger)).toBe(secret);
		expect(await trigger.exists()).toBe(true);
	});

	it('with other filters leaves the webhook alone, as Instaply does not know them', async () => {
		const trigger = await activated();
		trigger.change({ sentBy: 'anyone', simplify: false, options: { channels: 'sms' } });
		expect(await trigger.exists()).toBe(true);
	});

	it.each<[string, INodeParameters]>([
		['switched off', { enabled: false }],
		['given other events', { events: ['transfers'] }],
		['given other headers', { extraHeaders: { header: [{ name: HEADER, value: 'other' }] } }],
	])('repairs a webhook that somebody has %s', async (_, updateFields) => {
		const trigger = await activated();
		const before = structuredClone(ours());
		const repaired = () => ours().map((one) => ({ ...one, url: withoutQuestions(one.url) }));
		const wanted = repaired();
		await runInstaply(sandbox.current, {
			parameters: {
				resource: 'webhook',
				operation: 'update',
				webhookId: String(before[0]?.id),
				updateFields,
			},
		});
		expect(ours()).not.toEqual(before);
		expect(await trigger.activate()).toBe(true);
		expect(repaired()).toEqual(wanted);
	});

	it('creates a webhook again that somebody has deleted', async () => {
		const trigger = await activated();
		await runInstaply(sandbox.current, {
			parameters: { resource: 'webhook', operation: 'delete', webhookId: String(ours()[0]?.id) },
		});
		expect(await trigger.activate()).toBe(true);
		expect(urlsOf()).toEqual([trigger.url]);
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		expect(trigger.started).toHaveLength(1);
	});

	it('leaves one webhook where several deliver to the same trigger', async () => {
		const trigger = await activated();
		for (const events of [['messages'], ['transfers']]) {
			await runInstaply(sandbox.current, {
				parameters: { resource: 'webhook', operation: 'create', url: trigger.url, events },
			});
		}
		expect(ours()).toHaveLength(3);
		expect(await trigger.activate()).toBe(true);
		expect(ours()).toHaveLength(1);
		expect(await trigger.exists()).toBe(true);
	});

	it('replaces the webhook when n8n has lost its secret', async () => {
		const trigger = await activated();
		trigger.loseStaticData();
		expect(await trigger.activate()).toBe(true);
		expect(ours()).toHaveLength(1);
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		expect(trigger.started).toHaveLength(1);
	});

	it('trusts no webhook whose headers Instaply does not show when n8n has lost the secret', async () => {
		const trigger = await activated();
		const body = ours().map(({ id, url }) => ({ id, url }));
		const route = 'GET /api/webhooks/';
		sandbox.current.faults.add({ route, kind: 'answerReplaced', body });
		expect(await trigger.exists()).toBe(true);
		trigger.loseStaticData();
		sandbox.current.faults.add({ route, kind: 'answerReplaced', body });
		expect(await trigger.exists()).toBe(false);
	});

	it.each(['answerLost', 'drop'] as const)(
		'leaves one webhook that works after a create whose response was lost (%s)',
		async (kind) => {
			const trigger = await inactive();
			const create = 'POST /api/webhooks/';
			sandbox.current.faults.add({ route: create, kind });
			const lookUp = sandbox.current.faults.add({
				route: 'GET /api/webhooks/',
				kind: 'status',
				status: 403,
				times: Infinity,
				match: () => sandbox.current.requests({ route: create }).length > 0,
			});
			const error = await errorOf(trigger.activate());
			expect(explanation({ error }).message).toBe(
				'Instaply did not confirm the webhook of this workflow: publish it again',
			);
			lookUp.remove();
			await trigger.activate();
			expect(ours()).toHaveLength(1);
			await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
			expect(trigger.started).toHaveLength(1);
		},
	);
});

describe('Deactivation', () => {
	it('deletes the webhook and forgets it', async () => {
		const trigger = await activated();
		const [webhook] = ours();
		await quiet(sandbox.current);
		sandbox.current.clearRecords();
		await trigger.deactivate();
		expect(ours()).toEqual([]);
		expect(trigger.staticData).toEqual({});
		// In the end it looks whether somebody was asked meanwhile.
		const deleted = [`POST /api/webhooks/${webhook?.id}/delete`];
		expect(sent(sandbox.current)).toEqual([LIST, deleted, LIST]);
	});

	it('deletes it even when n8n has lost its ID', async () => {
		const trigger = await activated();
		trigger.loseStaticData();
		await trigger.deactivate();
		expect(ours()).toEqual([]);
	});

	it('succeeds when somebody has already deleted it', async () => {
		const trigger = await activated();
		const [webhook] = ours();
		await runInstaply(sandbox.current, {
			parameters: { resource: 'webhook', operation: 'delete', webhookId: String(webhook?.id) },
		});
		await trigger.deactivate();
		expect(trigger.staticData).toEqual({});
	});

	it('succeeds when somebody deletes it at the same moment', async () => {
		const trigger = await activated();
		sandbox.current.faults.add({
			route: 'POST /api/webhooks/:webHookId/delete',
			kind: 'status',
			status: 404,
		});
		await trigger.deactivate();
		expect(trigger.staticData).toEqual({});
	});

	it.each([
		['GET /api/webhooks/', { kind: 'drop' }],
		['GET /api/webhooks/', { kind: 'status', status: 503 }],
		['GET /api/webhooks/', { kind: 'notJson' }],
		['POST /api/webhooks/:webHookId/delete', { kind: 'drop' }],
		['POST /api/webhooks/:webHookId/delete', { kind: 'status', status: 500 }],
		['POST /api/webhooks/:webHookId/delete', { kind: 'status', status: 403 }],
	] as const)('can be repeated when it failed: %s, %j', async (route, fault) => {
		const trigger = await activated();
		const injected = sandbox.current.faults.add({ route, times: Infinity, ...fault });
		explanation({ error: await errorOf(trigger.deactivate()) });
		expect(ours()).toHaveLength(1);
		injected.remove();
		await trigger.deactivate();
		expect(ours()).toEqual([]);
	});
});

describe('A list with a webhook that cannot be read', () => {
	it('keeps no trigger from being published and unpublished', async () => {
		const list = (webhooks: unknown[]) =>
			sandbox.current.faults.add({
				route: 'GET /api/webhooks/',
				kind: 'answerReplaced',
				body: [null, { url: 'https://example.com/without-id' }, ...webhooks],
			});
		list(sandbox.current.webhooks());
		const trigger = await activated();
		expect(ours()).toHaveLength(1);
		list(sandbox.current.webhooks());
		await trigger.deactivate();
		expect(ours()).toEqual([]);
	});
});

describe('What goes wrong at activation', () => {
	it.each([
		[{ kind: 'status', status: 401 }, 'Instaply did not accept the token'],
		[{ kind: 'status', status: 500 }, 'Instaply is not available right now'],
		[{ kind: 'drop' }, 'Instaply did not answer'],
		[{ kind: 'notJson' }, 'The answer is not what Instaply is known to send'],
	] as const)('is explained, without token and secret: %j', async (fault, message) => {
		const trigger = await inactive();
		sandbox.current.faults.add({ route: 'GET /api/webhooks/', times: Infinity, ...fault });
		const error = await errorOf(trigger.activate());
		expect(explanation({ error }).message).toBe(message);
		expect(everythingIn(error)).not.toContain(sandbox.current.token);
		expect(ours()).toEqual([]);
	});

	it('shows no secret when create does not work', async () => {
		const trigger = await inactive();
		sandbox.current.faults.add({ route: 'POST /api/webhooks/', kind: 'drop' });
		const error = await errorOf(trigger.activate());
		expect(secretOf(trigger)).toHaveLength(64);
		expect(everythingIn(error)).not.toContain(secretOf(trigger));
	});
});

describe('A test run beside the active workflow', () => {
	const workflowId = 'shared';

	it('has an address and a webhook of its own, and removes only these', async () => {
		const production = await activated({}, { workflowId });
		const test = await activated({}, { workflowId, isTest: true });
		expect(test.url).toMatch(/\/webhook-test\//);
		expect(urlsOf()).toEqual([production.url, test.url]);

		await sandbox.current.customerWrites(THREADS.webchat, 'Hello, both');
		expect([production.started.length, test.started.length]).toEqual([1, 1]);

		await test.deactivate();
		expect(urlsOf()).toEqual([production.url]);
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello, one');
		expect([production.started.length, test.started.length]).toEqual([2, 1]);
	});

	it('does not add a second webhook to that of an abandoned test run', async () => {
		const abandoned = await activated({}, { workflowId, isTest: true });
		abandoned.loseStaticData();
		await abandoned.activate();
		expect(ours()).toHaveLength(1);
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		expect(abandoned.started).toHaveLength(1);
	});
});

describe('A legacy trigger', () => {
	it('registers nothing, sends no request and needs no deactivation', async () => {
		const trigger = await inactive({ registration: 'legacy' });
		expect(await trigger.activate()).toBe(false);
		await trigger.deactivate();
		expect(sandbox.current.requests()).toEqual([]);
		expect(trigger.staticData).toEqual({});
	});

	it('is refused when it is to start for some channels, as a legacy delivery names none', async () => {
		const trigger = await inactive({ registration: 'legacy', options: { channels: 'sms' } });
		const error = await errorOf(trigger.activate());
		const { message, description } = explanation({ error });
		expect(message).toBe("'Channels' cannot be used with the registration Legacy");
		expect(description).toMatch(/do not tell the channel.*Remove/);
	});

	it('is not refused when the channels are left empty', async () => {
		const trigger = await inactive({ registration: 'legacy', options: { channels: '' } });
		expect(await trigger.activate()).toBe(false);
	});
});
