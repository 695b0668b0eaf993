import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { legacyMessage, message, transfer } from '../../lab/events';
import { createSecret } from '../../nodes/Instaply/delivery/secret';
import {
	BUSINESSES,
	startSandbox,
	THREADS,
	type Draft,
	type Sandbox,
	type SandboxOptions,
} from '../../sandbox/server';
import { deliver as deliverTo } from '../support/engine/deliver';
import { useSandbox } from '../support/engine/sandbox';
import { TriggerOnN8n } from '../support/engine/triggerOnN8n';
import { useTriggers } from '../support/engine/triggers';

const sandbox = useSandbox();

const { activated } = useTriggers(sandbox);
afterEach(() => {
	sandbox.current.legacyUrls.length = 0;
});

/** With the secret by default. */
const deliver = async (
	{ url, staticData }: TriggerOnN8n,
	body: unknown,
	headers: Record<string, string> = { 'X-N8N-Trigger-Secret': String(staticData.secret) },
) => await deliverTo(url, body, headers);

const both = { events: ['messages', 'transfers'] };

const started = { status: 200, data: { status: 'started' } };
const ignored = { status: 200, data: { status: 'ignored' } };
const duplicate = { status: 200, data: { status: 'duplicate' } };

describe('A delivery that does not prove its origin', () => {
	const wrong: Array<[string, (secret: string) => Record<string, string>]> = [
		['no secret', () => ({})],
		['an empty secret', () => ({ 'x-n8n-trigger-secret': '' })],
		['a wrong secret', () => ({ 'x-n8n-trigger-secret': 'f'.repeat(64) })],
		['part of the secret', (secret) => ({ 'x-n8n-trigger-secret': secret.slice(0, 63) })],
		['more than the secret', (secret) => ({ 'x-n8n-trigger-secret': `${secret}0` })],
		['the secret in upper case', (secret) => ({ 'x-n8n-trigger-secret': secret.toUpperCase() })],
		['the secret under another name', (secret) => ({ 'x-secret': secret })],
	];

	it.each(wrong)('with %s is refused and starts nothing', async (_, headers) => {
		const trigger = await activated();
		const secret = String(trigger.staticData.secret);
		expect(await deliver(trigger, message(), headers(secret))).toEqual({
			status: 401,
			data: { status: 'Unauthorized' },
		});
		expect(trigger.started).toEqual([]);
	});

	it('is refused before its content is looked at', async () => {
		const trigger = await activated();
		expect((await deliver(trigger, { any: 'thing' }, {})).status).toBe(401);
	});

	it('does not keep out a genuine one', async () => {
		const trigger = await activated();
		await deliver(trigger, message(), {});
		expect(await deliver(trigger, message())).toEqual(started);
		expect(trigger.started).toHaveLength(1);
	});

	it.each(['undefined', 'null', ''])(
		'is refused when n8n has lost the secret, whatever the delivery carries (%j)',
		async (value) => {
			const trigger = await activated();
			trigger.loseStaticData();
			const response = await deliver(trigger, message(), { 'x-n8n-trigger-secret': value });
			expect(response.status).toBe(401);
			expect(trigger.started).toEqual([]);
		},
	);

	it('of one trigger is not taken by another', async () => {
		const [one, other] = [await activated(), await activated()];
		const headers = { 'x-n8n-trigger-secret': String(other.staticData.secret) };
		expect((await deliver(one, message(), headers)).status).toBe(401);
	});
});

