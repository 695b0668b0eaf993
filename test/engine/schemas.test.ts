/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { message, transfer } from '../../lab/events';
import { parseDelivery } from '../../nodes/Instaply/delivery/event';
import { simplifyEvent } from '../../nodes/Instaply/delivery/simplify';
import { resources } from '../../nodes/Instaply/operations';
import { replyItem } from '../../nodes/Instaply/replies/replyItem';
import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import { startN8nServer, type N8nServer } from '../support/engine/n8nServer';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';

/*
 * The schemas from which n8n's editor offers field names before a node has run: one for each
 * operation, and one for each version of the trigger.
 */

const FOLDER = join(__dirname, '../../nodes/Instaply/__schema__');
const ACTION_VERSION = 'v1.0.0';
const TRIGGER_VERSIONS = ['v1.0.0', 'v1.1.0'];

const sandbox = useSandbox();
const triggers = useTriggers(sandbox);
let n8n: N8nServer;
beforeAll(async () => {
	n8n = await startN8nServer();
});
afterAll(async () => await n8n.close());

interface Schema {
	type: string;
	properties: Record<string, Schema>;
	items?: Schema;
}

function readSchema(name: string): Schema {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

/** `nullable` stands where the type is an object: n8n 2.41.1 looks into those of one type alone. */
function validator(schema: Schema): ValidateFunction {
	return addFormats(new Ajv({ allErrors: true, allowUnionTypes: true })).compile(schema);
}

/** The names of all fields, those of nested objects as `attachment.uuid` and `extraHeaders[].name`. */
function namesIn({ properties = {}, items }: Partial<Schema>, path = ''): string[] {
	const inItems = items === undefined ? [] : namesIn(items, `${path}[]`);
	return [
		...inItems,
		...Object.entries(properties).flatMap(([name, schema]) => {
			const named = path === '' ? name : `${path}.${name}`;
			return [named, ...namesIn(schema, named)];
		}),
	];
}

/** The same of a value, as deep as the schema names fields. */
function namesOf(value: unknown, { properties, items }: Partial<Schema>, path = ''): string[] {
	if (Array.isArray(value) && items !== undefined) {
		return value.flatMap((entry) => namesOf(entry, items, `${path}[]`));
	}
	if (typeof value !== 'object' || value === null || properties === undefined) return [];
	return Object.entries(value).flatMap(([name, entry]) => {
		const named = path === '' ? name : `${path}.${name}`;
		return [named, ...namesOf(entry, properties[name] ?? {}, named)];
	});
}

/** All items fit the schema. */
function expectValid(items: IDataObject[], schema: Schema): void {
	expect(items.length).toBeGreaterThan(0);
	const isValid = validator(schema);
	for (const item of items)
		expect([isValid(item), isValid.errors, item]).toEqual([true, null, item]);
}

/** All items fit the schema, and together they have exactly the fields that it names. */
function expectToFit(items: IDataObject[], schema: Schema): void {
	expectValid(items, schema);
	const names = new Set(items.flatMap((item) => namesOf(item, schema)));
	expect([...names].sort()).toEqual(namesIn(schema).sort());
}

const customerThreadId = THREADS.whatsappClosed;
const text = 'Hello';
const template = { __rl: true, mode: 'id', value: TEMPLATES.issueBack };
/** Of a webhook that is there when the run begins. */
const webhookId = '={{ $json.webhookId }}';
const extraHeaders = { header: [{ name: 'X-Key', value: 'secret' }] };

const ATTACHMENT = {
	messageAttachmentUUID: '5e0f',
	messageAttachmentName: 'photo.jpg',
	messageAttachmentContentType: 'image/jpeg',
	messageAttachmentContentLength: 1234,
};

/** For each operation, runs that bring all of its fields together. A new operation goes here. */
const RUNS: Record<string, INodeParameters[]> = {
	'customer/getProfile': [
		{ customerId: CUSTOMERS.webchat },
		{ customerId: CUSTOMERS.whatsappClosed },
	],
	'customer/updateProfile': [
		{
			customerId: CUSTOMERS.sms,
			updateFields: { company: 'Acme', firstName: 'Ada', lastName: 'Lovelace' },
		},
	],
	'message/send': [
		{ customerThreadId, text, whenWindowClosed: 'skip' },
		{ customerThreadId, text, whenWindowClosed: 'sendTemplate', template },
		{ customerThreadId, text, options: { internal: true } },
		{ customerThreadId: THREADS.webchat, text },
	],
	'message/sendTemplate': [{ customerThreadId, template }],
	'template/getAll': [{ customerThreadId }],
	'thread/get': [{ customerThreadId }],
	'thread/start': [
		{ businessId: BUSINESSES.store, text, additionalFields: { email: 'ada@example.com' } },
	],
	'thread/updateStatus': [{ customerThreadId, status: 'waiting' }],
	'webhook/create': [
		{ url: 'https://example.com/1', events: ['messages'], additionalFields: { extraHeaders } },
	],
	'webhook/delete': [{ webhookId }],
	'webhook/get': [{ webhookId }],
	'webhook/getAll': [{}, { options: { onlyFromThisN8n: true } }],
	'webhook/update': [
		{
			webhookId,
			updateFields: {
				enabled: false,
				events: ['transfers'],
				extraHeaders,
				url: 'https://example.com/2',
			},
		},
	],
};

describe('The schema of an operation', () => {
	const operations = resources.flatMap((resource) =>
		resource.operations.map(({ option }) => [resource.option.value, option.value] as const),
	);

	it('is there for each of them, and for nothing else', () => {
		const files = readdirSync(join(FOLDER, ACTION_VERSION), { recursive: true, encoding: 'utf8' });
		expect(files.filter((file) => file.endsWith('.json')).sort()).toEqual(
			operations.map(([resource, operation]) => `${join(resource, operation)}.json`).sort(),
		);
	});

	const putOutAtOnce = operations.filter(([, operation]) => operation !== 'sendAndWait');
	it.each(putOutAtOnce)('is what %s/%s puts out', async (resource, operation) => {
		const { webhookId } = await registerWebhook();
		const items = [];
		for (const parameters of RUNS[`${resource}/${operation}`] ?? []) {
			const run = await runInstaply(sandbox.current, {
				n8nUrl: n8n.url,
				parameters: { resource, operation, ...parameters },
				input: [{ webhookId }],
			});
			expect(run.error).toBeUndefined();
			items.push(...run.items.map(({ json }) => json));
		}
		expectToFit(items, readSchema(`${ACTION_VERSION}/${resource}/${operation}`));
	});

	it('is what message/sendAndWait puts out when the wait is over, however it ends', async () => {
		const parameters = { resource: 'message', operation: 'sendAndWait', text };
		const skipped = await runInstaply(sandbox.current, {
			parameters: { ...parameters, customerThreadId, whenWindowClosed: 'skip' },
		});
		const waiting = await runInstaply(sandbox.current, {
			parameters: { ...parameters, customerThreadId: THREADS.webchat },
		});
		const stored = waiting.kept.data.executionData?.nodeExecutionStack[0]?.data.main?.[0] ?? [];
		const terms = { customerThreadId: THREADS.webchat, fingerprint: '', since: 0, until: 0 };
		const settings = {
			choices: [{ reply: 'yes', alsoAccept: [] }],
			maxTries: 1,
			isReview: false,
		};
		const attachment = { name: 'photo.jpg', contentType: 'image/jpeg', contentLength: 1234 };
		await sandbox.current.customerWrites(THREADS.webchat, 'yes');
		await sandbox.current.customerWrites(THREADS.webchat, { attachment });
		const replies = sandbox.current
			.deliveries()
			.map(({ payload }) => parseDelivery(payload))
			.filter((event) => typeof event === 'object' && event.eventType === 'message')
			.map((event) => replyItem(terms, event, settings, 1000));
		expectToFit(
			[...skipped.items.map(({ json }) => json), ...stored.map(({ json }) => json), ...replies],
			readSchema(`${ACTION_VERSION}/message/sendAndWait`),
		);
	});

	/** Makes Instaply send events to this n8n. */
	async function registerWebhook(): Promise<IDataObject> {
		const { items } = await runInstaply(sandbox.current, {
			parameters: {
				resource: 'webhook',
				operation: 'create',
				url: `${n8n.url}/webhook/1`,
				events: ['messages', 'transfers'],
				additionalFields: { extraHeaders },
			},
		});
		return items[0]?.json ?? {};
	}
});

describe('The schema of the trigger', () => {
	it('is the same for all of its versions', () => {
		const [first = '', ...others] = TRIGGER_VERSIONS;
		for (const version of others) expect(readSchema(version)).toEqual(readSchema(first));
	});

	it('is what it puts out, simplified', async () => {
		const registered = await triggers.activated({
			events: ['messages', 'transfers'],
			options: { aiAgentFields: true },
		});
		const attachment = { name: 'photo.jpg', contentType: 'image/jpeg', contentLength: 1234 };
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		await sandbox.current.customerWrites(THREADS.webchat, { attachment });
		await sandbox.current.transfer(THREADS.webchat, { businessId: BUSINESSES.support });
		const legacy = await triggers.activated({ registration: 'legacy' });
		sandbox.current.legacyUrls.push(legacy.url);
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello again');

		const items = [...registered.started, ...legacy.started];
		expectToFit(items, readSchema('v1.1.0'));
	});

	const idsOfTransfer = ['organizationId', 'previousBusinessId', 'businessParticipationId'];
	it.each([
		...['customerId', 'organizationId', ...Object.keys(ATTACHMENT)].map(
			(name) => [name, message({ ...ATTACHMENT, [name]: null })] as const,
		),
		...idsOfTransfer.map((name) => [name, transfer({ [name]: null })] as const),
	])('allows for a delivery whose %s is null', (_, delivery) => {
		const event = parseDelivery(delivery);
		if (typeof event !== 'object') throw new Error(`Not taken for an event: ${event}`);
		expectValid([simplifyEvent(event)], readSchema('v1.1.0'));
	});
});
