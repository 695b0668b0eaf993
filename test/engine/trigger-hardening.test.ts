import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import { message, transfer } from '../../lab/events';
import { INSTAPLY_TRIGGER } from '../../lab/nodes';
import { InstaplyTrigger } from '../../nodes/Instaply/InstaplyTrigger.node';
import { THREADS } from '../../sandbox/server';
import { deliver } from '../support/engine/deliver';
import { useSandbox } from '../support/engine/sandbox';
import { shownBelow } from '../support/engine/subtitle';
import { TriggerOnN8n } from '../support/engine/triggerOnN8n';
import { useTriggers, withoutQuestions } from '../support/engine/triggers';
import { expectPlainWords, explanation } from '../support/engine/words';

const sandbox = useSandbox();
const both = { events: ['messages', 'transfers'] };

const { inactive, activated } = useTriggers(sandbox);

interface Post {
	/** Default: the secret of the trigger. */
	secret?: string;
	query?: string;
	contentType?: string;
	signal?: AbortSignal;
}

/** @returns the HTTP status */
const post = async (
	trigger: TriggerOnN8n,
	body: unknown,
	{ secret, query = '', contentType = 'application/json', signal }: Post = {},
): Promise<number> => {
	const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
	const text = isRaw ? body : JSON.stringify(body);
	const { status } = await axios.post(trigger.url + query, text, {
		headers: {
			'Content-Type': contentType,
			'x-n8n-trigger-secret': secret ?? String(trigger.staticData.secret),
		},
		proxy: false,
		// Else axios makes JSON of what is not.
		transformRequest: [(content: unknown) => content],
		signal,
		validateStatus: () => true,
	});
	return status;
};

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
/** A message with more in its data, as JSON text: what no JavaScript object could hold. */
const messageWith = (json: string) =>
	JSON.stringify(message()).replace('"data":{', `"data":{${json},`);

const HOSTILE: Array<[string, string, number]> = [
	['text instead of JSON', 'Hello', 400],
	['half a body', JSON.stringify(message()).slice(0, 40), 400],
	['a list', '[]', 400],
	['a megabyte of text', messageWith(`"more":"${'x'.repeat(1024 * 1024)}"`), 413],
	['ten megabytes', messageWith(`"more":"${'x'.repeat(10 * 1024 * 1024)}"`), 413],
	['nesting', messageWith(`"more":${nested(40)}`), 400],
	['deep nesting', messageWith(`"more":${nested(100_000)}`), 400],
	[
		'deep nesting of objects',
		messageWith(`"more":${'{"a":'.repeat(90_000)}1${'}'.repeat(90_000)}`),
		400,
	],
	['a deep body', nested(400_000), 400],
	['a prototype', messageWith('"__proto__":{"admin":true}'), 400],
	['a prototype in depth', messageWith('"more":[{"a":{"__proto__":null}}]'), 400],
	[
		'a prototype by way of the constructor',
		messageWith('"constructor":{"prototype":{"a":1}}'),
		400,
	],
	['a prototype of the envelope', JSON.stringify(message()).replace('{', '{"__proto__":{},'), 400],
	['a thread number that is not exact', messageWith('"x":1').replace('123456', '1e300'), 400],
	['a fraction of a thread', JSON.stringify(message({ customerThreadId: 1.5 })), 400],
	['an object for a message', JSON.stringify(message({ messageId: {} })), 400],
	['a transfer of a list', JSON.stringify(transfer({ customerThreadId: [1] })), 400],
];

describe('A delivery of', () => {
	it.each(HOSTILE)('%s is refused, starts nothing and breaks nothing', async (_, body, status) => {
		const trigger = await activated({ ...both, simplify: false });
		expect(await post(trigger, body)).toBe(status);
		expect(trigger.started).toEqual([]);
		expect(await post(trigger, message())).toBe(200);
		expect(trigger.started).toHaveLength(1);
		expect({}).not.toHaveProperty('admin');
	});

	it.each(HOSTILE.filter(([, , status]) => status === 413))(
		'%s without the secret is refused unread',
		async (_, body) => {
			expect(await post(await activated(), body, { secret: 'wrong' })).toBe(401);
		},
	);

	it.each(['text/plain', 'application/xml', 'multipart/form-data', 'image/png'])(
		'another media type (%s) is refused',
		async (contentType) => {
			const trigger = await activated();
			expect(await post(trigger, message(), { contentType })).toBe(400);
			expect(trigger.started).toEqual([]);
		},
	);

	it('fields that Instaply may add later passes them on unchanged', async () => {
		const more = { priority: 3, tags: ['a', { b: [null, true] }], Type: {}, reactorId: { of: 1 } };
		const trigger = await activated();
		expect(await post(trigger, message(more))).toBe(200);
		expect(trigger.started).toMatchObject([{ ...more, messageBody: 'Hello' }]);
	});
});

