import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import { INSTAPLY } from '../support/engine/host';
import { runInstaply } from '../support/engine/run';
import { sent, useSandbox, type Sent } from '../support/engine/sandbox';
import { shownBelow } from '../support/engine/subtitle';
import { explanation } from '../support/engine/words';

const sandbox = useSandbox();

/** One item in; what goes out to Instaply and what comes out of the node. */
interface Case {
	name: string;
	parameters: INodeParameters;
	sends: Sent[];
	items: IDataObject[];
}

const MESSAGE = 'POST /api/send-message-to-customer-thread';
const DETAILS = 'GET /api/get-customer-thread-details';
const TEMPLATE_LIST = 'GET /api/get-whatsapp-templates';
const STATUS = 'POST /api/update-thread-status';

const { webchat, whatsappOpen, whatsappClosed } = THREADS;
const text = 'Hello, your order is on its way.';
const response = { result: 'ok' };
const bySid = (value: string) => ({ __rl: true, mode: 'id', value });
const byTitle = (value: string) => ({ __rl: true, mode: 'name', value });
const fromList = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: 'Any' });

async function run(parameters: INodeParameters) {
	return await runInstaply(sandbox.current, { parameters });
}

async function check({ parameters, sends, items }: Case): Promise<void> {
	const { items: out, error } = await run(parameters);
	expect(error).toBeUndefined();
	expect(out).toEqual(items.map((json) => ({ json, pairedItem: { item: 0 } })));
	expect(sent(sandbox.current)).toEqual(sends);
}

describe('Send Message', () => {
	const send = (customerThreadId: string, more: INodeParameters = {}) => ({
		resource: 'message',
		operation: 'send',
		customerThreadId,
		text,
		...more,
	});
	const asked: Sent = [DETAILS, { customerThreadId: whatsappClosed }];
	const template = bySid(TEMPLATES.orderShipped);

	it.each<Case>([
		{
			name: 'sends a text, and asks for nothing before',
			parameters: send(webchat),
			sends: [[MESSAGE, { customerThreadId: webchat, text }]],
			items: [{ customerThreadId: webchat, sent: true, via: 'text', response }],
		},
		{
			name: 'sends a text when it is said not to be a note',
			parameters: send(webchat, { options: { internal: false } }),
			sends: [[MESSAGE, { customerThreadId: webchat, text }]],
			items: [{ customerThreadId: webchat, sent: true, via: 'text', response }],
		},
		...['sendAnyway', 'sendTemplate', 'stop', 'skip'].map((whenWindowClosed) => ({
			name: `leaves an internal note, window closed, ${whenWindowClosed}`,
			parameters: send(whatsappClosed, {
				options: { internal: true },
				whenWindowClosed,
				template,
			}),
			sends: [[MESSAGE, { customerThreadId: whatsappClosed, text, internal: true }]] as Sent[],
			items: [{ customerThreadId: whatsappClosed, sent: true, via: 'internalNote', response }],
		})),
		...['sendTemplate', 'stop', 'skip'].map((whenWindowClosed) => ({
			name: `sends the text while the window is open, ${whenWindowClosed}`,
			parameters: send(whatsappOpen, { whenWindowClosed, template }),
			sends: [
				[DETAILS, { customerThreadId: whatsappOpen }],
				[MESSAGE, { customerThreadId: whatsappOpen, text }],
			] as Sent[],
			items: [
				{ customerThreadId: whatsappOpen, sent: true, via: 'text', windowOpen: true, response },
			],
		})),
		{
			name: 'sends a template in place of the text when the window is closed',
			parameters: send(whatsappClosed, { whenWindowClosed: 'sendTemplate', template }),
			sends: [
				asked,
				[MESSAGE, { customerThreadId: whatsappClosed, contentSid: TEMPLATES.orderShipped }],
			],
			items: [
				{
					customerThreadId: whatsappClosed,
					sent: true,
					via: 'template',
					windowOpen: false,
					contentSid: TEMPLATES.orderShipped,
					response,
				},
			],
		},
		{
			name: 'skips the item when the window is closed',
			parameters: send(whatsappClosed, { whenWindowClosed: 'skip' }),
			sends: [asked],
			items: [
				{
					customerThreadId: whatsappClosed,
					sent: false,
					via: 'none',
					windowOpen: false,
					response: null,
				},
			],
		},
	])('$name', check);

	it('stops when the window is closed', async () => {
		const run_ = await run(send(whatsappClosed, { whenWindowClosed: 'stop' }));
		expect(explanation(run_).message).toBe('The messaging window of thread 123459 is closed');
		expect(sent(sandbox.current)).toEqual([asked]);
	});

	it("lets Instaply decide with 'Send Anyway', and passes on what it says", async () => {
		const run_ = await run(send(whatsappClosed, { whenWindowClosed: 'sendAnyway' }));
		const { message, description } = explanation(run_);
		expect(message).toBe('The messaging window is closed: only templates may be sent');
		expect(description).toContain("set 'When Window Is Closed' to 'Send a Template Instead'");
		expect(sent(sandbox.current)).toEqual([[MESSAGE, { customerThreadId: whatsappClosed, text }]]);
	});

	it('sends the text to the letter', async () => {
		const exact = '  Line 1\n\tLine 2 “é” 😀 {$json.x} \\n ';
		await run({ ...send(webchat), text: exact });
		expect(sandbox.current.conversation(webchat).at(-1)).toMatchObject({ body: exact });
	});
});

