import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ticketToQuery } from '../../nodes/Instaply/replies/resumeTicket';
import { drip, startN8nServer, type N8nServer } from '../support/engine/n8nServer';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { everythingIn } from '../support/engine/words';

const sandbox = useSandbox();

const SECRET = 'very-secret';
let n8n: N8nServer;
beforeEach(async () => {
	n8n = await startN8nServer();
	for (const { webhookId } of await getMany()) {
		await run({ operation: 'delete', webhookId: String(webhookId) });
	}
});
afterEach(async () => await n8n.close());

async function run(parameters: INodeParameters) {
	const { items, error, kept } = await runInstaply(sandbox.current, {
		n8nUrl: n8n.url,
		parameters: { resource: 'webhook', ...parameters },
	});
	expect(error).toBeUndefined();
	return { items: items.map(({ json }) => json), hints: hintsOf(kept) };
}

function hintsOf({ data }: Awaited<ReturnType<typeof runInstaply>>['kept']) {
	return data.resultData.runData.Instaply?.at(-1)?.hints?.map(({ message }) => message) ?? [];
}

async function getMany(more: INodeParameters = {}): Promise<IDataObject[]> {
	return (await run({ operation: 'getAll', returnAll: true, ...more })).items;
}

/** Registers a webhook at Instaply and gives its ID. */
async function register(url: string): Promise<string> {
	const header = [{ name: 'x-n8n-trigger-secret', value: SECRET }];
	const { items } = await run({
		operation: 'create',
		url,
		events: ['messages'],
		additionalFields: { extraHeaders: { header } },
	});
	return String(items[0]?.webhookId);
}

const ours = { options: { onlyFromThisN8n: true } };

/** The status of each webhook of this n8n, by the path of its URL. */
async function statuses(): Promise<Record<string, unknown>> {
	const items = await getMany(ours);
	return Object.fromEntries(
		items.map(({ url, status }) => [String(url).replace(n8n.url, ''), status]),
	);
}

describe('Only From This n8n', () => {
	it('gives the webhooks of this n8n alone, each with a status beside all else', async () => {
		const foreign = ['https://example.com/webhook/1', n8n.url.replace('127.0.0.1', 'localhost')];
		for (const url of foreign) await register(url);
		const webhookId = await register(`${n8n.url}/webhook/1/webhook`);
		n8n.listeners['/webhook/1/webhook'] = ['POST'];
		expect(await getMany(ours)).toEqual([
			{
				webhookId,
				url: `${n8n.url}/webhook/1/webhook`,
				enabled: true,
				subscribedEvents: ['messages'],
				extraHeaders: [{ name: 'x-n8n-trigger-secret' }],
				status: 'active',
			},
		]);
	});

	it('gives all webhooks and asks n8n nothing when it is off', async () => {
		for (const url of ['https://example.com/1', `${n8n.url}/webhook/1`]) await register(url);
		const items = [
			...(await getMany()),
			...(await getMany({ options: { onlyFromThisN8n: false } })),
		];
		expect(items).toHaveLength(4);
		for (const item of items) expect(item).not.toHaveProperty('status');
		expect(n8n.asked).toEqual([]);
	});

	it('tells this n8n from another one on the same host', async () => {
		for (const path of ['n8n/webhook/1', 'n8n-too/webhook/1', 'webhook/1']) {
			await register(`${n8n.url}/${path}`);
		}
		const { items } = await runInstaply(sandbox.current, {
			n8nUrl: `${n8n.url}/n8n`,
			parameters: { resource: 'webhook', operation: 'getAll', ...ours },
		});
		expect(items.map(({ json }) => json.url)).toEqual([`${n8n.url}/n8n/webhook/1`]);
	});

	it('looks up no more webhooks than the limit', async () => {
		for (const n of [1, 2, 3, 4]) {
			await register(`https://example.com/${n}`);
			await register(`${n8n.url}/webhook/${n}`);
			n8n.listeners[`/webhook/${n}`] = ['POST'];
		}
		const items = await getMany({ ...ours, returnAll: false, limit: 2 });
		expect(items.map(({ url }) => url)).toEqual([1, 2].map((n) => `${n8n.url}/webhook/${n}`));
		expect(n8n.asked).toHaveLength(2);
	});

	it('looks up a few webhooks at a time', async () => {
		for (let n = 0; n < 20; n += 1) await register(`${n8n.url}/webhook/${n}`);
		expect(Object.values(await statuses())).toEqual(Array(20).fill('orphaned'));
		expect(n8n.maxInFlight).toBeLessThanOrEqual(5);
	});
});

