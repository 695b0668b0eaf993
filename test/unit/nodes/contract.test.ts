import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { InstaplyApi } from '../../../credentials/InstaplyApi.credentials';
import { Instaply } from '../../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../../nodes/Instaply/InstaplyTrigger.node';
import { findOperation } from '../../../nodes/Instaply/operations';

/*
 * What workflows of users depend on. A change here breaks workflows that exist: it needs a new
 * version of the node type.
 */

const action = new Instaply().description;
const trigger = new InstaplyTrigger().description;

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

const named = (properties: INodeProperties[], name: string) =>
	properties.filter((property) => property.name === name);
const names = (entries: Entry[] = []) => entries.map(({ name }) => name);
const values = ({ options = [] }: INodeProperties) =>
	options.map((option) => ('value' in option ? option.value : undefined));
const only = <T>([first, ...others]: T[]): T => {
	expect(others).toEqual([]);
	if (first === undefined) throw new Error('There is none');
	return first;
};
const shows = ({ displayOptions }: INodeProperties, name: string) => displayOptions?.show?.[name];
const modes = ({ modes = [] }: INodeProperties) =>
	names(modes.map((mode) => ({ ...mode, default: '', type: 'string' })));

/** The parameters that n8n shows for an operation. */
const parametersOf = (resource: string, operation: string) =>
	action.properties.filter(
		(property) =>
			shows(property, 'resource')?.includes(resource) &&
			shows(property, 'operation')?.includes(operation),
	);

const CONTRACT: Record<string, Record<string, string[]>> = {
	message: {
		send: ['customerThreadId', 'text', 'whenWindowClosed', 'template'],
		sendAndWait: ['customerThreadId', 'message', 'text', 'whenWindowClosed', 'template'],
		sendTemplate: ['customerThreadId', 'template'],
		note: ['customerThreadId', 'text'],
	},
	thread: {
		get: ['customerThreadId'],
		start: ['businessId', 'text', 'additionalFields'],
		updateStatus: ['customerThreadId', 'status'],
	},
	template: { getAll: ['customerThreadId', 'returnAll', 'limit'] },
	customer: {
		getProfile: ['customerId', 'simplify'],
		updateProfile: ['customerId', 'updateFields'],
	},
	webhook: {
		create: ['url', 'events', 'additionalFields'],
		get: ['webhookId'],
		getAll: ['returnAll', 'limit'],
		update: ['webhookId', 'updateFields'],
		delete: ['webhookId'],
	},
};
const operations = Object.entries(CONTRACT).flatMap(([resource, entries]) =>
	Object.entries(entries).map(
		([operation, parameters]) => [resource, operation, parameters] as const,
	),
);

