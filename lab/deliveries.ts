/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent, request } from 'node:http';
import type { IDataObject } from 'n8n-workflow';

import { THREADS, type Sandbox } from '../sandbox/server';
import { message } from './events';

/** Where a trigger takes deliveries, and the headers that let them in. */
export interface Target {
	url: string;
	headers: Record<string, string>;
}

/** One POST to a webhook. */
export interface Post extends Target {
	body: string;
}

/** The responses to many posts. */
export interface Responses {
	seconds: number;
	/** The HTTP status of each, in the order of the posts; 0 where there was no response. */
	statuses: number[];
}

/** Of the first webhook that is registered at Instaply. Throws if there is none. */
export function targetOf(sandbox: Pick<Sandbox, 'webhooks'>): Target {
	const [webhook] = sandbox.webhooks();
	if (webhook === undefined) throw new Error('No trigger is registered');
	const headers = webhook.extraHeaders.map((header) => [header.name, header.value]);
	return { url: webhook.url, headers: Object.fromEntries(headers) };
}

/** "Message Event Payload", as JSON text. */
export function messageBody(messageId: number, data: IDataObject = {}): string {
	const { webchat: customerThreadId } = THREADS;
	const text = { messageBody: `Message ${messageId}` };
	return JSON.stringify(message({ customerThreadId, messageId, ...text, ...data }));
}

/** Sends all posts, so many at a time, over connections that stay open. Never rejects. */
export async function sendAll(posts: Post[], atATime: number): Promise<Responses> {
	const agent = new Agent({ keepAlive: true, maxSockets: atATime });
	const statuses: number[] = [];
	const queue = posts.entries();
	const start = performance.now();
	const work = async () => {
		for (const [index, post] of queue) statuses[index] = await send(post, agent);
	};
	await Promise.all(Array.from({ length: atATime }, work));
	const seconds = (performance.now() - start) / 1000;
	agent.destroy();
	return { seconds, statuses };
}

async function send({ url, headers, body }: Post, agent: Agent): Promise<number> {
	return await new Promise((resolve) => {
		const content = Buffer.from(body);
		const sent = request(url, {
			agent,
			method: 'POST',
			headers: {
				'Content-Type': 'application/json',
				'Content-Length': content.length,
				...headers,
			},
		});
		sent.once('error', () => resolve(0));
		sent.once('response', (response) => {
			response.resume().once('end', () => resolve(response.statusCode ?? 0));
		});
		sent.end(content);
	});
}
