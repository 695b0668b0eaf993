import type { IDataObject, INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import { runInstaply, type RunOptions } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';
import { expectPlainWords, explanation } from '../support/engine/words';

const sandbox = useSandbox();

async function run(options: RunOptions) {
	return await runInstaply(sandbox.current, options);
}

const locator = (mode: string, value: NodeParameterValueType): INodeParameters => ({
	__rl: true,
	mode,
	value,
});
const header = (name: string, value: string) => ({ header: [{ name, value }] });

/** Stays as it is when everything else becomes an expression: n8n lets nobody type one there. */
const FIXED = ['resource', 'operation', '__rl', 'mode'];

/** Replaces every value by an expression that finds it in the item. */
function asExpressions(parameters: IDataObject, path = '$json'): INodeParameters {
	const expression = (name: string, value: unknown): NodeParameterValueType => {
		const place = `${path}.${name}`;
		if (FIXED.includes(name)) return String(value);
		if (name === 'header' && Array.isArray(value)) {
			return value.map((row, index) => asExpressions(row, `${place}[${index}]`));
		}
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? asExpressions(Object.fromEntries(Object.entries(value)), place)
			: `={{ ${place} }}`;
	};
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => [name, expression(name, value)]),
	);
}

describe('An expression is as good as a typed value', () => {
	const [a, b, c] = [THREADS.webchat, THREADS.whatsappOpen, THREADS.whatsappClosed];
	const many = Array.from({ length: 60 }, (_, index) => ({
		title: `template_${index}`,
		text: `Text ${index}`,
		contentSid: `HX${index}`,
	}));
	beforeAll(() => {
		sandbox.current.addThread({ channel: 'WHATSAPP', templates: many }); // 200001
	});

	it.each<[string, INodeParameters[]]>([
		[
			'message: send',
			[
				{ customerThreadId: a, text: 'One' },
				{ customerThreadId: Number(b), text: 'Two' },
				{ customerThreadId: ` ${a} `, text: 3 },
			],
		],
		[
			'message: send',
			[
				{ customerThreadId: a, text: 'Note', options: { internal: true } },
				{ customerThreadId: b, text: 'No note', options: { internal: false } },
				{ customerThreadId: c, text: 'Note', options: { internal: 'true' } },
			],
		],
		[
			'message: send',
			[
				{
					customerThreadId: c,
					text: 'Instead',
					whenWindowClosed: 'sendTemplate',
					template: locator('id', TEMPLATES.issueBack),
				},
				{
					customerThreadId: b,
					text: 'Open',
					whenWindowClosed: 'sendTemplate',
					template: locator('id', TEMPLATES.orderShipped),
				},
			],
		],
		[
			'message: sendTemplate',
			[
				{ customerThreadId: b, template: locator('id', TEMPLATES.issueBack) },
				{ customerThreadId: Number(c), template: locator('id', TEMPLATES.stillInterested) },
			],
		],
		[
			'message: sendTemplate',
			[
				{ customerThreadId: b, template: locator('name', 'issue_back') },
				{ customerThreadId: c, template: locator('name', ' order_shipped ') },
			],
		],
		['thread: get', [{ customerThreadId: a }, { customerThreadId: Number(b) }]],
		[
			'thread: updateStatus',
			[
				{ customerThreadId: a, status: 'resolved' },
				{ customerThreadId: Number(b), status: 'waiting' },
				{ customerThreadId: ` ${c}\n`, status: ' Replied ' },
			],
		],
		[
			'template: getAll',
			[
				{ customerThreadId: b, returnAll: false, limit: 1 },
				{ customerThreadId: 200001, returnAll: false, limit: '55' },
			],
		],
		['template: getAll', [{ customerThreadId: 200001, returnAll: true }]],
		[
			'customer: getProfile',
			[
				{ customerId: CUSTOMERS.sms, simplify: true },
				{ customerId: CUSTOMERS.email, simplify: false },
			],
		],
		[
			'thread: start',
			[
				{ businessId: 1001, text: 'One', additionalFields: { email: 'ada@example.com' } },
				{
					businessId: '1001',
					text: 'Two',
					additionalFields: {
						email: ' ada@example.com ',
						phoneNumber: '+1 555-123-4567',
						locale: 'en',
					},
				},
				{ businessId: '2002', text: 3, additionalFields: { phoneNumber: '0033 6 12 34 56 78' } },
			],
		],
		[
			'customer: updateProfile',
			[
				{ customerId: CUSTOMERS.sms, updateFields: { firstName: 'Ada', company: ' Acme ' } },
				{ customerId: CUSTOMERS.sms, updateFields: { firstName: '', lastName: 'Lovelace' } },
				{ customerId: CUSTOMERS.email, updateFields: { company: 7 } },
			],
		],
		[
			'webhook: create',
			[
				{ url: 'https://example.com/1', events: ['messages'], additionalFields: {} },
				{
					url: 'https://example.com/2',
					events: 'transfers, messages',
					additionalFields: { enabled: false, extraHeaders: header('X-Key', 'value') },
				},
			],
		],
		['webhook: getAll', [{ returnAll: false, limit: 1 }]],
		['webhook: getAll', [{ returnAll: true, options: { onlyFromThisN8n: 'true' } }]],
		['webhook: getAll', [{ returnAll: true, options: { status: 'orphaned, unknown' } }]],
		['webhook: get', [{ webhookId: locator('id', 301) }, { webhookId: locator('id', '302') }]],
		[
			'webhook: update',
			[
				{ webhookId: locator('id', 301), updateFields: { enabled: false, events: ['transfers'] } },
				{
					webhookId: locator('list', '302'),
					updateFields: { url: 'https://example.com/3', extraHeaders: header('A', 'b') },
				},
			],
		],
	])('%s', async (name, values) => {
		const [resource, operation] = name.split(': ');
		const typed = [];
		const webhookIds = () => sandbox.current.webhooks().map(({ id }) => id);
		const before = webhookIds().length;
		for (const [item, parameters] of values.entries()) {
			const { items, error } = await run({ parameters: { resource, operation, ...parameters } });
			expect(error).toBeUndefined();
			typed.push(...items.map(({ json }) => ({ json, pairedItem: { item } })));
		}
		const requests = sent(sandbox.current);
		sandbox.current.clearRecords();
		const made = webhookIds().length - before;

		const items = [];
		// The shape of the parameters is the last one's: what an earlier item lacks is not typed there.
		const shapes = new Set(values.map((value) => JSON.stringify(asExpressions(value))));
		for (const shape of shapes) {
			const input = values.filter((value) => JSON.stringify(asExpressions(value)) === shape);
			const parameters = JSON.parse(shape);
			// One after the other, because that is how the typed values were sent.
			const options = { ...parameters.options, threadsAtATime: 1 };
			const { items: out, error } = await run({
				parameters: { resource, operation, ...parameters, options },
				input,
			});
			expect(error).toBeUndefined();
			const offset = values.indexOf(input[0] ?? {});
			items.push(
				...out.map(({ json, pairedItem }) => ({
					json,
					pairedItem: { item: offset + Number(Object(pairedItem).item) },
				})),
			);
		}
		expect(sent(sandbox.current)).toEqual(requests);
		expect(ignoringNewIds(items, made)).toEqual(typed);
	});

	/** The second time around, create gives the following ids. */
	function ignoringNewIds(items: unknown[], made: number) {
		return made === 0
			? items
			: JSON.parse(
					JSON.stringify(items).replace(
						/"webhookId":"(\d+)"/g,
						(_, id) => `"webhookId":"${Number(id) - made}"`,
					),
				);
	}

	it.each([
		['stop', /window of thread 123459 is closed/],
		['skip', undefined],
		['sendAnyway', /only templates may be sent/],
	])(
		'the choice %s keeps out the template that another choice has left behind',
		async (whenWindowClosed, message) => {
			const { error } = await run({
				parameters: {
					resource: 'message',
					operation: 'send',
					customerThreadId: c,
					text: 'Hello',
					whenWindowClosed: '={{ $json.choice }}',
					template: locator('id', TEMPLATES.issueBack),
				},
				input: [{ choice: whenWindowClosed }],
			});
			expect(JSON.stringify(sent(sandbox.current))).not.toContain(TEMPLATES.issueBack);
			if (message === undefined) expect(error).toBeUndefined();
			else expect(error?.message).toMatch(message);
		},
	);

	it('no template is needed when the choice, an expression, is another', async () => {
		const { succeeded } = await run({
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId: b,
				text: 'Hello',
				whenWindowClosed: '={{ $json.choice }}',
			},
			input: [{ choice: 'skip' }],
		});
		expect(succeeded).toEqual([expect.objectContaining({ sent: true, via: 'text' })]);
	});
});