describe('The action node', () => {
	it('has its name and asks for its credential', () => {
		expect(action).toMatchObject({
			name: 'instaply',
			displayName: 'Instaply',
			version: 1,
			usableAsTool: true,
			credentials: [{ name: 'instaplyApi', required: true }],
		});
	});

	it('offers all resources, message first chosen', () => {
		const resource = only(named(action.properties, 'resource'));
		expect(values(resource)).toEqual(expect.arrayContaining(Object.keys(CONTRACT)));
		expect(resource.default).toBe('message');
	});

	it.each(operations)(
		'%s/%s has the parameters %j, and can be run',
		(resource, operation, parameters) => {
			const chooser = only(
				named(action.properties, 'operation').filter((property) =>
					shows(property, 'resource')?.includes(resource),
				),
			);
			expect(values(chooser)).toContain(operation);
			expect(names(parametersOf(resource, operation))).toEqual([...parameters, 'options']);
			expect(findOperation(resource, operation)).toBeDefined();
		},
	);

	it('runs every operation that it offers, and offers none but those listed here', () => {
		for (const chooser of named(action.properties, 'operation')) {
			for (const resource of shows(chooser, 'resource') ?? []) {
				for (const operation of values(chooser)) {
					expect(findOperation(resource, operation)).toBeDefined();
					expect(operations).toContainEqual([resource, operation, expect.any(Array)]);
				}
			}
		}
	});

	it.each([
		[
			'message',
			'send',
			'whenWindowClosed',
			['sendAnyway', 'sendTemplate', 'stop', 'skip'],
			'sendAnyway',
		],
		['thread', 'updateStatus', 'status', ['waiting', 'replied', 'resolved'], 'waiting'],
		['webhook', 'create', 'events', ['messages', 'transfers'], ['messages']],
	])('%s/%s offers the choices of %s', (resource, operation, name, choices, preselected) => {
		const property = only(named(parametersOf(resource, operation), name));
		expect([...values(property)].sort()).toEqual([...choices].sort());
		expect(property.default).toEqual(preselected);
	});

	it.each([
		['message', 'send', 'options', ['internal', 'textFormat', 'threadsAtATime', 'timeout']],
		['message', 'note', 'options', ['threadsAtATime', 'timeout']],
		[
			'message',
			'sendAndWait',
			'options',
			[
				'acceptedReplies',
				'clarification',
				'clarificationWhenUnclear',
				'extraHeaders',
				'limitWaitTime',
				'listReplies',
				'maxTries',
				'replyType',
				'textFormat',
				'threadsAtATime',
				'timeout',
			],
		],
		['thread', 'get', 'options', ['threadsAtATime', 'timeout']],
		['thread', 'start', 'additionalFields', ['email', 'locale', 'phoneNumber']],
		['customer', 'updateProfile', 'updateFields', ['company', 'firstName', 'lastName']],
		['webhook', 'getAll', 'options', ['onlyFromThisN8n', 'status', 'threadsAtATime', 'timeout']],
		['webhook', 'create', 'additionalFields', ['enabled', 'extraHeaders']],
		['webhook', 'update', 'updateFields', ['enabled', 'events', 'extraHeaders', 'url']],
	])('%s/%s has the fields of %s', (resource, operation, name, fields) => {
		expect(names(only(named(parametersOf(resource, operation), name)).options)).toEqual(fields);
	});

	it('asks for a text unless another type of reply is chosen, and lists no replies', () => {
		const { options = [] } = only(named(parametersOf('message', 'sendAndWait'), 'options'));
		const option = (name: string) => only(options.filter((entry) => entry.name === name));
		const [replyType, listReplies] = [option('replyType'), option('listReplies')];
		expect(replyType).toMatchObject({ type: 'options', default: 'text' });
		const types = 'options' in replyType ? replyType.options : [];
		expect(types?.map((type) => 'value' in type && type.value)).toEqual([
			'date',
			'email',
			'number',
			'phoneNumber',
			'text',
		]);
		expect(listReplies).toMatchObject({ type: 'boolean', default: false });
	});

	it('has headers with a name and a value, which is hidden', () => {
		const { options = [] } = only(named(parametersOf('webhook', 'create'), 'additionalFields'));
		const headers = only(options.filter(({ name }) => name === 'extraHeaders'));
		const rows = 'options' in headers ? headers.options : undefined;
		expect(rows).toMatchObject([
			{
				name: 'header',
				values: [{ name: 'name' }, { name: 'value', typeOptions: { password: true } }],
			},
		]);
	});

	it.each([
		['message', 'send', 'template', ['list', 'name', 'id']],
		['message', 'sendTemplate', 'template', ['list', 'name', 'id']],
		['webhook', 'get', 'webhookId', ['list', 'id']],
		['webhook', 'update', 'webhookId', ['list', 'id']],
		['webhook', 'delete', 'webhookId', ['list', 'id']],
	])(
		'%s/%s chooses the %s by %j, and its list can be searched',
		(resource, operation, name, expected) => {
			const property = only(named(parametersOf(resource, operation), name));
			expect(property).toMatchObject({
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
			});
			expect(modes(property)).toEqual(expected);
			const list = property.modes?.find((mode) => mode.name === 'list');
			const method = String(list?.typeOptions?.searchListMethod);
			expect(Object.keys(new Instaply().methods.listSearch)).toContain(method);
		},
	);

	it('says wherever Start can be chosen that the message comes from the customer', () => {
		const chooser = named(action.properties, 'operation').find((property) =>
			shows(property, 'resource')?.includes('thread'),
		);
		expect(chooser?.options).toContainEqual(
			expect.objectContaining({
				value: 'start',
				name: expect.stringContaining('Customer'),
				action: expect.stringContaining('customer'),
				description: expect.stringContaining('appears as coming from the customer'),
			}),
		);
		const { displayName } = only(named(parametersOf('thread', 'start'), 'text'));
		expect(displayName).toContain('From the Customer');
	});

	it.each(['send', 'sendAndWait'])(
		'message/%s sends a text as written, or from Markdown',
		(name) => {
			const { options = [] } = only(named(parametersOf('message', name), 'options'));
			expect(options.filter((option) => option.name === 'textFormat')).toMatchObject([
				{ default: 'asWritten', options: [{ value: 'asWritten' }, { value: 'fromMarkdown' }] },
			]);
		},
	);

	it('leaves notes by an option that is off unless it is set, as workflows have it', () => {
		const { options = [] } = only(named(parametersOf('message', 'send'), 'options'));
		const option = options.find(({ name }) => name === 'internal');
		expect(option).toMatchObject({ type: 'boolean', default: false });
	});

	it('asks for a template only when one is to be sent instead', () => {
		const property = only(named(parametersOf('message', 'send'), 'template'));
		expect(shows(property, 'whenWindowClosed')).toEqual(['sendTemplate']);
	});

	it.each(['template', 'webhook'])(
		'asks for a limit only when not all %ss are wanted',
		(resource) => {
			const property = only(named(parametersOf(resource, 'getAll'), 'limit'));
			expect(shows(property, 'returnAll')).toEqual([false]);
			expect(property.default).toBe(50);
		},
	);

	it('describes each operation and each parameter', () => {
		const choosers = named(action.properties, 'operation').flatMap(({ options = [] }) => options);
		const isGroup = ({ type }: INodeProperties) => type === 'collection';
		const shown = action.properties.filter(({ type }) => type !== 'hidden');
		const fields = shown.flatMap((property): Entry[] =>
			isGroup(property) ? (property.options ?? []) : [property],
		);
		const chosen = fields.filter(({ name }) => !['resource', 'operation'].includes(name));
		for (const entry of [...choosers, ...chosen]) {
			expect([entry.name, 'description' in entry && entry.description]).toEqual([
				entry.name,
				expect.stringMatching(/\w/),
			]);
		}
	});

	it('lets an AI agent fill in everything but resource and operation', () => {
		for (const { name, noDataExpression } of action.properties) {
			expect([name, noDataExpression ?? false]).toEqual([
				name,
				['resource', 'operation'].includes(name),
			]);
		}
	});
});