describe('Status', () => {
	const orphaned = { options: { status: ['orphaned'] } };
	const paths = (items: IDataObject[]) => items.map(({ url }) => String(url).replace(n8n.url, ''));
	const ORPHANED = ['/webhook/2', '/webhook/4'];
	const ACTIVE = ['/webhook/1', '/webhook/3'];
	beforeEach(async () => {
		await register('https://example.com/webhook/1');
		for (const n of [1, 2, 3, 4]) await register(`${n8n.url}/webhook/${n}`);
		for (const path of ACTIVE) n8n.listeners[path] = ['POST'];
	});

	it('gives only the webhooks of this n8n that have it', async () => {
		const items = await getMany(orphaned);
		expect(paths(items)).toEqual(ORPHANED);
		expect(items.map(({ status }) => status)).toEqual(['orphaned', 'orphaned']);
	});

	it('can be one of several', async () => {
		const options = { onlyFromThisN8n: true, status: ['active', 'orphaned'] };
		expect(paths(await getMany({ options })).sort()).toEqual([...ACTIVE, ...ORPHANED].sort());
	});

	it('is applied before the limit', async () => {
		const items = await getMany({ ...orphaned, returnAll: false, limit: 2 });
		expect(paths(items)).toEqual(ORPHANED);
	});

	it('is looked up once for each address, however many items come in', async () => {
		await runInstaply(sandbox.current, {
			n8nUrl: n8n.url,
			input: [{}, {}, {}],
			parameters: {
				resource: 'webhook',
				operation: 'getAll',
				...orphaned,
			},
		});
		expect(n8n.asked.filter(([method]) => method === 'OPTIONS')).toHaveLength(4);
	});

	it('warns the user about webhooks that were left out because their status is unknown', async () => {
		n8n.instead['/webhook/2'] = (_request, response) => response.writeHead(502).end();
		const { items, hints } = await run({ operation: 'getAll', returnAll: true, ...orphaned });
		expect(paths(items)).toEqual(['/webhook/4']);
		expect(hints).toEqual([
			expect.stringMatching(/^At 1 of 4 addresses of this n8n, the status is unknown/),
		]);
	});

	it('warns the user when nothing comes out because every status is unknown', async () => {
		for (const path of [...ACTIVE, ...ORPHANED]) {
			n8n.instead[path] = (_request, response) => response.writeHead(502).end();
		}
		const { items, hints } = await run({ operation: 'getAll', returnAll: true, ...orphaned });
		expect(items).toEqual([]);
		expect(hints).toEqual([
			expect.stringMatching(/^At 4 of 4 addresses of this n8n, the status is unknown/),
		]);
	});

	it.each([[[]], ['gone']])(
		'that does not exist is refused before any request: %j',
		async (status) => {
			const before = sandbox.current.requests().length;
			const { error } = await runInstaply(sandbox.current, {
				n8nUrl: n8n.url,
				parameters: { resource: 'webhook', operation: 'getAll', options: { status } },
			});
			expect(error?.message).toContain("'Status'");
			expect(sandbox.current.requests()).toHaveLength(before);
		},
	);
});