/** A parameter of one operation, and what else the operation needs. */
interface Target {
	resource: string;
	operation: string;
	label: string;
	good: unknown;
	/** Puts a value, an expression here, where the parameter is. */
	with: (value: string) => INodeParameters;
}

const customerThreadId = THREADS.webchat;
const url = 'https://example.com/hook';
const businessId = BUSINESSES.store;
const additionalFields = { email: 'ada@example.com' };
const hookId = (value: string) => ({ webhookId: locator('id', value) });

const TARGETS: Record<string, Target> = {
	'send: Thread ID': {
		resource: 'message',
		operation: 'send',
		label: 'Thread ID',
		good: customerThreadId,
		with: (value) => ({ customerThreadId: value, text: 'Hello' }),
	},
	'send: Text': {
		resource: 'message',
		operation: 'send',
		label: 'Text',
		good: 'Hello',
		with: (value) => ({ customerThreadId, text: value }),
	},
	'send: When Window Is Closed': {
		resource: 'message',
		operation: 'send',
		label: 'When Window Is Closed',
		good: 'sendAnyway',
		with: (value) => ({
			customerThreadId,
			text: 'Hello',
			whenWindowClosed: value,
			template: locator('id', TEMPLATES.issueBack),
		}),
	},
	'send: Template': {
		resource: 'message',
		operation: 'send',
		label: 'Template',
		good: TEMPLATES.issueBack,
		with: (value) => ({
			customerThreadId,
			text: 'Hello',
			whenWindowClosed: 'sendTemplate',
			template: locator('id', value),
		}),
	},
	'send: Internal Note': {
		resource: 'message',
		operation: 'send',
		label: 'Internal Note',
		good: true,
		with: (value) => ({ customerThreadId, text: 'Hello', options: { internal: value } }),
	},
	'sendTemplate: Thread ID': {
		resource: 'message',
		operation: 'sendTemplate',
		label: 'Thread ID',
		good: THREADS.whatsappOpen,
		with: (value) => ({ customerThreadId: value, template: locator('id', TEMPLATES.issueBack) }),
	},
	'sendTemplate: Template by content SID': {
		resource: 'message',
		operation: 'sendTemplate',
		label: 'Template',
		good: TEMPLATES.issueBack,
		with: (value) => ({ customerThreadId, template: locator('id', value) }),
	},
	'sendTemplate: Template by title': {
		resource: 'message',
		operation: 'sendTemplate',
		label: 'Template',
		good: 'issue_back',
		with: (value) => ({ customerThreadId, template: locator('name', value) }),
	},
	'thread get: Thread ID': {
		resource: 'thread',
		operation: 'get',
		label: 'Thread ID',
		good: customerThreadId,
		with: (value) => ({ customerThreadId: value }),
	},
	'updateStatus: Thread ID': {
		resource: 'thread',
		operation: 'updateStatus',
		label: 'Thread ID',
		good: customerThreadId,
		with: (value) => ({ customerThreadId: value, status: 'waiting' }),
	},
	'updateStatus: Status': {
		resource: 'thread',
		operation: 'updateStatus',
		label: 'Status',
		good: 'waiting',
		with: (value) => ({ customerThreadId, status: value }),
	},
	'template getAll: Thread ID': {
		resource: 'template',
		operation: 'getAll',
		label: 'Thread ID',
		good: customerThreadId,
		with: (value) => ({ customerThreadId: value }),
	},
	'template getAll: Return All': {
		resource: 'template',
		operation: 'getAll',
		label: 'Return All',
		good: true,
		with: (value) => ({ customerThreadId, returnAll: value }),
	},
	'template getAll: Limit': {
		resource: 'template',
		operation: 'getAll',
		label: 'Limit',
		good: 3,
		with: (value) => ({ customerThreadId, limit: value }),
	},
	'getProfile: Customer ID': {
		resource: 'customer',
		operation: 'getProfile',
		label: 'Customer ID',
		good: CUSTOMERS.sms,
		with: (value) => ({ customerId: value }),
	},
	'start: Business ID': {
		resource: 'thread',
		operation: 'start',
		label: 'Business ID',
		good: BUSINESSES.store,
		with: (value) => ({ businessId: value, text: 'Hello', additionalFields }),
	},
	'start: Text From the Customer': {
		resource: 'thread',
		operation: 'start',
		label: 'Text From the Customer',
		good: 'Hello',
		with: (value) => ({ businessId, text: value, additionalFields }),
	},
	'updateProfile: Customer ID': {
		resource: 'customer',
		operation: 'updateProfile',
		label: 'Customer ID',
		good: CUSTOMERS.sms,
		with: (value) => ({ customerId: value, updateFields: { company: 'Acme' } }),
	},
	'getProfile: Simplify': {
		resource: 'customer',
		operation: 'getProfile',
		label: 'Simplify',
		good: false,
		with: (value) => ({ customerId: CUSTOMERS.sms, simplify: value }),
	},
	'webhook create: URL': {
		resource: 'webhook',
		operation: 'create',
		label: 'URL',
		good: url,
		with: (value) => ({ url: value, events: ['messages'] }),
	},
	'webhook create: Events': {
		resource: 'webhook',
		operation: 'create',
		label: 'Events',
		good: ['messages'],
		with: (value) => ({ url, events: value }),
	},
	'webhook create: Enabled': {
		resource: 'webhook',
		operation: 'create',
		label: 'Enabled',
		good: true,
		with: (value) => ({ url, events: ['messages'], additionalFields: { enabled: value } }),
	},
	'webhook create: header name': {
		resource: 'webhook',
		operation: 'create',
		label: 'Extra Headers > Name',
		good: 'X-Key',
		with: (value) => ({
			url,
			events: ['messages'],
			additionalFields: { extraHeaders: header(value, 'v') },
		}),
	},
	'webhook create: header value': {
		resource: 'webhook',
		operation: 'create',
		label: 'Extra Headers > Value',
		good: 'Bearer key',
		with: (value) => ({
			url,
			events: ['messages'],
			additionalFields: { extraHeaders: header('X-Key', value) },
		}),
	},
	'webhook get: Webhook': {
		resource: 'webhook',
		operation: 'get',
		label: 'Webhook',
		good: 301,
		with: hookId,
	},
	'webhook delete: Webhook': {
		resource: 'webhook',
		operation: 'delete',
		label: 'Webhook',
		good: 301,
		with: hookId,
	},
	'webhook getAll: Limit': {
		resource: 'webhook',
		operation: 'getAll',
		label: 'Limit',
		good: 3,
		with: (value) => ({ limit: value }),
	},
	'webhook getAll: Only From This n8n': {
		resource: 'webhook',
		operation: 'getAll',
		label: 'Only From This n8n',
		good: false,
		with: (value) => ({ options: { onlyFromThisN8n: value } }),
	},
	'webhook getAll: Status': {
		resource: 'webhook',
		operation: 'getAll',
		label: 'Status',
		good: ['orphaned'],
		with: (value) => ({ options: { status: value } }),
	},
	'webhook update: Webhook': {
		resource: 'webhook',
		operation: 'update',
		label: 'Webhook',
		good: 301,
		with: (value) => ({ ...hookId(value), updateFields: { enabled: true } }),
	},
	'webhook update: URL': {
		resource: 'webhook',
		operation: 'update',
		label: 'URL',
		good: url,
		with: (value) => ({ ...hookId('301'), updateFields: { enabled: true, url: value } }),
	},
	'webhook update: Events': {
		resource: 'webhook',
		operation: 'update',
		label: 'Events',
		good: ['messages'],
		with: (value) => ({ ...hookId('301'), updateFields: { enabled: true, events: value } }),
	},
	'webhook update: Enabled': {
		resource: 'webhook',
		operation: 'update',
		label: 'Enabled',
		good: true,
		with: (value) => ({ ...hookId('301'), updateFields: { url, enabled: value } }),
	},
};