describe('The item of a message', () => {
	const simplified = {
		customerThreadId: '123456',
		messageBody: 'Hello',
		customerId: 'cust_001',
		channel: 'webchat',
		eventType: 'message',
		timestamp: '2023-11-14T22:13:20.000Z',
		fromCustomer: true,
		invisible: false,
		businessId: '1001',
		organizationId: '200',
		customerType: 'prospect',
		messageId: '555001',
		messageTimestamp: '2023-11-14T22:13:20.000Z',
		attachment: null,
	};

	it('is flat, with strings for ids and times that people can read', async () => {
		const trigger = await activated();
		await deliver(trigger, message());
		expect(trigger.started).toEqual([simplified]);
		expect(Object.keys(trigger.started[0] ?? {})).toEqual(Object.keys(simplified));
	});

	it('is exactly what Instaply delivered when it is not simplified', async () => {
		const trigger = await activated({ simplify: false });
		const body = { ...message({ unknownField: [1, { a: null }] }), more: true };
		await deliver(trigger, body);
		expect(trigger.started).toEqual([body]);
	});

	it('gathers what describes an attachment', async () => {
		const trigger = await activated();
		const { deliveries } = await sandbox.current.customerWrites(THREADS.webchat, {
			attachment: { uuid: 'abc', name: 'a.png', contentType: 'image/png', contentLength: 17 },
		});
		expect(deliveries).toMatchObject([{ status: 200 }]);
		expect(trigger.started).toMatchObject([
			{
				messageBody: null,
				attachment: {
					uuid: 'abc',
					name: 'a.png',
					contentType: 'image/png',
					contentLength: 17,
				},
			},
		]);
		expect(JSON.stringify(trigger.started)).not.toContain('messageAttachment');
	});

	it('has the fields that the AI Agent node reads, when wanted', async () => {
		const trigger = await activated({ options: { aiAgentFields: true } });
		await deliver(trigger, message());
		await deliver(trigger, message({ messageId: 2, messageBody: null }));
		expect(trigger.started).toMatchObject([
			{ ...simplified, sessionId: '123456', chatInput: 'Hello' },
			{ sessionId: '123456', chatInput: '' },
		]);
	});

	it('has these fields beside what Instaply delivered when it is not simplified', async () => {
		const trigger = await activated({ simplify: false, options: { aiAgentFields: true } });
		await deliver(trigger, message());
		expect(trigger.started).toEqual([{ ...message(), sessionId: '123456', chatInput: 'Hello' }]);
	});

	it.each([true, false])('never holds the secret (simplify: %s)', async (simplify) => {
		const header = [{ name: 'X-Tenant', value: 'north-secret' }];
		const trigger = await activated({ simplify, options: { extraHeaders: { header } } });
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		expect(trigger.started).toHaveLength(1);
		const shown = JSON.stringify(trigger.started);
		expect(shown).not.toContain(String(trigger.staticData.secret));
		expect(shown).not.toMatch(/north-secret|x-n8n-trigger-secret|"headers"/i);
	});

	it('is a single one, and n8n responds at once', async () => {
		const trigger = await activated();
		expect(await deliver(trigger, message())).toEqual(started);
	});
});

describe('The item of a transfer', () => {
	it('is flat, with strings for ids', async () => {
		const trigger = await activated(both);
		await deliver(trigger, transfer());
		expect(trigger.started).toEqual([
			{
				eventType: 'transfer',
				timestamp: '2023-11-14T22:13:20.000Z',
				customerThreadId: '123456',
				organizationId: '200',
				previousBusinessId: '1001',
				newBusinessId: '2002',
				newBusinessName: 'Support Team',
				employeeUserId: '7890',
				businessParticipationId: '456789',
				customerChannel: 'EMAIL',
			},
		]);
	});

	it('is exactly what Instaply delivered when it is not simplified', async () => {
		const trigger = await activated({ ...both, simplify: false });
		await deliver(trigger, transfer());
		expect(trigger.started).toEqual([transfer()]);
	});

	it('is the same from the sandbox as from the document', async () => {
		const trigger = await activated({ events: ['transfers'] });
		await sandbox.current.transfer(THREADS.email, { businessId: BUSINESSES.deliveries });
		await sandbox.current.transfer(THREADS.email, { businessId: BUSINESSES.support });
		expect(trigger.started).toMatchObject([
			{ previousBusinessId: '2002', newBusinessId: '3003' },
			{ previousBusinessId: '3003', newBusinessId: '2002' },
		]);
	});
});