describe('A message with something unexpected', () => {
	it.each([
		['no customer', message({ customerId: '' })],
		['no word of whether it is internal', message({ invisible: null })],
		['no business', message({ businessId: null })],
		['a customer that is an object', message({ customerId: { of: 1 } })],
		['an organization that is a list', message({ organizationId: [1] })],
		['no time of the event', { ...message(), timestamp: null }],
		['no time of the message', message({ messageTimestamp: null })],
	])('(%s) starts the workflow', async (_, body) => {
		const trigger = await activated({ simplify: false });
		expect(await post(trigger, body)).toBe(200);
		expect(trigger.started).toEqual([body]);
	});

	const LONG = '9007199254740993';
	const long = JSON.stringify(message())
		.replace('123456', LONG)
		.replace('555001', `-${LONG}`)
		.replace('"cust_001"', `"${LONG}"`)
		.replace('"data":{', `"data":{"otherId":${LONG},"rate":0.${LONG},`);
	const ids = { customerThreadId: LONG, messageId: `-${LONG}`, customerId: LONG, otherId: LONG };

	it('(IDs with more digits than a number holds) hands them on exactly', async () => {
		const trigger = await activated();
		const ai = await activated({ simplify: false, options: { aiAgentFields: true } });
		for (const one of [trigger, ai]) expect(await post(one, long)).toBe(200);
		expect(trigger.started).toMatchObject([{ ...ids, rate: Number(`0.${LONG}`) }]);
		const { data } = message();
		expect(ai.started).toMatchObject([{ data: { ...data, ...ids }, sessionId: LONG }]);
	});

	it.each(['utf-16le', 'UTF-8', '"utf-8"'])(
		'(such IDs, in the charset %s) hands them on exactly',
		async (charset) => {
			const trigger = await activated();
			const contentType = `application/json; charset=${charset}`;
			const body = charset === 'utf-16le' ? Buffer.from(long, 'utf16le') : long;
			expect(await post(trigger, body, { contentType })).toBe(200);
			expect(trigger.started).toMatchObject([ids]);
		},
	);

	it('(text of digits, in a name or a text) is left as it is', async () => {
		const trigger = await activated({ simplify: false });
		const body = message({ messageBody: ` ${LONG}, "${LONG}"`, [LONG]: true });
		expect(await post(trigger, body)).toBe(200);
		expect(trigger.started).toEqual([body]);
	});
});

