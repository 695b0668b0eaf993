/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { INodeParameters } from 'n8n-workflow';
import { generate } from 'selfsigned';

import {
	BUSINESSES,
	startSandbox,
	THREADS,
	type ApiRoute,
	type FaultEffect,
} from '../../sandbox/server';
import { ERROR_BODIES } from '../../sandbox/variants';
import { addressOf, listen, startServer } from '../../tools/process/server';
import { runInstaply, type RunOptions } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { everythingIn, explanation } from '../support/engine/words';

const sandbox = useSandbox();

/** One operation for each thing that a request can do at Instaply. */
const read: Operation = {
	route: 'GET /api/get-customer-thread-details',
	parameters: { resource: 'thread', operation: 'get', customerThreadId: THREADS.webchat },
};
const change: Operation = {
	route: 'POST /api/update-thread-status',
	// A change whose response is lost is looked up.
	lookUp: 'GET /api/get-customer-thread-details',
	parameters: {
		resource: 'thread',
		operation: 'updateStatus',
		customerThreadId: THREADS.webchat,
		status: 'resolved',
	},
};
const message: Operation = {
	route: 'POST /api/send-message-to-customer-thread',
	parameters: {
		resource: 'message',
		operation: 'send',
		customerThreadId: THREADS.webchat,
		text: 'Hello',
	},
};

interface Operation {
	route: ApiRoute;
	lookUp?: ApiRoute;
	parameters: INodeParameters;
}

/** Runs an operation that goes wrong. Whatever happened, nothing of it shows the token. */
async function explained(
	{ parameters }: Pick<Operation, 'parameters'>,
	more: Partial<RunOptions> = {},
) {
	const run = await runInstaply(sandbox.current, { parameters, ...more });
	const { kept, error } = run;
	for (const secret of [(more.token ?? sandbox.current.token).trim()]) {
		expect(everythingIn(kept)).not.toContain(secret);
		expect(everythingIn(error)).not.toContain(secret);
		expect(JSON.stringify(error)).not.toContain(secret);
		expect(String(error?.stack)).not.toContain(secret);
	}
	return { ...explanation(run), error };
}

/** As `explained`, while the fault lasts; waits between tries are kept short. */
async function withFault({ route, lookUp = route, parameters }: Operation, fault: FaultEffect) {
	const headers = { 'retry-after': '0.001' };
	const effect = fault.kind === 'status' ? { headers, ...fault } : fault;
	sandbox.current.faults.add({ route, times: Infinity, ...effect });
	sandbox.current.faults.add({ route: lookUp, times: Infinity, kind: 'status', status: 403 });
	const explanation = await explained({ parameters });
	sandbox.current.faults.clear();
	return explanation;
}

const DOUBT = 'It is not known whether the customer got this message';
const DOUBT_ABOUT_CHANGE = 'It is not known whether Instaply made this change';

describe("Instaply's own sentence", () => {
	const sentence = 'Injected fault: 400';
	const readable = ERROR_BODIES.filter((variant) => variant !== 'html' && variant !== 'empty');

	describe.each(readable)('as %s', (errorBody) => {
		beforeEach(() => {
			sandbox.current.variants.errorBody = errorBody;
		});

		it.each([
			['reading', read],
			['changing', change],
			['sending', message],
		])('is what the user reads (%s)', async (_, operation) => {
			const { message, error } = await withFault(operation, { kind: 'status', status: 400 });
			expect(message).toBe(sentence);
			expect(error).toMatchObject({ httpCode: '400', context: { itemIndex: 0 } });
		});

		it.each([401, 403, 404, 429, 500])('is added to our own for status %s', async (status) => {
			const { description } = await withFault(read, { kind: 'status', status });
			expect(description).toMatch(new RegExp(`Instaply says: “Injected fault: ${status}”\\.$`));
		});
	});

	it.each(['html', 'empty'] as const)('is not made up when the body is %s', async (errorBody) => {
		sandbox.current.variants.errorBody = errorBody;
		const { message, description } = await withFault(change, { kind: 'status', status: 422 });
		expect(message).toBe('Instaply refused this request (HTTP status 422)');
		expect(description).not.toContain('Instaply says');
	});

	it.each([
		['no sentence', { code: 17 }],
		['an empty sentence', { message: ' ' }],
		['null', null],
	])('is not made up when the body has %s', async (_, body) => {
		const { message } = await withFault(change, { kind: 'status', status: 400, body });
		expect(message).toBe('Instaply refused this request (HTTP status 400)');
	});
});