describe('The workflow is started by', () => {
	const from = (fromCustomer: boolean, invisible = false) =>
		message({ fromCustomer, invisible, messageBody: `${fromCustomer} ${invisible}` });

	/** Delivers all of these; which of them start the workflow? */
	async function startedBy(parameters: INodeParameters, bodies: object[]): Promise<number[]> {
		const trigger = await activated({ ...parameters, simplify: false });
		const starts: number[] = [];
		for (const [index, body] of bodies.entries()) {
			const before = trigger.started.length;
			const numbered = { ...body, sequence: index };
			const response = await deliver(trigger, numbered);
			const starting = trigger.started.length > before;
			expect(response).toEqual(starting ? started : ignored);
			if (starting) starts.push(index);
		}
		return starts;
	}
	const numbered = (bodies: ReturnType<typeof message>[]) =>
		bodies.map((body, index) => ({ ...body, data: { ...body.data, messageId: index + 1 } }));

	const senders = numbered([from(true), from(false), from(false, true), from(true, true)]);
	it.each<[string, INodeParameters, number[]]>([
		['customers, by default', {}, [0]],
		['customers', { sentBy: 'customer' }, [0]],
		['employees', { sentBy: 'employee' }, [1]],
		['anyone', { sentBy: 'anyone' }, [0, 1]],
		[
			'employees and their notes',
			{ sentBy: 'employee', options: { includeInternal: true } },
			[1, 2],
		],
		['anyone and notes', { sentBy: 'anyone', options: { includeInternal: true } }, [0, 1, 2, 3]],
		['customers, notes or not', { options: { includeInternal: true } }, [0, 3]],
		['nobody, when only transfers are wanted', { events: ['transfers'] }, []],
	])('%s', async (_, parameters, expected) => {
		expect(await startedBy(parameters, senders)).toEqual(expected);
	});

	it('transfers, whatever the choice of who sent a message', async () => {
		for (const sentBy of ['customer', 'employee', 'anyone']) {
			expect(await startedBy({ ...both, sentBy }, [transfer()])).toEqual([0]);
			expect(await startedBy({ events: ['messages'], sentBy }, [transfer()])).toEqual([]);
		}
	});

	const events = [
		...numbered([
			message({ channel: 'webchat', businessId: 1001, customerThreadId: 1 }),
			message({
				...{ channel: 'WHATSAPP', businessId: '2002', customerThreadId: '2' },
				messageBody: 'Réfund, please!',
			}),
			message({ channel: undefined, businessId: 3003, customerThreadId: 12 }),
		]),
		transfer({ customerChannel: 'EMAIL', customerThreadId: '2' }),
		transfer({ customerChannel: 'sms', previousBusinessId: 3003, newBusinessId: 1001 }),
	];
	it.each<[string, IDataObject, number[]]>([
		['the channels wanted, in any case', { channels: 'WebChat, email' }, [0, 3]],
		['the channels wanted, in any spelling', { channels: 'Web Chat, E-mail' }, [0, 3]],
		['the channels that were chosen', { channels: ['webchat', 'email'] }, [0, 3]],
		['messages with the words wanted, and transfers', { textContains: 'stop, REFUND' }, [1, 3, 4]],
		['all messages when no words are wanted', { textContains: '' }, [0, 1, 2, 3, 4]],
		['the channels of a list', { channels: ['whatsapp', 'SMS'] }, [1, 4]],
		['all channels when the option is left empty', { channels: '' }, [0, 1, 2, 3, 4]],
		['all threads when the list is empty', { customerThreadIds: [] }, [0, 1, 2, 3, 4]],
		['no channel that is not there', { channels: 'fax' }, []],
		['the businesses wanted', { businessIds: '2002' }, [1, 3]],
		['either business of a transfer', { businessIds: '1001, 3003' }, [0, 2, 3, 4]],
		['the businesses of a list of numbers', { businessIds: [2002] }, [1, 3]],
		['the threads wanted, as a number or text', { customerThreadIds: '1,2' }, [0, 1, 3]],
		['one thread, given as a number', { customerThreadIds: 12 }, [2]],
		['what passes all filters', { channels: 'whatsapp,email', customerThreadIds: '2' }, [1, 3]],
		['what passes all filters, here nothing', { channels: 'sms', businessIds: '2002' }, []],
	])('%s', async (_, options, expected) => {
		const parameters = JSON.parse(JSON.stringify({ ...both, options }));
		expect(await startedBy(parameters, events)).toEqual(expected);
	});

	it.each([1, 1.1])(
		'the channels that a workflow of version %d has as a text',
		async (typeVersion) => {
			const trigger = await activated(
				{ ...both, options: { channels: 'Web Chat, email' } },
				{ typeVersion },
			);
			for (const event of events) await deliver(trigger, event);
			expect(trigger.started).toMatchObject([{ channel: 'webchat' }, { customerChannel: 'EMAIL' }]);
		},
	);

	it.each(['customerThreadIds', 'businessIds', 'channels', 'textContains'])(
		'nothing when the expression for %s gives nothing after the activation',
		async (name) => {
			const trigger = await activated({ options: { [name]: '1' } });
			trigger.change({ options: { [name]: '={{ $vars.none }}' } });
			expect((await deliver(trigger, message())).status).toBe(500);
			expect(trigger.started).toEqual([]);
		},
	);

	it('customers of the sandbox, and not by the answers of the workflow', async () => {
		const trigger = await activated();
		await sandbox.current.customerWrites(THREADS.sms, 'Question');
		await sandbox.current.employeeWrites(THREADS.sms, 'Answer');
		await sandbox.current.employeeWrites(THREADS.sms, { text: 'Note', internal: true });
		expect(trigger.started.map(({ messageBody }) => messageBody)).toEqual(['Question']);
	});
});