describe('Send Template', () => {
	const sendTemplate = (template: INodeParameters | string) => ({
		resource: 'message',
		operation: 'sendTemplate',
		customerThreadId: whatsappClosed,
		template,
	});
	const message: Sent = [
		MESSAGE,
		{ customerThreadId: whatsappClosed, contentSid: TEMPLATES.issueBack },
	];
	const items = [
		{
			customerThreadId: whatsappClosed,
			sent: true,
			via: 'template',
			contentSid: TEMPLATES.issueBack,
			response,
		},
	];

	it.each<Case>([
		{
			name: 'sends the one chosen from the list',
			parameters: sendTemplate(fromList(TEMPLATES.issueBack)),
			sends: [message],
			items,
		},
		{
			name: 'sends the one of a title, which it looks up',
			parameters: sendTemplate(byTitle('issue_back')),
			sends: [[TEMPLATE_LIST, { customerThreadId: whatsappClosed }], message],
			items,
		},
		{
			name: 'sends the one of a content SID',
			parameters: sendTemplate(bySid(TEMPLATES.issueBack)),
			sends: [message],
			items,
		},
		{
			name: 'takes a content SID that replaces the whole choice',
			parameters: sendTemplate(TEMPLATES.issueBack),
			sends: [message],
			items,
		},
	])('$name', check);

	it.each([
		[
			'names the titles there are',
			whatsappClosed,
			'issue_forth',
			"Thread 123459 has no template 'issue_forth'",
			/issue_back, order_shipped, rappel_rendez_vous, still_interested/,
		],
		[
			'says that a thread has none at all',
			webchat,
			'issue_back',
			"Thread 123456 has no template 'issue_back'",
			/only WhatsApp threads have them/,
		],
		[
			'takes a title exactly',
			whatsappClosed,
			'ISSUE_BACK',
			"Thread 123459 has no template 'ISSUE_BACK'",
			/issue_back/,
		],
	])('%s', async (_, customerThreadId, title, message, description) => {
		const run_ = await run({ ...sendTemplate(byTitle(title)), customerThreadId });
		expect(explanation(run_)).toEqual({
			message,
			description: expect.stringMatching(description),
		});
		expect(sent(sandbox.current)).toEqual([[TEMPLATE_LIST, { customerThreadId }]]);
	});

	it('does not choose between two templates of one title', async () => {
		const twin = (contentSid: string) => ({ title: 'twin', text: 'Hi', contentSid });
		const { id } = sandbox.current.addThread({
			channel: 'WHATSAPP',
			templates: [twin('HX1'), twin('HX2')],
		});
		const run_ = await run({ ...sendTemplate(byTitle('twin')), customerThreadId: id });
		expect(explanation(run_)).toEqual({
			message: "Several templates are called 'twin'",
			description: "Choose one 'By Content SID': HX1, HX2.",
		});
		expect(sandbox.current.conversation(id)).toEqual([]);
	});
});