const NOTHING = [undefined, null];
const NO_TEXT = ['', '   ', '\n', 'undefined', 'null', ' NaN ', {}, { id: 1 }, [], [1], true];
const NO_ID = [
	...NO_TEXT,
	1.5,
	2 ** 53,
	'../webhooks',
	'..',
	'1/2',
	'1?x=1',
	'1#',
	'1%2F2',
	'1 2',
	'a\\b',
	'é',
	'[object Object]',
];
const NO_CHOICE = ['', ' ', 'archived', 'constructor', 1, {}, [], true];
const NO_BOOLEAN = ['', 'yes', 0, 1, {}, [], 'TRUE!'];
const NO_URL = [...NO_TEXT, 'example.com', 'ftp://example.com/', 'javascript:alert(1)', 'https://'];

/** What each kind of parameter cannot be. */
function unusable(target: string, { label }: Target): unknown[] {
	if (target.endsWith('by title') || label.startsWith('Text')) return NO_TEXT;
	if (/ID$/.test(label) || label === 'Template' || label === 'Webhook') return NO_ID;
	if (label === 'Status' || label === 'When Window Is Closed') return NO_CHOICE;
	if (label === 'URL') return NO_URL;
	if (label === 'Events')
		return [...NO_CHOICE, ['messages', 'surveys'], 'messages surveys', [null]];
	if (label === 'Limit') return ['', 'many', 0, -1, 1.5, '2.5', {}, [], [3], true, Infinity];
	if (label.endsWith('Name')) return [...NO_TEXT, 'X Key', 'X:Key', 'X-Këy', 'X\nKey', 'X-Key: a'];
	if (label.endsWith('Value')) return [...NO_TEXT, 'a\nb', 'a\r\nX-Evil: 1', 'a\0', '名', '😀'];
	return NO_BOOLEAN;
}

