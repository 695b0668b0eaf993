/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import axios, { type AxiosInstance } from 'axios';
import fastify from 'fastify';

import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server';

/** Servers that a test has opened, to be closed after it. */
const open: Array<{ close(): Promise<void> }> = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map((one) => one.close()));
});

/** So that a test can name what it makes. */
const FIRST_IDS = { webhook: 301, delivery: 1, thread: 200_001 };

/** A sandbox that is closed after the test, and a client that sends both headers. */
export async function start(
	options?: SandboxOptions,
): Promise<{ sandbox: Sandbox; api: AxiosInstance; control: AxiosInstance }> {
	const sandbox = await startSandbox({ firstIds: FIRST_IDS, ...options });
	open.push(sandbox);
	const common = { validateStatus: () => true, proxy: false as const };
	const api = axios.create({
		...common,
		baseURL: `${sandbox.url}/api`,
		headers: { token: sandbox.token, 'Content-Type': 'application/json' },
		// axios drops the Content-Type of a request without data, unless the data is empty text.
		transformRequest: [(data: unknown) => (typeof data === 'string' ? data : JSON.stringify(data))],
	});
	const control = axios.create({ ...common, baseURL: `${sandbox.url}/sandbox` });
	return { sandbox, api, control };
}

/** A GET with both headers; axios sends a Content-Type only along with data. */
export async function get(api: AxiosInstance, path: string) {
	return await api.get(path, { data: '' });
}

/** A delivery as a receiver got it. */
interface Received {
	path: string;
	headers: IncomingHttpHeaders;
	body: unknown;
}

/** An HTTP server that takes deliveries, closed after the test. */
export interface Receiver {
	url: string;
	received: Received[];
	/** The highest number of deliveries under way at once. */
	mostAtOnce: number;
	/** The status of its responses, 200 unless changed. */
	status: () => number | Promise<number>;
	/** The body of its responses; none unless given. */
	body?: object;
}

export async function startReceiver(): Promise<Receiver> {
	const server = fastify({ forceCloseConnections: true });
	const receiver: Receiver = { url: '', received: [], mostAtOnce: 0, status: () => 200 };
	let underWay = 0;
	server.post('/*', async ({ url, headers, body }, reply) => {
		receiver.received.push({ path: url, headers, body });
		receiver.mostAtOnce = Math.max(receiver.mostAtOnce, ++underWay);
		const status = await receiver.status();
		underWay -= 1;
		if (status >= 300 && status < 400) void reply.header('location', '/elsewhere');
		return await reply.code(status).send(receiver.body);
	});
	receiver.url = await server.listen({ host: '127.0.0.1', port: 0 });
	open.push({ close: async () => await server.close() });
	return receiver;
}

/** Resolves as soon as the condition holds; the test's own time limit ends the wait. */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await delay(5);
}

/** Resolves with the value after a moment. */
export async function later<T>(value: T): Promise<T> {
	return await delay(20, value);
}

/** A promise, and the function that resolves it. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
	let settle: (value: T) => void = () => {};
	const promise = new Promise<T>((resolve) => {
		settle = resolve;
	});
	return { promise, resolve: (value) => settle(value) };
}

/** The sentence of an error in the default form. */
export function sentence(data: unknown): string {
	expect(data).toEqual({ developerMessage: expect.any(String) });
	return JSON.stringify(data);
}