describe('A message that comes several times', () => {
	it('at once starts the workflow once', async () => {
		const trigger = await activated();
		let accept = () => {};
		const accepting = new Promise<void>((resolve) => (accept = resolve));
		trigger.startWorkflow = async (item) => {
			await accepting;
			trigger.started.push(item);
		};
		const statuses = Promise.all([1, 2, 3, 4].map(async () => await post(trigger, message())));
		accept();
		expect(await statuses).toEqual([200, 200, 200, 200]);
		expect(trigger.started).toHaveLength(1);
	});

	it('starts the workflow after n8n failed to start it', async () => {
		const trigger = await activated();
		const { startWorkflow } = trigger;
		trigger.startWorkflow = async () => await Promise.reject(new Error('No database'));
		expect([await post(trigger, message()), await post(trigger, message())]).toEqual([500, 500]);
		trigger.startWorkflow = startWorkflow;
		expect([await post(trigger, message()), await post(trigger, message())]).toEqual([200, 200]);
		expect(trigger.started).toHaveLength(1);
	});

	it('at once, of which the first fails, starts the workflow once', async () => {
		const trigger = await activated();
		const { startWorkflow } = trigger;
		trigger.startWorkflow = async () => {
			trigger.startWorkflow = startWorkflow;
			return await Promise.reject(new Error('No database'));
		};
		const statuses = await Promise.all([1, 2, 3].map(async () => await post(trigger, message())));
		expect(statuses.sort()).toEqual([200, 200, 500]);
		expect(trigger.started).toHaveLength(1);
	});

	it('starts the workflow once even when Instaply did not wait for the first response', async () => {
		const trigger = await activated();
		const gone = new AbortController();
		const { startWorkflow } = trigger;
		trigger.startWorkflow = async (item) => {
			gone.abort();
			await startWorkflow(item);
		};
		await expect(post(trigger, message(), { signal: gone.signal })).rejects.toThrow();
		expect(await post(trigger, message())).toBe(200);
		expect(trigger.started).toHaveLength(1);
	});

	it('is refused while n8n does not respond to its first delivery, to be delivered again', async () => {
		const trigger = await activated();
		const { startWorkflow } = trigger;
		let start = () => {};
		const begun = new Promise<void>((resolve) => {
			trigger.startWorkflow = async (item) => {
				resolve();
				await new Promise<void>((resume) => (start = resume));
				await startWorkflow(item);
			};
		});
		const first = post(trigger, message());
		await begun;
		const headers = { 'x-n8n-trigger-secret': String(trigger.staticData.secret) };
		expect(await deliver(trigger.url, message(), headers)).toEqual({
			status: 503,
			data: { status: 'Already under way' },
		});
		start();
		expect(await first).toBe(200);
		expect(await post(trigger, message())).toBe(200);
		expect(trigger.started).toHaveLength(1);
	});

	it('starts a test run each time, so that things can be tried out', async () => {
		const trigger = await activated({}, { isTest: true });
		expect([await post(trigger, message()), await post(trigger, message())]).toEqual([200, 200]);
		expect(trigger.started).toHaveLength(2);
	});
});

describe('The address of n8n', () => {
	/** The same trigger after n8n has moved: another URL, what n8n stored is the same. */
	const moved = async () => {
		const before = await activated({}, { workflowId: 'moving' });
		const after = await inactive({}, { workflowId: 'moving' });
		Object.assign(after.staticData, before.staticData);
		return { before, after };
	};
	const urls = () => sandbox.current.webhooks().map(({ url }) => url);

	it('can change, and the webhook moves with it', async () => {
		const { before, after } = await moved();
		expect(urls().map(withoutQuestions)).toEqual([before.url]);
		expect(await after.activate()).toBe(true);
		expect(urls().map(withoutQuestions)).toEqual([after.url]);
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		expect([before.started.length, after.started.length]).toEqual([0, 1]);
	});

	it('can change, and deactivation still finds the webhook', async () => {
		const { after } = await moved();
		await after.deactivate();
		expect(urls()).toEqual([]);
	});

	it('is not given to the real Instaply when only this machine knows it', async () => {
		const trigger = await TriggerOnN8n.start({ url: 'https://instaply.invalid', token: 'x' });
		const { origin } = new URL(trigger.url);
		const error = await trigger.activate().catch((reason) => reason);
		await trigger.close();
		const { message, description } = explanation({ error });
		expect(message).toBe(
			'Instaply cannot reach this n8n: N8N_WEBHOOK_URL (or WEBHOOK_URL) has to be its public address',
		);
		expect(description).toContain(origin);
		expect(description).toMatch(/N8N_WEBHOOK_URL.* WEBHOOK_URL.*tunnel/);
	});

	it.each(['n8n.example.com', 'localhost:5678', 'ftp://n8n.example.com'])(
		'is not given to any Instaply when it is not complete: %s',
		async (n8nUrl) => {
			const trigger = await inactive({}, { n8nUrl });
			sandbox.current.clearRecords();
			const error = await trigger.activate().catch((reason) => reason);
			const { message, description } = explanation({ error });
			expect(message).toContain(`'${n8nUrl}'`);
			expect(description).toMatch(/N8N_WEBHOOK_URL.* WEBHOOK_URL.*https:/);
			expect(sandbox.current.requests()).toEqual([]);
		},
	);
});