describe('Thread', () => {
	const thread = (operation: string, more: INodeParameters = {}) => ({
		resource: 'thread',
		operation,
		customerThreadId: THREADS.sms,
		...more,
	});
	const customerThreadId = THREADS.sms;

	it.each<Case>([
		{
			name: 'gets a thread',
			parameters: { ...thread('get'), customerThreadId: whatsappOpen },
			sends: [[DETAILS, { customerThreadId: whatsappOpen }]],
			items: [
				{
					customerThreadId: whatsappOpen,
					customerChannel: 'WHATSAPP',
					status: 'replied',
					isMessagingWindowOpen: true,
				},
			],
		},
		...['waiting', 'replied', 'resolved'].map((status) => ({
			name: `sets a thread to ${status}`,
			parameters: thread('updateStatus', { status }),
			sends: [[STATUS, { customerThreadId, status }]] as Sent[],
			items: [{ customerThreadId, status, response }],
		})),
	])('$name', check);
});

describe('Start Thread', () => {
	const START = 'POST /api/widget/send-message-to-business';
	const businessId = BUSINESSES.support;
	const user = { email: 'customer@example.com' };
	const start = (more: INodeParameters = {}) => ({
		resource: 'thread',
		operation: 'start',
		businessId,
		text,
		additionalFields: user,
		...more,
	});

	it('writes as the customer and gives the thread', async () => {
		const { items, error } = await run(start());
		expect(error).toBeUndefined();
		expect(sent(sandbox.current)).toEqual([[START, { businessId, message: text, user }]]);
		const [{ customerThreadId }] = items.map(({ json }) => json) as [{ customerThreadId: string }];
		expect(items).toEqual([
			{
				json: { customerThreadId, response: { result: 'ok', customerThreadId } },
				pairedItem: { item: 0 },
			},
		]);
		expect(sandbox.current.conversation(customerThreadId)).toMatchObject([
			{ from: 'customer', body: text },
		]);
	});

	it.each([
		['+1 (555) 123-4567', '+15551234567'],
		['+33.6.12.34.56.78', '+33612345678'],
		['0033 6 12 34 56 78', '+33612345678'],
		['+44 (0)20 7946 0123', '+442079460123'],
	])('sends the phone number %s as Instaply takes it', async (phoneNumber, expected) => {
		const { error } = await run(start({ additionalFields: { phoneNumber, locale: 'fr' } }));
		expect(error).toBeUndefined();
		expect(sent(sandbox.current)).toEqual([
			[START, { businessId, message: text, user: { phoneNumber: expected, locale: 'fr' } }],
		]);
	});

	it('gives the thread as text when Instaply gives a number', async () => {
		const body = { result: 'ok', customerThreadId: 4711 };
		sandbox.current.faults.add({ route: START, kind: 'answerReplaced', body });
		const { items } = await run(start());
		expect(items.map(({ json }) => json)).toEqual([{ customerThreadId: '4711', response: body }]);
	});

	it.each([
		[400, 'Injected fault: 400', 'Instaply refused the values of this item'],
		[401, 'Instaply did not accept the token', "check 'API Token'"],
	])('explains a refusal with status %s, and starts nothing', async (status, message, advice) => {
		sandbox.current.faults.add({ route: START, kind: 'status', status });
		expect(explanation(await run(start()))).toEqual({
			message,
			description: expect.stringContaining(advice),
		});
		expect(sent(sandbox.current)).toHaveLength(1);
	});

	it('explains a business of somebody else', async () => {
		const explained = explanation(await run(start({ businessId: BUSINESSES.foreign })));
		expect(explained).toEqual({
			message: 'Business 9009 does not belong to your organization',
			description: expect.stringMatching(
				/^Nothing was sent\..*“Business does not belong to this organization”/,
			),
		});
	});
});