describe('An event that is delivered twice', () => {
	const twice = async (trigger: TriggerOnN8n, draft: Draft | string = 'Hello') => {
		const { deliveries } = await sandbox.current.customerWrites(THREADS.webchat, draft);
		for (const delivery of deliveries) await sandbox.current.redeliver(delivery);
		return trigger.started.length;
	};

	it('starts the workflow once', async () => {
		expect(await twice(await activated())).toBe(1);
	});

	it('gets a response that says so', async () => {
		const trigger = await activated();
		expect(await deliver(trigger, message())).toEqual(started);
		expect(await deliver(trigger, message())).toEqual(duplicate);
		expect(await deliver(trigger, message({ messageId: '555001' }))).toEqual(duplicate);
	});

	it('starts it twice when the user wants that', async () => {
		expect(await twice(await activated({ options: { ignoreDuplicates: false } }))).toBe(2);
	});

	it('is a different one when only its text is the same', async () => {
		const trigger = await activated();
		await twice(trigger, 'Same');
		expect(await twice(trigger, 'Same')).toBe(2);
	});

	it('starts each workflow that wants it', async () => {
		const [one, other] = [await activated(), await activated()];
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		expect([one.started.length, other.started.length]).toEqual([1, 1]);
	});

	it('starts the test run and the active workflow', async () => {
		const workflowId = 'side-by-side';
		const production = await activated({}, { workflowId });
		const test = await activated({}, { workflowId, isTest: true });
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		expect([production.started.length, test.started.length]).toEqual([1, 1]);
	});

	it('is taken when the first was filtered out or refused', async () => {
		const trigger = await activated();
		await deliver(trigger, message({ fromCustomer: false }));
		await deliver(trigger, message(), {});
		expect(await deliver(trigger, message())).toEqual(started);
	});

	it('starts the workflow again when it is a transfer, which has no ID', async () => {
		const trigger = await activated(both);
		await deliver(trigger, transfer());
		await deliver(trigger, transfer());
		expect(trigger.started).toHaveLength(2);
	});
});