describe('The status', () => {
	it.each<[string, string, string[]]>([
		['active', 'a workflow listens', ['POST']],
		['active', 'a workflow listens, for other methods too', ['GET', 'POST']],
		['orphaned', 'no workflow listens', []],
		['unknown', 'a workflow listens, but not for events', ['GET', 'PUT']],
	])('is %s when %s', async (status, _, methods) => {
		for (const path of [
			'/webhook/1/webhook',
			'/webhook/g%C3%A9%20%40/x',
			'/webhook-test/1/webhook',
		]) {
			await register(`${n8n.url}${path}`);
			n8n.listeners[path] = methods;
		}
		expect(Object.values(await statuses())).toEqual([status, status, status]);
		expect(n8n.started).toEqual([]);
	});

	it('does not depend on a slash or a query at the end', async () => {
		n8n.listeners['/webhook/1'] = ['POST'];
		const paths = ['/webhook/1/', '/webhook/1?key=secret', '/webhook/2/', '/webhook/2?a=b'];
		for (const path of paths) await register(`${n8n.url}${path}`);
		expect(Object.values(await statuses())).toEqual(['active', 'active', 'orphaned', 'orphaned']);
		expect(JSON.stringify(n8n.asked)).not.toContain('secret');
	});

	it.each([
		['waiting', 'waiting'],
		['waiting', 'running'],
		['orphaned', 'stopped'],
		['orphaned', 'ended'],
		['orphaned', undefined],
	] as const)("is '%s' at the address of an execution that is %s", async (status, execution) => {
		const paths = [
			'/webhook-waiting/17/node?signature=x',
			'/webhook-waiting/18?signature=t%2Fnode',
		];
		for (const path of paths) await register(`${n8n.url}${path}`);
		if (execution !== undefined) n8n.executions = { 17: execution, 18: execution };
		expect(Object.values(await statuses())).toEqual([status, status]);
		expect(n8n.asked.toSorted()).toEqual(paths.map((path) => ['POST', path]));
		expect(n8n.started).toEqual([]);
	});

	it("is 'orphaned' for an execution whose time is up, without a request", async () => {
		const terms = { customerThreadId: '1', fingerprint: 'f', since: 0, until: 1 };
		const path = `/webhook-waiting/17/node?${new URLSearchParams(ticketToQuery(terms))}`;
		await register(`${n8n.url}${path}`);
		expect(await statuses()).toEqual({ [path]: 'orphaned' });
		expect(n8n.asked).toEqual([]);
	});

	const ORPHAN = '/webhook/1/webhook';
	const json = (status: number, body: unknown) => ({
		status,
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	const words = (path: string) => `The requested webhook "GET ${path}" is not registered.`;

	it.each<[string, { status: number; body: string; headers?: Record<string, string> }]>([
		['404 of a proxy', json(404, '<html><h1>404 Not Found</h1></html>')],
		['404 of a proxy that knows JSON', json(404, { message: 'Not Found' })],
		['404 without a word', json(404, '')],
		['404 with words that are no JSON', json(404, words('1/webhook'))],
		['404 about another path', json(404, { code: 404, message: words('2/webhook') })],
		['404 of n8n about something else', json(404, { code: 404, message: 'Not found' })],
		['200 with the words', json(200, { code: 404, message: words('1/webhook') })],
		['502', json(502, { message: words('1/webhook') })],
		['503 of an n8n that starts', json(503, { code: 503, message: 'Database is not ready!' })],
		['n8n starting up', json(200, 'n8n is starting up. Please wait')],
		['redirect', { status: 302, body: '', headers: { location: '/webhook/2/webhook' } }],
	])('is unknown after a response like a %s', async (_, instead) => {
		await register(`${n8n.url}${ORPHAN}`);
		const { status, body, headers = {} } = instead;
		n8n.instead[ORPHAN] = (_request, response) => response.writeHead(status, headers).end(body);
		expect(await statuses()).toEqual({ [ORPHAN]: 'unknown' });
		// Only OPTIONS gets through to n8n.
		n8n.instead[ORPHAN] = ({ method }, response) =>
			method === 'OPTIONS'
				? response.writeHead(204, { 'access-control-allow-methods': 'OPTIONS' }).end()
				: response.writeHead(status, headers).end(body);
		expect(await statuses()).toEqual({ [ORPHAN]: 'unknown' });
		expect(n8n.asked).not.toContainEqual(['GET', '/webhook/2/webhook']);
	});

	it.each([
		['its own methods', 204, 'GET, POST, OPTIONS, PUT, DELETE'],
		['no methods', 204, undefined],
		['only OPTIONS, with content', 200, 'OPTIONS'],
	])('is unknown when a proxy responds to OPTIONS with %s', async (_, status, methods) => {
		await register(`${n8n.url}${ORPHAN}`);
		n8n.instead[ORPHAN] = (_request, response) =>
			response
				.writeHead(status, methods === undefined ? {} : { 'access-control-allow-methods': methods })
				.end();
		expect(await statuses()).toEqual({ [ORPHAN]: 'unknown' });
		expect(n8n.asked).toEqual([['OPTIONS', ORPHAN]]);
	});

	it('is unknown when a response comes byte by byte, without an end', async () => {
		await register(`${n8n.url}${ORPHAN}`);
		n8n.instead[ORPHAN] = drip;
		expect(await statuses()).toEqual({ [ORPHAN]: 'unknown' });
	}, 15_000);

	it('is unknown when n8n cannot be reached, and the user is told', async () => {
		const closed = await startN8nServer();
		await closed.close();
		await register(`${closed.url}/webhook/1`);
		const { items, error, kept } = await runInstaply(sandbox.current, {
			n8nUrl: closed.url,
			parameters: { resource: 'webhook', operation: 'getAll', ...ours },
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.status)).toEqual(['unknown']);
		expect(hintsOf(kept)).toEqual([
			expect.stringMatching(/^At 1 of 1 addresses of this n8n, the status is unknown/),
		]);
	});

	it('is looked up without the token, the secret, or anything that could start a workflow', async () => {
		for (const n of [1, 2, 3]) await register(`${n8n.url}/webhook/${n}`);
		const waiting = '/webhook-waiting/17/node?signature=x';
		await register(`${n8n.url}${waiting}`);
		n8n.listeners['/webhook/1'] = ['POST'];
		n8n.listeners['/webhook/2'] = ['GET'];
		n8n.executions[17] = 'waiting';
		const items = await getMany(ours);
		expect([...n8n.headerNames].sort()).toEqual(
			[
				'accept',
				'accept-encoding',
				'connection',
				'content-length',
				'host',
				'origin',
				'user-agent',
				'x-n8n-instaply-probe',
			].sort(),
		);
		expect(n8n.asked.toSorted()).toEqual([
			['GET', '/webhook/3'],
			['OPTIONS', '/webhook/1'],
			['OPTIONS', '/webhook/2'],
			['OPTIONS', '/webhook/3'],
			['POST', waiting],
		]);
		expect(n8n.started).toEqual([]);
		expect(everythingIn(items)).not.toContain(SECRET);
	});
});