describe('Update Profile', () => {
	const { sms: customerId, readOnly } = CUSTOMERS;
	const path = `POST /api/customers/${customerId}/profile/update`;
	const update = (updateFields: INodeParameters) => ({
		resource: 'customer',
		operation: 'updateProfile',
		customerId,
		updateFields,
	});

	it.each([
		['one field', { company: 'Acme' }, { company: 'Acme' }],
		['all fields', { firstName: 'Ada', lastName: 'Lovelace', company: 'Acme' }, undefined],
		[
			'no field that is empty',
			{ firstName: 'Ada', lastName: ' ', company: '' },
			{ firstName: 'Ada' },
		],
	])('sends %s', async (_, updateFields, changes = updateFields) => {
		await check({
			name: '',
			parameters: update(updateFields),
			sends: [[path, changes]],
			items: [{ customerId, ...changes, response }],
		});
	});

	it('passes on why Instaply refuses', async () => {
		const explained = explanation(await run({ ...update({ company: 'X' }), customerId: readOnly }));
		expect(explained.description).toContain('“Customer cust_006 cannot be edited”');
	});
});

describe('What a write answers', () => {
	const writes: Array<[string, INodeParameters]> = [
		['Send', { resource: 'message', operation: 'send', text }],
		['Update Status', { resource: 'thread', operation: 'updateStatus', status: 'waiting' }],
		[
			'Update Profile',
			{
				resource: 'customer',
				operation: 'updateProfile',
				customerId: CUSTOMERS.sms,
				updateFields: { company: 'Acme' },
			},
		],
	];
	const answers = [
		['json', { result: 'ok' }],
		['empty', null],
		['text', 'OK'],
	] as const;

	describe.each(writes)('%s', (_, parameters) => {
		it.each(answers)('passes on %s', async (writeAnswer, response) => {
			sandbox.current.variants.writeAnswer = writeAnswer;
			const { items } = await run({ ...parameters, customerThreadId: webchat });
			expect(items).toEqual([
				{ json: expect.objectContaining({ response }), pairedItem: { item: 0 } },
			]);
		});
	});

	it.each([
		['null', null],
		['[1,2]', [1, 2]],
		['{"error":"but it worked"}', { error: 'but it worked' }],
		['<html></html>', '<html></html>'],
	])('passes on %s', async (body, response) => {
		sandbox.current.faults.add({ route: MESSAGE, kind: 'answerReplaced', body });
		const { succeeded, failed } = await runInstaply(sandbox.current, {
			parameters: { resource: 'message', operation: 'send', customerThreadId: webchat, text },
			onError: 'continueErrorOutput',
		});
		expect(succeeded).toEqual([{ customerThreadId: webchat, sent: true, via: 'text', response }]);
		expect(failed).toEqual([]);
	});
});

describe('Get Many Templates', () => {
	const getAll = (customerThreadId: string | number, more: INodeParameters = {}) => ({
		resource: 'template',
		operation: 'getAll',
		customerThreadId,
		...more,
	});
	const many = Array.from({ length: 60 }, (_, index) => ({
		title: `template_${index}`,
		text: `Text ${index}`,
		contentSid: `HX${index}`,
	}));

	it.each([
		['all of them', { returnAll: true }, 60],
		['50, unless told otherwise', {}, 50],
		['as many as the limit', { limit: 2 }, 2],
		['all there are below the limit', { limit: 100 }, 60],
	])('gives %s', async (_, parameters, count) => {
		const { id } = sandbox.current.addThread({ channel: 'WHATSAPP', templates: many });
		await check({
			name: '',
			parameters: getAll(id, parameters),
			sends: [[TEMPLATE_LIST, { customerThreadId: String(id) }]],
			items: many
				.slice(0, count)
				.map((template) => ({ customerThreadId: String(id), ...template })),
		});
	});

	it('gives no item for a thread without templates', async () => {
		await check({
			name: '',
			parameters: getAll(webchat),
			sends: [[TEMPLATE_LIST, { customerThreadId: webchat }]],
			items: [],
		});
	});
});