describe('A refusal', () => {
	it.each([400, 409, 418, 422])('with status %s is not retried', async (status) => {
		await withFault(message, { kind: 'status', status });
		expect(sandbox.current.requests()).toHaveLength(1);
	});

	it('of the token says where to find the token', async () => {
		const { message, description, error } = await explained(read, { token: 'not-the-right-token' });
		expect(message).toBe('Instaply did not accept the token');
		expect(description).toContain("'API Token'");
		expect(error).toMatchObject({ httpCode: '401', failure: { cause: 'credential-invalid' } });
	});

	it.each([
		[
			'Thread 123461',
			{ resource: 'thread', operation: 'get', customerThreadId: THREADS.otherUsers },
		],
		['Thread 999', { resource: 'thread', operation: 'get', customerThreadId: 999 }],
		['Customer nobody', { resource: 'customer', operation: 'getProfile', customerId: 'nobody' }],
		['Webhook 999', { resource: 'webhook', operation: 'get', webhookId: '999' }],
		['Webhook 999', { resource: 'webhook', operation: 'delete', webhookId: '999' }],
	])('of something out of reach names it: %s', async (subject, parameters) => {
		const { message } = await explained({ parameters });
		expect(message).toBe(`${subject} does not exist, or the token's user cannot see it`);
	});

	it('of too many requests says how long to wait, to n8n too', async () => {
		const { message, error } = await withFault(read, {
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '0.2' },
		});
		expect(message).toBe('Instaply asks to slow down');
		expect(error).toMatchObject({ failure: { cause: 'rate-limited', retryAfterMs: 200 } });
	});

	it.each([408, 500, 502, 503])('with status %s leaves only writes in doubt', async (status) => {
		const fault = { kind: 'status', status } as const;
		expect((await withFault(read, fault)).message).toBe('Instaply is not available right now');
		expect((await withFault(change, fault)).message).toBe(DOUBT_ABOUT_CHANGE);
		expect((await withFault(message, fault)).message).toBe(DOUBT);
	});
});

describe('A lost connection', () => {
	it.each(['drop', 'answerLost'] as const)(
		'(%s) leaves only writes in doubt, which are not retried',
		async (kind) => {
			expect((await withFault(read, { kind })).message).toBe('Instaply did not answer');
			expect((await withFault(change, { kind })).message).toBe(DOUBT_ABOUT_CHANGE);
			expect((await withFault(message, { kind })).message).toBe(DOUBT);
			expect(sandbox.current.requests({ method: 'POST' })).toHaveLength(2);
		},
	);

	it('before anything was sent leaves no doubt', async () => {
		const server = await listen(createServer());
		const baseUrl = addressOf(server);
		await new Promise((resolve) => server.close(resolve));
		const { message: text, description } = await explained(message, { baseUrl });
		expect(text).toBe('n8n could not reach Instaply');
		expect(description).toContain('Nothing was sent');
	});

	it('to a server that cannot do TLS leaves no doubt', async () => {
		const baseUrl = sandbox.current.url.replace('http:', 'https:');
		const { message: text, description } = await explained(message, { baseUrl });
		expect(text).toBe('There is no secure connection to Instaply');
		expect(description).toContain('Nothing was sent');
	});

	it.each([
		['reading', read],
		['sending', message],
	])(
		'to a server with a certificate that it signed itself gives nothing away (%s)',
		async (_, operation) => {
			const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
			const visitors: IncomingMessage[] = [];
			const impostor = await listen(
				createTlsServer({ key, cert }, (request, response) => {
					visitors.push(request);
					response.end('{}');
				}),
			);
			const baseUrl = addressOf(impostor).replace('http:', 'https:');
			const { message: text, description } = await explained(operation, { baseUrl });
			await new Promise((resolve) => impostor.close(resolve));
			expect(text).toBe('There is no secure connection to Instaply');
			expect(description).toContain('Nothing was sent');
			expect(visitors).toEqual([]);
		},
	);
});

describe('A base URL that is no web address', () => {
	it.each([
		...['', '  ', 'ftp://me.instaply.com', 'https://', 'http:///api'],
		...[
			'https://me.instaply.com/#/inbox',
			'https://me.instaply.com?a=b',
			'https://me.instaply.com/?',
		],
	])('(%j) is explained', async (baseUrl) => {
		const { message, description, error } = await explained(read, { baseUrl });
		expect(message).toBe("'Base URL' in the Instaply credential is not a web address");
		expect(description).toContain('https://me.instaply.com');
		expect(error?.node).toMatchObject({ name: 'Instaply' });
	});
});