describe('The secret', () => {
	it('is known before n8n has saved it', async () => {
		const trigger = await activated();
		const secret = String(trigger.staticData.secret);
		trigger.loseStaticData();
		expect(await post(trigger, message(), { secret: `${secret}0` })).toBe(401);
		expect(await post(trigger, message(), { secret })).toBe(200);
	});

	it('is no longer accepted after deactivation', async () => {
		const trigger = await activated();
		const secret = String(trigger.staticData.secret);
		await trigger.deactivate();
		expect(await post(trigger, message(), { secret })).toBe(401);
		expect(trigger.started).toEqual([]);
	});

	it('is never written by a delivery, which could undo an activation', async () => {
		const trigger = await activated();
		const before = { ...trigger.staticData };
		for (const secret of [undefined, 'wrong']) await post(trigger, message(), { secret });
		expect(trigger.staticData).toEqual(before);
	});
});

describe('A legacy trigger with a secret in its URL', () => {
	const parameters = { registration: 'legacy', options: { urlSecret: 'long & random' } };
	const legacy = { ...message().data, messageTimestamp: 1700000000000 };

	it.each([
		['the secret', '?secret=long%20%26%20random', 200],
		['the secret among others', '?a=1&secret=long%20%26%20random', 200],
		['nothing', '', 401],
		['another secret', '?secret=guess', 401],
		['no value', '?secret=', 401],
		['half of it', '?secret=long', 401],
		['a list of secrets', '?secret=long%20%26%20random&secret=guess', 401],
		['an object', '?secret[a]=long%20%26%20random', 401],
	])('called with %s (%s) responds with status %d', async (_, query, status) => {
		const trigger = await activated(parameters);
		expect(await post(trigger, legacy, { query })).toBe(status);
		expect(trigger.started).toHaveLength(status === 200 ? 1 : 0);
		expect(JSON.stringify(trigger.started)).not.toContain('random');
	});

	it('cannot be activated with an empty one', async () => {
		const trigger = await inactive({ registration: 'legacy', options: { urlSecret: '' } });
		const error = await trigger.activate().catch((reason) => reason);
		expect(explanation({ error }).message).toBe("'Secret in URL' is empty");
	});

	it('lets nobody in when an expression gives no secret', async () => {
		const options = { urlSecret: '={{ undefined }}' };
		const trigger = await inactive({ registration: 'legacy', options });
		expect(await post(trigger, legacy)).toBe(401);
		expect(await post(trigger, legacy, { query: '?secret=undefined' })).toBe(401);
	});

	it('refuses hostile deliveries like any trigger', async () => {
		const trigger = await activated({ registration: 'legacy' });
		for (const body of [nested(100_000), '{"__proto__":{}}', '[]']) {
			expect(await post(trigger, body)).toBe(400);
		}
		expect(trigger.started).toEqual([]);
	});
});

describe('In the editor', () => {
	const { description } = new InstaplyTrigger();
	const shown = (parameters: INodeParameters) =>
		shownBelow({ type: INSTAPLY_TRIGGER, description }, parameters);

	it.each<[INodeParameters, string]>([
		[{}, 'messages from customers'],
		[{ sentBy: 'employee' }, 'messages from employees'],
		[{ ...both, sentBy: 'anyone' }, 'all messages and transfers'],
		[{ events: ['transfers'] }, 'transfers'],
		[{ events: [] }, ''],
		[{ registration: 'legacy' }, 'messages from customers'],
	])('the node with %j says what it listens to: %s', (parameters, words) => {
		expect(shown(parameters)).toBe(words);
	});

	it('a notice explains each choice that has consequences, in plain words', () => {
		const notices = description.properties.filter(({ type }) => type === 'notice');
		expect(notices.map(({ displayOptions }) => displayOptions?.show)).toEqual([
			{ registration: ['legacy'] },
			{ sentBy: ['anyone', 'employee'] },
		]);
		for (const { displayName } of notices) expectPlainWords(displayName);
	});

	it('the panel and the message at activation say what happens next', () => {
		expectPlainWords(JSON.stringify(description.activationMessage).replace(/"/g, ''));
		expect(description.triggerPanel).toMatchObject({
			executionsHelp: {
				active: expect.stringMatching(/\w/),
				inactive: expect.stringMatching(/\w/),
			},
			activationHint: expect.stringMatching(/\w/),
		});
	});

	it('a trial message of a customer starts the workflow, as the panel says', async () => {
		const trigger = await activated({}, { isTest: true });
		await sandbox.current.customerWrites(THREADS.webchat, 'A trial');
		expect(trigger.started).toMatchObject([{ messageBody: 'A trial' }]);
	});
});