describe('Get Customer Profile', () => {
	const getProfile = (customerId: string, more: INodeParameters = {}) => ({
		resource: 'customer',
		operation: 'getProfile',
		customerId,
		...more,
	});
	const { webchat: customerId } = CUSTOMERS;
	const sends: Sent[] = [[`GET /api/customers/${customerId}/profile`]];
	const simplified = {
		id: 'cust_001',
		displayName: 'Alan Johnson',
		firstName: 'Alan',
		lastName: 'Johnson',
		emailAddress: 'aj@example.com',
		phoneNumber: '+15551234567',
		company: 'JLB Credit',
		channel: 'WEBCHAT',
		type: 'prospect',
		nps: '8',
	};

	it.each<Case>([
		{ name: 'simplifies it', parameters: getProfile(customerId), sends, items: [simplified] },
		{
			name: 'simplifies it when asked',
			parameters: getProfile(customerId, { simplify: true }),
			sends,
			items: [simplified],
		},
		{
			name: 'gives it as it came',
			parameters: getProfile(customerId, { simplify: false }),
			sends,
			items: [
				{
					id: 'cust_001',
					type: 'prospect',
					editable: true,
					pictureHref: 'https://files.example.com/files/alan-johnson',
					displayName: 'Alan Johnson',
					emailAddress: 'aj@example.com',
					phoneNumber: '+15551234567',
					firstName: 'Alan',
					lastName: 'Johnson',
					company: 'JLB Credit',
					channel: 'WEBCHAT',
					customerData: [
						{ name: 'COMPANY', value: 'Acme' },
						{ name: 'LOYALTY_CARD', value: 'GOLD' },
					],
					lastSurveys: {
						nps: { createdAt: 1_699_000_000_000, text: '8' },
						preferredChannel: { createdAt: 1_699_000_000_000, text: 'MESSAGE' },
					},
				},
			],
		},
		{
			name: 'simplifies a profile that knows little',
			parameters: getProfile(CUSTOMERS.whatsappClosed),
			sends: [[`GET /api/customers/${CUSTOMERS.whatsappClosed}/profile`]],
			items: [
				{
					id: 'cust_004',
					displayName: 'Hugo Martin',
					firstName: 'Hugo',
					lastName: 'Martin',
					emailAddress: null,
					phoneNumber: '+15551230004',
					company: null,
					channel: 'WHATSAPP',
					type: 'prospect',
					nps: null,
				},
			],
		},
	])('$name', check);

	it('simplifies a profile with nothing in it to the same ten fields', async () => {
		sandbox.current.faults.add({
			route: 'GET /api/customers/:customerId/profile',
			kind: 'answerReplaced',
			body: { lastSurveys: [] },
		});
		const { items } = await run(getProfile(customerId));
		expect(items.map(({ json }) => json)).toEqual([
			Object.fromEntries(Object.keys(simplified).map((name) => [name, null])),
		]);
	});
});