describe('A message that has the ID of another one', () => {
	it('is no duplicate in another thread, or when it was written at another time', async () => {
		const trigger = await activated();
		for (const data of [{}, { customerThreadId: 2 }, { messageTimestamp: 1700000000001 }]) {
			expect(await deliver(trigger, message(data))).toEqual(started);
			expect(await deliver(trigger, message(data))).toEqual(duplicate);
		}
	});

	it('is a duplicate when it is delivered again as another event', async () => {
		const trigger = await activated();
		await deliver(trigger, message());
		expect(await deliver(trigger, { ...message(), timestamp: 1700000060000 })).toEqual(duplicate);
	});

	/** The same published workflow, registered anew with the credential of another account. */
	const withAccount = async (account: Pick<Sandbox, 'url' | 'token'>, secret = createSecret()) => {
		const trigger = await TriggerOnN8n.start(account, {}, { workflowId: 'accounts' });
		trigger.staticData.secret = secret;
		return trigger;
	};

	it('is no duplicate in another account', async () => {
		const { url, token } = sandbox.current;
		const accounts = [
			{ url, token },
			{ url, token: 'another' },
			{ url: 'http://127.0.0.1:9', token },
		];
		for (const account of accounts) {
			const trigger = await withAccount(account);
			expect(await deliver(trigger, message())).toEqual(started);
			expect(await deliver(trigger, message())).toEqual(duplicate);
			await trigger.close();
		}
		const same = await withAccount({ url: `${url}/`, token: ` ${token}\n` });
		expect(await deliver(same, message())).toEqual(duplicate);
		await same.close();
	});

	it('is a duplicate when the credential was changed, and not what is registered', async () => {
		const { url, token } = sandbox.current;
		const secret = createSecret();
		const trigger = await withAccount({ url, token: 'one more' }, secret);
		expect(await deliver(trigger, message())).toEqual(started);
		await trigger.close();
		const changed = await withAccount({ url, token: `${token} changed` }, secret);
		expect(await deliver(changed, message())).toEqual(duplicate);
		await changed.close();
	});

	/** Starts a sandbox, publishes the workflow, and has the customer write two messages. */
	const run = async (options: SandboxOptions = {}) => {
		const instaply = await startSandbox({ firstIds: { message: 555_001 }, ...options });
		const trigger = await TriggerOnN8n.start(instaply, {}, { workflowId: 'restarted' });
		await trigger.activate();
		for (const text of ['One', 'Two']) await instaply.customerWrites(THREADS.webchat, text);
		await trigger.deactivate();
		await trigger.close();
		await instaply.close();
		const { url, token } = instaply;
		return { token, port: Number(new URL(url).port), started: trigger.started };
	};

	it('starts the workflow after the sandbox was restarted, at its address or another', async () => {
		const { token, port, started } = await run();
		expect(started).toMatchObject([{ messageId: '555001' }, { messageId: '555002' }]);
		expect((await run()).started).toMatchObject([{ messageBody: 'One' }, { messageBody: 'Two' }]);
		expect((await run({ token, port })).started).toHaveLength(2);
	});
});

