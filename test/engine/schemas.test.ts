/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { IDataObject } from 'n8n-workflow';

import { message, transfer } from '../../lab/events';
import { parseDelivery } from '../../nodes/Instaply/delivery/event';
import { simplifyEvent } from '../../nodes/Instaply/delivery/simplify';
import { BUSINESSES, THREADS, type ApiRoute } from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';
import { callOperation, useExampleSandbox } from '../support/engine/exampleCalls';
import { useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';
import { WaitingExecution } from '../support/engine/waitingExecution';
import { examplesOf, operations } from './operations/cases';

/*
 * The schemas from which n8n's editor offers field names before a node has run: one for each
 * operation, and one for the trigger.
 */

const FOLDER = join(__dirname, '../../nodes/Instaply/__schema__');
const ACTION_VERSION = 'v1.0.0';
/** All versions of the trigger have the same; the build gives each its file. */
const TRIGGER_VERSION = 'v1.0.0';

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

const ATTACHMENT = {
	messageAttachmentUUID: '5e0f',
	messageAttachmentName: 'photo.jpg',
	messageAttachmentContentType: 'image/jpeg',
	messageAttachmentContentLength: 1234,
};

describe('The schema of an operation', () => {
	const examples = useExampleSandbox();

	it('is there for each of them, and for nothing else', () => {
		const files = readdirSync(join(FOLDER, ACTION_VERSION), { recursive: true, encoding: 'utf8' });
		expect(files.filter((file) => file.endsWith('.json')).sort()).toEqual(
			operations.map(([resource, operation]) => `${join(resource, operation)}.json`).sort(),
		);
	});

	it.each(operations)('is what the example calls of %s/%s put out', async (resource, operation) => {
		const items = [];
		const simple = examplesOf(resource, operation).filter(({ isRaw }) => !isRaw);
		for (const { parameters } of simple) {
			const call = { resource, operation, ...parameters };
			items.push(...(await callOperation(examples.current, call)).map(({ json }) => json));
		}
		// Examples show no reply: those come later, and not out of the call.
		if (operation === 'sendAndWait') items.push(...(await replies()));
		expectToFit(items, readSchema(`${ACTION_VERSION}/${resource}/${operation}`));
	});

	it.each<[string, string, ApiRoute, object]>([
		['thread', 'get', 'GET /api/get-customer-thread-details', { customerChannel: null }],
		[
			'template',
			'getAll',
			'GET /api/get-whatsapp-templates',
			{ templates: [{ contentSid: 'HX1' }] },
		],
	])('allows for fields of %s/%s that are null', async (resource, operation, route, body) => {
		examples.current.faults.add({ route, kind: 'answerReplaced', body });
		const call = { resource, operation, customerThreadId: THREADS.webchat };
		const items = await callOperation(examples.current, call);
		expectValid(
			items.map(({ json }) => json),
			readSchema(`${ACTION_VERSION}/${resource}/${operation}`),
		);
	});

	/** What comes out when a customer replies with a text, with an attachment, and could not be asked again. */
	async function replies(): Promise<IDataObject[]> {
		const attachment = { name: 'photo.jpg', contentType: 'image/jpeg', contentLength: 1234 };
		const acceptedReplies = { reply: [{ reply: 'yes' }] };
		const items = [];
		const refusal = {
			route: 'POST /api/send-message-to-customer-thread',
			kind: 'status',
			status: 403,
		} as const;
		for (const written of [['yes'], [{ attachment }], ['Hm', 'yes']]) {
			const maxTries = written.length;
			const execution = await WaitingExecution.ask(examples.current, {
				parameters: { options: { acceptedReplies, clarification: 'Yes or no?', maxTries } },
			});
			if (maxTries > 1) examples.current.faults.add(refusal);
			for (const reply of written) await examples.current.customerWrites(THREADS.webchat, reply);
			items.push(...execution.resumed);
			await execution.close();
		}
		return items;
	}
});

describe('The schema of the trigger', () => {
	const sandbox = useSandbox();
	const triggers = useTriggers(sandbox);

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

		const collecting = await triggers.activated({ options: { collectMessages: 1 } });
		await sandbox.current.customerWrites(THREADS.webchat, 'Hello');
		await sandbox.current.customerWrites(THREADS.webchat, { attachment });
		await waitUntil(() => collecting.started.length > 0, { what: 'the workflow to start' });

		const items = [...registered.started, ...legacy.started, ...collecting.started];
		expectToFit(items, readSchema(TRIGGER_VERSION));
	});

	it('begins with what an item begins with', () => {
		const event = parseDelivery(message());
		if (typeof event !== 'object') throw new Error(`Not taken for an event: ${event}`);
		const [inSchema, inItem] = [readSchema(TRIGGER_VERSION).properties, simplifyEvent(event)];
		expect(Object.keys(inSchema).slice(0, 4)).toEqual(Object.keys(inItem).slice(0, 4));
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
		expectValid([simplifyEvent(event)], readSchema(TRIGGER_VERSION));
	});
});