describe('Webhook', () => {
	const WEBHOOKS = '/api/webhooks/';
	const url = 'https://example.com/webhook';
	const headers = [
		{ name: 'Authorization', value: 'Bearer very-secret-1' },
		{ name: 'X-Key', value: 'very-secret-2' },
	];
	const namesOnly = [{ name: 'Authorization' }, { name: 'X-Key' }];

	const webhook = (operation: string, more: INodeParameters = {}) => ({
		resource: 'webhook',
		operation,
		...more,
	});
	/** What the sandbox was given, by another tool. */
	const register = async (more: INodeParameters = {}) => {
		const extraHeaders = { header: headers };
		await run(
			webhook('create', {
				url,
				events: ['messages'],
				additionalFields: { extraHeaders },
				...more,
			}),
		);
		sandbox.current.clearRecords();
		const [created] = sandbox.current.webhooks().slice(-1);
		return String(created?.id);
	};
	const removeAll = async () => {
		for (const { id } of sandbox.current.webhooks()) {
			await run(webhook('delete', { webhookId: bySid(String(id)) }));
		}
		sandbox.current.clearRecords();
	};
	beforeEach(removeAll);
	// A header's value is a secret: whatever the operation, no item holds it.
	const items = async (parameters: INodeParameters) => {
		const { items: out, error } = await run(parameters);
		expect(error).toBeUndefined();
		expect(JSON.stringify(out)).not.toContain('very-secret');
		return out.map(({ json }) => json);
	};

	describe.each(['id', 'webHookId', 'webhookId', 'nested', 'empty'] as const)(
		'created, with an answer like %s',
		(webhookAnswer) => {
			beforeEach(() => {
				sandbox.current.variants.webhookAnswer = webhookAnswer;
			});
			const lookUp: Sent[] = webhookAnswer === 'empty' ? [[`GET ${WEBHOOKS}`]] : [];

			it('registers the URL and the events', async () => {
				const out = await items(webhook('create', { url, events: ['messages', 'transfers'] }));
				const [{ id } = { id: 0 }] = sandbox.current.webhooks();
				expect(sent(sandbox.current)).toEqual([
					[`POST ${WEBHOOKS}`, { url, subscribedEvents: ['messages', 'transfers'] }],
					...lookUp,
				]);
				expect(out).toEqual([
					{
						webhookId: String(id),
						url,
						enabled: true,
						subscribedEvents: ['messages', 'transfers'],
						extraHeaders: [],
					},
				]);
			});

			it('registers everything else, and keeps the values of headers to itself', async () => {
				const additionalFields = { enabled: false, extraHeaders: { header: headers } };
				const out = await items(
					webhook('create', { url, events: ['transfers'], additionalFields }),
				);
				const [{ id } = { id: 0 }] = sandbox.current.webhooks();
				const wanted = { url, subscribedEvents: ['transfers'], enabled: false };
				expect(sent(sandbox.current)).toEqual([
					[`POST ${WEBHOOKS}`, { ...wanted, extraHeaders: headers }],
					...lookUp,
				]);
				expect(out).toEqual([{ ...wanted, webhookId: String(id), extraHeaders: namesOnly }]);
			});

			it('is found and read back by its ID', async () => {
				const webhookId = await register();
				expect(await items(webhook('get', { webhookId: bySid(webhookId) }))).toEqual([
					{
						webhookId,
						url,
						enabled: true,
						subscribedEvents: ['messages'],
						extraHeaders: namesOnly,
					},
				]);
				expect(sent(sandbox.current)).toEqual([[`GET ${WEBHOOKS}${webhookId}`]]);
			});
		},
	);

	it('is created once even when its ID cannot be told', async () => {
		await register();
		sandbox.current.variants.webhookAnswer = 'empty';
		expect(await items(webhook('create', { url, events: ['messages'] }))).toEqual([
			{ webhookId: null, url, subscribedEvents: ['messages'] },
		]);
		expect(sandbox.current.webhooks()).toHaveLength(2);
	});

	it('is created once even when nobody answers the question for its ID', async () => {
		sandbox.current.variants.webhookAnswer = 'empty';
		sandbox.current.faults.add({ route: 'GET /api/webhooks/', kind: 'notJson' });
		const { succeeded, failed } = await runInstaply(sandbox.current, {
			parameters: webhook('create', { url, events: ['messages'] }),
			onError: 'continueErrorOutput',
		});
		expect({ succeeded, failed }).toEqual({
			succeeded: [{ webhookId: null, url, subscribedEvents: ['messages'] }],
			failed: [],
		});
	});

	describe.each(['array', 'wrapped'] as const)('in a list that is %s', (listAnswer) => {
		beforeEach(() => {
			sandbox.current.variants.listAnswer = listAnswer;
		});

		it.each([
			['all of them', { returnAll: true }, 3],
			['as many as the limit', { limit: 2 }, 2],
			['all there are below the limit', {}, 3],
		])('gives %s', async (_, parameters, count) => {
			const ids = [await register(), await register(), await register()];
			expect(await items(webhook('getAll', parameters))).toEqual(
				ids.slice(0, count).map((webhookId) => ({
					webhookId,
					url,
					enabled: true,
					subscribedEvents: ['messages'],
					extraHeaders: namesOnly,
				})),
			);
			expect(sent(sandbox.current)).toEqual([[`GET ${WEBHOOKS}`]]);
		});

		it('gives no item when there are none', async () => {
			expect(await items(webhook('getAll'))).toEqual([]);
		});
	});

	it.each([
		['url', { url: 'https://example.com/new' }, { url: 'https://example.com/new' }],
		['enabled', { enabled: false }, { enabled: false }],
		['events', { events: ['transfers'] }, { subscribedEvents: ['transfers'] }],
		['extraHeaders', { extraHeaders: { header: headers } }, { extraHeaders: headers }],
		['extraHeaders, removed', { extraHeaders: { header: [] } }, { extraHeaders: [] }],
		[
			'everything',
			{
				enabled: true,
				events: ['messages', 'transfers'],
				extraHeaders: { header: headers.slice(1) },
				url: 'http://example.com/plain',
			},
			{
				enabled: true,
				subscribedEvents: ['messages', 'transfers'],
				extraHeaders: headers.slice(1),
				url: 'http://example.com/plain',
			},
		],
	])('changes %s and nothing else', async (_, updateFields, changes) => {
		const webhookId = await register({ additionalFields: {} });
		const out = await items(webhook('update', { webhookId: bySid(webhookId), updateFields }));
		expect(sent(sandbox.current)).toEqual([[`POST ${WEBHOOKS}${webhookId}/update`, changes]]);
		expect(out).toEqual([
			{
				webhookId,
				...changes,
				...('extraHeaders' in changes && {
					extraHeaders: changes.extraHeaders.map(({ name }) => ({ name })),
				}),
			},
		]);
	});

	it.each([{}, { extraHeaders: {} }])(
		'is not changed, nor robbed of its headers, by fields without content: %j',
		async (updateFields) => {
			const webhookId = await register();
			const run = await runInstaply(sandbox.current, {
				parameters: webhook('update', { webhookId: bySid(webhookId), updateFields }),
			});
			expect(run.error?.message).toBe('There is nothing to change');
			expect(sent(sandbox.current)).toEqual([]);
		},
	);

	it.each([
		['an ID', (id: string) => bySid(id)],
		['a choice from the list', (id: string) => fromList(id)],
		['an ID that replaces the whole choice', (id: string) => id],
	])('is deleted by %s', async (_, choice) => {
		const kept = await register();
		const webhookId = await register();
		expect(await items(webhook('delete', { webhookId: choice(webhookId) }))).toEqual([
			{ deleted: true, webhookId },
		]);
		expect(sent(sandbox.current)).toEqual([[`POST ${WEBHOOKS}${webhookId}/delete`]]);
		expect(sandbox.current.webhooks().map(({ id }) => String(id))).toEqual([kept]);
	});
});