const entries = Object.entries(TARGETS);

describe('A value that cannot be used', () => {
	const refuse = async (target: Target, value: unknown) => {
		const { resource, operation, good } = target;
		const items = [{ value: good }, { value: good }, value === undefined ? {} : { value }];
		const run_ = await run({
			// Infinity and undefined do not travel as JSON: what an expression gives, it gives here.
			parameters: { resource, operation, ...target.with('={{ $json.value }}') },
			input: JSON.parse(JSON.stringify(items)).map((item: IDataObject, index: number) =>
				items[index]?.value === Infinity ? { value: Infinity } : item,
			),
		});
		return { run_, explained: explanation(run_) };
	};

	const cases = entries.flatMap(([name, target]) =>
		[...NOTHING, ...unusable(name, target)].map(
			(value) => [name, JSON.stringify(value) ?? String(value), target, value] as const,
		),
	);

	it.each(cases)(
		'%s: %s, of the last item, is refused before any request',
		async (_name, _shown, target, value) => {
			const { run_, explained } = await refuse(target, value);
			expect(explained.message).toMatch(
				new RegExp(`^'${target.label}' (is empty|cannot be used as it is)$`),
			);
			expect(run_.error?.context.itemIndex).toBe(2);
			expect(sandbox.current.requests()).toEqual([]);
		},
	);

	it.each(entries)('%s: the good value that the cases use is good', async (_, target) => {
		const { resource, operation, good } = target;
		await run({
			parameters: { resource, operation, ...target.with('={{ $json.value }}') },
			input: [JSON.parse(JSON.stringify({ value: good }))],
		});
		expect(sandbox.current.requests()).not.toEqual([]);
	});

	it.each([
		['a number that is none', '={{ Number("x") }}'],
		['an expression that finds nothing', '={{ $json.customer.thread.id }}'],
		['an object', '={{ $json }}'],
		['a list', '={{ [1, 2] }}'],
		['text around nothing', '= {{ $json.none }} '],
	])('%s is refused', async (_, customerThreadId) => {
		const run_ = await run({
			parameters: { resource: 'thread', operation: 'get', customerThreadId },
		});
		expect(explanation(run_).message).toMatch(/^'Thread ID' /);
		expect(sandbox.current.requests()).toEqual([]);
	});

	it.each([
		['a template', { resource: 'message', operation: 'sendTemplate' }, 'Template'],
		['a text', { resource: 'message', operation: 'send', text: '' }, 'Text'],
		['a thread', { resource: 'thread', operation: 'get', customerThreadId: '' }, 'Thread ID'],
		['a customer', { resource: 'customer', operation: 'getProfile' }, 'Customer ID'],
		['a business', { resource: 'thread', operation: 'start', text: 'Hi' }, 'Business ID'],
		['a webhook', { resource: 'webhook', operation: 'delete' }, 'Webhook'],
		['a URL', { resource: 'webhook', operation: 'create' }, 'URL'],
		['events', { resource: 'webhook', operation: 'create', url, events: [] }, 'Events'],
	])('n8n itself asks for %s', async (_, parameters, label) => {
		await expect(run({ parameters: { customerThreadId, ...parameters } })).rejects.toThrow(
			`Parameter "${label}" is required`,
		);
		expect(sandbox.current.requests()).toEqual([]);
	});

	it('is refused when no template was chosen to send instead', async () => {
		const run_ = await run({
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId,
				text: 'Hi',
				whenWindowClosed: 'sendTemplate',
			},
		});
		expect(explanation(run_).message).toBe("'Template' is empty");
		expect(sandbox.current.requests()).toEqual([]);
	});

	it.each([
		['webhook', 'update', { ...hookId('301'), updateFields: {} }],
		['customer', 'updateProfile', { customerId: 'cust_001', updateFields: {} }],
		[
			'customer',
			'updateProfile',
			{ customerId: 'cust_001', updateFields: { firstName: '', company: '={{ $json.none }}' } },
		],
	])('is refused when there is nothing to change: %s %s %j', async (...args) => {
		const [resource, operation, parameters] = args;
		const run_ = await run({ parameters: { resource, operation, ...parameters } });
		expect(explanation(run_)).toEqual({
			message: 'There is nothing to change',
			description: "Add at least one field under 'Update Fields'.",
		});
		expect(sandbox.current.requests()).toEqual([]);
	});

	it.each<[string, INodeParameters, string]>([
		['nobody', {}, 'There is no e-mail address and no phone number'],
		['nobody but a language', { locale: 'en' }, 'There is no e-mail address and no phone number'],
		[
			'empty fields',
			{ email: '', phoneNumber: ' ' },
			'There is no e-mail address and no phone number',
		],
		...['ada', 'ada@', '@example.com', 'ada@example', 'a b@example.com', 'a@b@example.com', 7].map(
			(email): [string, INodeParameters, string] => [
				`e-mail address ${email}`,
				{ email },
				"'Email' cannot be used as it is",
			],
		),
		...[
			'0612345678',
			'555-1234',
			'+',
			'+0612345678',
			'+1 555 CALL ME',
			'+1234567890123456',
			15551234567,
		].map((phoneNumber): [string, INodeParameters, string] => [
			`phone number ${phoneNumber}`,
			{ phoneNumber },
			"'Phone Number' cannot be used as it is",
		]),
	])('is refused when a thread is to be started for %s', async (_, fields, message) => {
		const parameters = { resource: 'thread', operation: 'start', businessId, text: 'Hello' };
		const run_ = await run({ parameters: { ...parameters, additionalFields: fields } });
		expect(explanation(run_).message).toBe(message);
		expect(sandbox.current.requests()).toEqual([]);
	});

	it.each([
		['operation', { resource: 'thread', operation: 'archive' }],
		['resource', { resource: 'invoice', operation: 'get' }],
	])('is refused when it is an unknown %s', async (_, parameters) => {
		const run_ = await run({ parameters });
		expect(explanation(run_).message).toBe('This node does not know the chosen operation');
		expect(sandbox.current.requests()).toEqual([]);
	});
});