describe('A response that is not what the document describes', () => {
	const NOT_INSTAPLY = 'The answer is not what Instaply is known to send';
	const readings: Array<[string, Operation, unknown[]]> = [
		['thread', read, [{}, [], 'OK', { status: 'waiting', error: 'Something went wrong' }]],
		[
			'templates',
			{
				route: 'GET /api/get-whatsapp-templates',
				parameters: { resource: 'template', operation: 'getAll', customerThreadId: '1234' },
			},
			[{}, [], { templates: {} }, { templates: [{ title: 'without the rest' }] }],
		],
		[
			'profile',
			{
				route: 'GET /api/customers/:customerId/profile',
				parameters: { resource: 'customer', operation: 'getProfile', customerId: '7' },
			},
			[[], 'OK', { error: 'Something went wrong' }],
		],
		[
			'webhooks',
			{
				route: 'GET /api/webhooks/',
				parameters: { resource: 'webhook', operation: 'getAll' },
			},
			[{}, { webhooks: 'none' }, 'OK', [null], { success: false, data: [] }],
		],
	];

	it.each(readings)('is not taken for a %s', async (_, operation, answers) => {
		const { route } = operation;
		// The seed has no such thread or customer: only the fault answers.
		const known = {
			...operation,
			parameters: {
				...operation.parameters,
				customerThreadId: THREADS.webchat,
				customerId: 'cust_001',
			},
		};
		for (const body of answers) {
			const { message } = await withFault(known, { kind: 'answerReplaced', body });
			expect(message).toBe(NOT_INSTAPLY);
		}
		const { message, description } = await withFault({ ...known, route }, { kind: 'notJson' });
		expect(message).toBe(NOT_INSTAPLY);
		expect(description).toContain("'Base URL'");
	});

	const PAGE = '<!DOCTYPE html><html><h1>Please sign in</h1></html>';

	describe.each<[string, FaultEffect, string]>([
		['a web page', { kind: 'notJson' }, 'sign in or about maintenance'],
		['a web page after the work', { kind: 'answerReplaced', body: PAGE }, 'sign in'],
		[
			'JSON that says so itself',
			{ kind: 'answerReplaced', body: { result: 'error', message: 'Closed' } },
			'Instaply says: “Closed”',
		],
	])('leaves a write in doubt when it is %s', (_, fault, reason) => {
		const start: Operation = {
			route: 'POST /api/widget/send-message-to-business',
			parameters: {
				resource: 'thread',
				operation: 'start',
				businessId: BUSINESSES.support,
				text: 'Hello',
				additionalFields: { email: 'customer@example.com' },
			},
		};
		const profile: Operation = {
			route: 'POST /api/customers/:customerId/profile/update',
			lookUp: 'GET /api/customers/:customerId/profile',
			parameters: {
				resource: 'customer',
				operation: 'updateProfile',
				customerId: 'cust_001',
				updateFields: { company: 'Acme' },
			},
		};
		it.each<[string, Operation, string]>([
			['sending', message, DOUBT],
			['changing a status', change, DOUBT_ABOUT_CHANGE],
			['changing a profile', profile, DOUBT_ABOUT_CHANGE],
			['starting', start, 'It is not known whether this conversation was started'],
		])('(%s)', async (_, operation, doubt) => {
			const explained = await withFault(operation, fault);
			expect(explained.message).toBe(doubt);
			expect(explained.description).toContain(reason);
			expect(explained.description).toMatch(/Look .*in Instaply before you .* again\.$/);
			expect(sandbox.current.requests({ method: 'POST' })).toHaveLength(1);
		});

		it('(deleting)', async () => {
			const url = 'https://example.com/webhook';
			const parameters = { resource: 'webhook', operation: 'create', url, events: ['messages'] };
			await runInstaply(sandbox.current, { parameters });
			const webhookId = String(sandbox.current.webhooks().at(-1)?.id);
			const deletion: Operation = {
				route: 'POST /api/webhooks/:webHookId/delete',
				lookUp: 'GET /api/webhooks/:webHookId',
				parameters: { resource: 'webhook', operation: 'delete', webhookId },
			};
			expect((await withFault(deletion, fault)).message).toBe(DOUBT_ABOUT_CHANGE);
		});
	});

	it('is read in the charset that it names', async () => {
		const sentence = 'Este número não é válido';
		const server = await startServer((_, response) => {
			response.writeHead(400, { 'Content-Type': 'text/plain; charset=ISO-8859-1' });
			response.end(Buffer.from(sentence, 'latin1'));
		});
		try {
			expect((await explained(message, { baseUrl: server.url })).message).toBe(sentence);
		} finally {
			await server.close();
		}
	});

	it.each<[string, Operation, string | undefined]>([
		['reading', read, undefined],
		['changing', change, DOUBT_ABOUT_CHANGE],
		['sending', message, DOUBT],
	])('that is a redirect is not followed to another host with the token (%s)', async (...args) => {
		const [, operation, doubt] = args;
		const visitors: IncomingMessage[] = [];
		const elsewhere = await startServer((request, response) => {
			visitors.push(request);
			response.end('{}');
		});
		try {
			for (const status of [301, 302, 303, 307, 308]) {
				const headers = { location: `${elsewhere.url}/api` };
				const { message } = await withFault(operation, { kind: 'status', status, headers });
				const mayBeDone = doubt !== undefined && (status === 302 || status === 303);
				expect(message).toBe(mayBeDone ? doubt : NOT_INSTAPLY);
			}
		} finally {
			await elsewhere.close();
		}
		expect(visitors).toEqual([]);
	});
});