describe('A delivery that is not an event', () => {
	const parameters = { ...both, sentBy: 'anyone' };

	it.each([
		['nothing', {}],
		['a list', [message()]],
		['no type', { ...message(), eventType: undefined }],
		['a type that is a number', { ...message(), eventType: 1 }],
		['no data', { ...message(), data: undefined }],
		['a list for data', { ...message(), data: [] }],
		['no time', { ...message({ messageTimestamp: null }), timestamp: null }],
		['a time out of range', { ...message({ messageTimestamp: 1e20 }), timestamp: 1e20 }],
		['no sender', message({ fromCustomer: 'yes' })],
		['no thread', message({ customerThreadId: undefined })],
		['an empty thread', message({ customerThreadId: '' })],
		['an object for a thread', message({ customerThreadId: { id: 1 } })],
		['no message', message({ messageId: null })],
		['a transfer of no thread', transfer({ customerThreadId: null })],
		['a legacy payload', message().data],
	])('(%s) is refused', async (_, body) => {
		const trigger = await activated(parameters);
		expect(await deliver(trigger, body)).toEqual({
			status: 400,
			data: { status: 'Not an event of Instaply' },
		});
		expect(trigger.started).toEqual([]);
	});

	it.each(['survey', 'messages', 'constructor', ''])(
		'of a kind that Instaply may add later is accepted and ignored: %j',
		async (eventType) => {
			const trigger = await activated(parameters);
			expect(await deliver(trigger, { ...message(), eventType })).toEqual(ignored);
			expect(trigger.started).toEqual([]);
		},
	);

	it.each(['messageTimestamp', 'someTimestamp'])(
		'because its %s is out of range does not make n8n fail',
		async (name) => {
			const trigger = await activated();
			const { status } = await deliver(trigger, message({ [name]: 1e20 }));
			expect([200, 400]).toContain(status);
		},
	);
});

describe('A legacy trigger', () => {
	const legacy = { registration: 'legacy' };

	it('takes the payload of the document, without any secret, in the same shape', async () => {
		const trigger = await activated(legacy);
		expect(await deliver(trigger, legacyMessage(), {})).toEqual(started);
		expect(trigger.started).toEqual([
			{
				eventType: 'message',
				timestamp: '2023-11-14T22:13:20.000Z',
				customerId: 'cust_001',
				customerThreadId: '123456',
				messageTimestamp: '2023-11-14T22:13:20.000Z',
				employeeUserId: '1001',
				messageId: '555001',
				messageBody: 'Hello, I would like more information.',
				businessId: '2001',
				fromCustomer: true,
				messageExternalId: null,
				invisible: false,
				customerType: 'prospect',
				attachment: null,
			},
		]);
	});

	it('gives the same fields as a trigger that is registered, for the same message', async () => {
		const registered = await activated();
		const trigger = await activated(legacy);
		sandbox.current.legacyUrls.push(trigger.url);
		await sandbox.current.customerWrites(THREADS.webchat, {
			text: 'Look',
			attachment: { name: 'a.png', contentType: 'image/png', contentLength: 17 },
		});
		const notTold = { organizationId: undefined, channel: undefined };
		const moreTold = { employeeUserId: null, messageExternalId: null };
		expect(registered.started).toHaveLength(1);
		expect(trigger.started).toEqual([{ ...registered.started[0], ...notTold, ...moreTold }]);
	});

	it('gives exactly what Instaply delivered when it is not simplified', async () => {
		const trigger = await activated({ ...legacy, simplify: false });
		await deliver(trigger, legacyMessage(), {});
		expect(trigger.started).toEqual([legacyMessage()]);
	});

	it.each<[string, INodeParameters, IDataObject]>([
		['the sender', {}, { fromCustomer: false }],
		['notes', { sentBy: 'anyone' }, { invisible: true }],
		['the business', { options: { businessIds: '7' } }, {}],
		['the thread', { options: { customerThreadIds: '7' } }, {}],
	])('filters by %s', async (_, parameters, data) => {
		const trigger = await activated({ ...legacy, ...parameters });
		expect(await deliver(trigger, legacyMessage(data), {})).toEqual(ignored);
		expect(trigger.started).toEqual([]);
	});

	it('ignores duplicates', async () => {
		const trigger = await activated(legacy);
		await deliver(trigger, legacyMessage(), {});
		expect(await deliver(trigger, legacyMessage(), {})).toEqual(duplicate);
	});

	it.each([
		['nothing', {}],
		['a list', []],
		['no time', legacyMessage({ messageTimestamp: undefined })],
		['no thread', legacyMessage({ customerThreadId: undefined })],
		['another kind of payload', message()],
	])('refuses what is malformed (%s)', async (_, body) => {
		const trigger = await activated(legacy);
		expect((await deliver(trigger, body, {})).status).toBe(400);
		expect(trigger.started).toEqual([]);
	});
});