describe('One bad item among good ones', () => {
	const parameters = {
		resource: 'thread',
		operation: 'updateStatus',
		customerThreadId: '={{ $json.thread }}',
		status: 'waiting',
	};
	const done = (thread: string) => ({
		customerThreadId: thread,
		status: 'waiting',
		response: { result: 'ok' },
	});
	const outcomes = [
		[
			'unusable',
			'1/2',
			{
				error: "'Thread ID' cannot be used as it is",
				details: {
					description: 'An ID has only letters, digits, dashes and underscores.',
					httpCode: null,
				},
			},
		],
		[
			'refused by Instaply',
			'999',
			{
				error: "Thread 999 does not exist, or the token's user cannot see it",
				details: {
					description:
						'Check the ID. A token belongs to one Instaply user and reaches only what that user can see. Instaply says: “There is no thread 999”.',
					httpCode: '404',
				},
			},
		],
	] as const;

	describe.each(outcomes)('%s', (_, bad, json) => {
		const input = [{ thread: THREADS.webchat }, { thread: bad }, { thread: THREADS.sms }];
		const items = [done(THREADS.webchat), json, done(THREADS.sms)];

		it('goes to the error output alone', async () => {
			const run_ = await run({ parameters, input, onError: 'continueErrorOutput' });
			expect(run_.error).toBeUndefined();
			expect(run_.succeeded).toEqual([done(THREADS.webchat), done(THREADS.sms)]);
			// n8n itself puts what the item held beside it.
			expect(run_.failed).toEqual([{ thread: bad, ...json }]);
			expectPlainWords(`${json.error} ${json.details.description}`);
		});

		it('passes on in its place', async () => {
			const run_ = await run({ parameters, input, onError: 'continueRegularOutput' });
			expect(run_.error).toBeUndefined();
			expect(run_.failed).toEqual([]);
			expect(run_.items).toEqual(items.map((json, item) => ({ json, pairedItem: { item } })));
		});

		it('keeps nobody else from being served', async () => {
			await run({ parameters, input, onError: 'continueErrorOutput' });
			expect(sandbox.current.requests({ status: 200 })).toHaveLength(2);
		});
	});

	it('stops the node at the item that Instaply refuses, after those before it', async () => {
		const input = [{ thread: THREADS.webchat }, { thread: '999' }, { thread: THREADS.sms }];
		const { error } = await run({
			parameters: { ...parameters, options: { threadsAtATime: 1 } },
			input,
		});
		expect(error?.context.itemIndex).toBe(1);
		expect(sandbox.current.requests().map(({ status }) => status)).toEqual([200, 404]);
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'is every item when the credential is unusable (%s)',
		async (onError) => {
			const input = [{ thread: THREADS.webchat }, { thread: THREADS.sms }];
			const run_ = await run({ parameters, input, onError, baseUrl: 'me.instaply.com' });
			const json = {
				error: "'Base URL' in the Instaply credential is not a web address",
				details: {
					description: 'Open the credential and set it to https://me.instaply.com.',
					httpCode: null,
				},
			};
			const out = onError === 'continueErrorOutput' ? run_.failed : run_.items;
			expect(out).toHaveLength(2);
			for (const item of out) {
				expect(onError === 'continueErrorOutput' ? item : Object(item).json).toMatchObject(json);
			}
		},
	);
});

describe('Items', () => {
	it('are worked on one after the other, in order', async () => {
		const { id } = sandbox.current.addThread();
		const input = Array.from({ length: 12 }, (_, index) => ({ text: `Message ${index}` }));
		await run({
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId: id,
				text: '={{ $json.text }}',
			},
			input,
		});
		expect(sandbox.current.conversation(id).map(({ body }) => body)).toEqual(
			input.map(({ text }) => text),
		);
		expect(sandbox.current.maxInFlight()).toBe(1);
	});

	it('that come out of one item point back to it', async () => {
		const { items } = await run({
			parameters: {
				resource: 'template',
				operation: 'getAll',
				customerThreadId: '={{ $json.thread }}',
				limit: 2,
			},
			input: [
				{ thread: THREADS.sms },
				{ thread: THREADS.whatsappOpen },
				{ thread: THREADS.whatsappClosed },
			],
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[1, 1, 2, 2].map((item) => ({ item })),
		);
	});
});

describe('An expression in a field that is set to Fixed', () => {
	const customerThreadId = THREADS.webchat;
	const send = { resource: 'message', operation: 'send', customerThreadId };
	const literal = 'Hello {{ $json.name }}';

	it.each<[string, string, INodeParameters]>([
		['a text', 'Text', { ...send, text: literal }],
		['an ID', 'Thread ID', { ...send, customerThreadId: '{{ $json.thread }}', text: 'Hello' }],
		['a question', 'Text', { ...send, operation: 'sendAndWait', text: literal }],
		[
			'an option',
			'Options',
			{ ...send, operation: 'sendAndWait', text: 'Yes?', options: { clarification: literal } },
		],
		[
			'a template',
			'Template',
			{ ...send, operation: 'sendTemplate', template: locator('id', '{{ $json.template }}') },
		],
	])('%s: is not sent as it stands', async (_, field, parameters) => {
		const stopped = await run({ parameters, input: [{ name: 'Ada' }, { name: 'Grace' }] });
		const { message, description } = explanation(stopped);
		expect(message).toBe(`'${field}' holds an expression, but is set to Fixed`);
		expect(description).toContain('choose Expression');
		expect(sent(sandbox.current)).toEqual([]);
	});

	it('goes out when it came from elsewhere, as in what a customer wrote', async () => {
		const input = [{ said: literal }];
		await run({ parameters: { ...send, text: '={{ $json.said }}' }, input });
		expect(sent(sandbox.current)).toMatchObject([[expect.any(String), { text: literal }]]);
	});

	it('does not matter in a template whose text has places to fill in', async () => {
		const template = { ...locator('list', TEMPLATES.issueBack), cachedResultName: 'Hi {{1}}' };
		await run({
			parameters: {
				...send,
				operation: 'sendTemplate',
				customerThreadId: THREADS.whatsappOpen,
				template,
			},
		});
		expect(sent(sandbox.current)).toHaveLength(1);
	});

	it('does not matter in a field that is not used', async () => {
		const parameters = { ...send, text: 'Hello', template: locator('name', literal), url: literal };
		await run({ parameters });
		expect(sent(sandbox.current)).toHaveLength(1);
	});
});