describe('What goes out', () => {
	it.each([
		['reading', { resource: 'thread', operation: 'get' }, []],
		[
			'writing',
			{ resource: 'thread', operation: 'updateStatus', status: 'waiting' },
			['content-length'],
		],
	])('has the two headers that Instaply asks for and no other of its own, %s', async (...args) => {
		const [, parameters, more] = args;
		await run({ ...parameters, customerThreadId: webchat });
		const transport = ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'];
		const [request] = sandbox.current.requests();
		expect([...(request?.headerNames ?? [])].sort()).toEqual(
			[...transport, ...more, 'content-type', 'token'].sort(),
		);
	});

	it('carries the token to the address of the credential, with or without a slash', async () => {
		const { url } = sandbox.current;
		for (const baseUrl of [url, `${url}/`, ` ${url}// `]) {
			const { items } = await runInstaply(sandbox.current, {
				parameters: { resource: 'thread', operation: 'get', customerThreadId: webchat },
				baseUrl,
			});
			expect(items).toHaveLength(1);
		}
		expect(sent(sandbox.current)).toHaveLength(3);
	});
});

describe('In the editor, the node says below its name what it does', () => {
	const { description } = new Instaply();
	it.each<[INodeParameters, string]>([
		[{}, 'send: message'],
		[{ operation: 'sendAndWait' }, 'send and wait: message'],
		[{ resource: 'webhook', operation: 'getAll' }, 'get all: webhook'],
	])('%j: %s', (parameters, words) => {
		expect(shownBelow({ type: INSTAPLY, description }, parameters)).toBe(words);
	});
});