describe('The trigger node', () => {
	it('has its name and takes deliveries by POST', () => {
		expect(trigger).toMatchObject({
			name: 'instaplyTrigger',
			displayName: 'Instaply Trigger',
			version: [1, 1.1, 1.2],
			inputs: [],
			webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived' }],
		});
		expect(trigger).not.toHaveProperty('usableAsTool');
	});

	it('has all parameters', () => {
		const parameters = trigger.properties.filter(({ type }) => type !== 'notice');
		expect(names(parameters).sort()).toEqual([
			'events',
			// Read by the editor alone, in the node that asks.
			'leavesAwaitedReplies',
			'options',
			'registration',
			'sentBy',
			'simplify',
		]);
		expect(names(only(named(trigger.properties, 'options')).options).sort()).toEqual([
			'aiAgentFields',
			'businessIds',
			// A text up to version 1.1, a list since.
			...['channels', 'channels'],
			'collectMessages',
			'customerThreadIds',
			'extraHeaders',
			// Since version 1.2, it counts as true when it is not added.
			...['ignoreAwaitedReplies', 'ignoreAwaitedReplies'],
			'ignoreDuplicates',
			'includeInternal',
			'textContains',
			'urlSecret',
		]);
	});

	it.each([
		['events', ['messages', 'transfers'], ['messages']],
		['sentBy', ['anyone', 'customer', 'employee'], 'customer'],
		['registration', ['automatic', 'legacy'], 'automatic'],
	])('offers the choices of %s', (name, choices, preselected) => {
		const property = only(named(trigger.properties, name));
		expect(values(property)).toEqual(choices);
		expect(property.default).toEqual(preselected);
	});

	it.each([
		['simplify', true],
		['includeInternal', false],
		['ignoreDuplicates', true],
		['ignoreAwaitedReplies', true],
		['aiAgentFields', false],
	])('has %s preset to %s', (name, preselected) => {
		const { options = [] } = only(named(trigger.properties, 'options'));
		const property = [...trigger.properties, ...options].find((entry) => entry.name === name);
		expect(property).toMatchObject({ type: 'boolean', default: preselected });
	});

	it('offers channels to choose from, and looks for no text unless told so', () => {
		const { options = [] } = only(named(trigger.properties, 'options'));
		expect(options.filter(({ name }) => name === 'channels')).toMatchObject([
			{
				type: 'string',
				default: '',
				displayOptions: { show: { '@version': [{ _cnd: { lt: 1.2 } }] } },
			},
			{
				displayOptions: { show: { '@version': [{ _cnd: { gte: 1.2 } }] } },
				type: 'multiOptions',
				default: [],
				allowArbitraryValues: true,
				options: [
					{ value: 'email' },
					{ value: 'messenger' },
					{ value: 'sms' },
					{ value: 'webchat' },
					{ value: 'whatsapp' },
				],
			},
		]);
		const [text] = options.filter(({ name }) => name === 'textContains');
		expect(text).toMatchObject({ type: 'string', default: '' });
	});

	it('needs the credential only when it registers itself', () => {
		expect(trigger.credentials).toEqual([
			{
				name: 'instaplyApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: { show: { registration: ['automatic'] } },
			},
		]);
	});
});

describe('The credential', () => {
	const credential = new InstaplyApi();

	it('holds a hidden token and the address of Instaply', () => {
		expect(credential.name).toBe('instaplyApi');
		expect(credential.properties).toMatchObject([
			{ name: 'token', typeOptions: { password: true }, default: '', required: true },
			{ name: 'baseUrl', default: 'https://me.instaply.com' },
		]);
	});

	it('sends both headers that Instaply asks for', async () => {
		const request = { url: '/api/webhooks/', headers: { accept: 'text/plain' } };
		expect(await credential.authenticate({ token: 'secret' }, request)).toEqual({
			url: '/api/webhooks/',
			headers: { accept: 'text/plain', token: 'secret', 'Content-Type': 'application/json' },
		});
	});
});

describe('The words', () => {
	const texts = [
		...JSON.stringify([action, trigger, new InstaplyApi()]).matchAll(
			/"(?:displayName|description|hint|placeholder|action|message|activationMessage)":"((?:[^"\\]|\\.)*)"/g,
		),
	].map(([, text]) => text);

	it('are for people who do not program', () => {
		expect(texts.length).toBeGreaterThan(100);
		for (const text of texts) {
			expect(text).not.toMatch(/\b(error|failed|failure|problem|JSON|payload|endpoint|boolean)\b/i);
		}
	});
});