describe('The token', () => {
	it('is in nothing that n8n keeps of a run that succeeded', async () => {
		const { kept } = await runInstaply(sandbox.current, { parameters: message.parameters });
		expect(everythingIn(kept)).not.toContain(sandbox.current.token);
	});

	it.each([
		['reading', read],
		['changing', change],
		['sending', message],
	])('is cut out of a refusal that repeats it (%s)', async (_, operation) => {
		const sentence = `No user has the token ${sandbox.current.token}`;
		const body = { message: sentence };
		expect(await withFault(operation, { kind: 'status', status: 400, body })).toMatchObject({
			message: 'No user has the token …',
		});
	});

	it.each(['\n', '\r\n', '\t', ' ', '\u00a0'])(
		'is cut out when it was pasted with %j at its end',
		async (space) => {
			const body = { message: `No user has the token ${sandbox.current.token}` };
			sandbox.current.faults.add({ route: message.route, kind: 'status', status: 400, body });
			const token = `${sandbox.current.token}${space}`;
			expect((await explained(message, { token })).message).toBe('No user has the token …');
		},
	);

	describe.each([
		['JSON', String.raw`tok-12\/34\u002b56\u003d`],
		['JSON within JSON', String.raw`tok-12\\/34\\u002b56\\u003d`],
		['a URL', 'tok-12%2F34%2B56%3D'],
		['HTML', 'tok-12&#x2F;34+56&#61;'],
	])('is cut out of what %s has escaped', (_, escaped) => {
		const token = 'tok-12/34+56=';

		it.each([
			['a refusal', { kind: 'status', status: 400 }],
			['a response', { kind: 'answerReplaced' }],
		] as const)('(%s)', async (_, effect) => {
			const other = await startSandbox({ token });
			const body = `{"message":"For ${escaped} only"}`;
			other.faults.add({ route: message.route, ...effect, body });
			const { kept, succeeded, error } = await runInstaply(other, {
				parameters: message.parameters,
			});
			await other.close();
			const shown = effect.kind === 'status' ? error?.message : succeeded[0]?.response;
			expect(shown).toEqual(effect.kind === 'status' ? 'For … only' : { message: 'For … only' });
			expect(everythingIn(kept)).not.toMatch(/tok-12/);
		});
	});

	it('beyond measure stops each try before a request, and is in nothing that n8n keeps', async () => {
		const other = await startSandbox({ token: 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(117) });
		other.faults.add({
			route: message.route,
			kind: 'answerReplaced',
			body: { result: 'ok', text: 'Tom & Jerry' },
			times: Infinity,
		});
		const run = await runInstaply(other, {
			parameters: message.parameters,
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 0,
		});
		await other.close();
		expect(other.requests()).toEqual([]);
		expect(explanation(run)).toEqual({
			message: "'API Token' in the Instaply credential is too long for a token",
			description: expect.stringContaining('Nothing was sent'),
		});
		expect(everythingIn(run.kept).length).toBeLessThan(20_000);
	});

	it.each(['id', '1', '"'])('does no harm when it is as short as %s', async (token) => {
		const other = await startSandbox({ token });
		const url = 'https://example.com/1/id';
		const parameters = { resource: 'webhook', operation: 'create', url, events: ['messages'] };
		const { succeeded } = await runInstaply(other, { parameters });
		const [registered] = other.webhooks();
		await other.close();
		expect(succeeded).toMatchObject([{ url, webhookId: String(registered?.id) }]);
	});

	it('is cut out of a response that repeats it', async () => {
		const body = { result: 'ok', as: sandbox.current.token };
		sandbox.current.faults.add({ route: message.route, kind: 'answerReplaced', body });
		const { kept, succeeded } = await runInstaply(sandbox.current, {
			parameters: message.parameters,
		});
		expect(succeeded).toMatchObject([{ response: { result: 'ok', as: '…' } }]);
		expect(everythingIn(kept)).not.toContain(sandbox.current.token);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'is in no item of a run that did not (%s)',
		async (onError) => {
			for (const kind of ['drop', 'notJson'] as const) {
				sandbox.current.faults.add({ route: read.route, kind });
				const { kept } = await runInstaply(sandbox.current, {
					parameters: read.parameters,
					onError,
				});
				expect(everythingIn(kept)).not.toContain(sandbox.current.token);
			}
		},
	);
});
