/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent, request } from 'node:http';
import { THREADS } from '../sandbox/server';
import type { Sandbox } from '../sandbox/server';

/** Where a trigger takes deliveries, and the headers that let them in. */
export interface Target {
	url: string;
	headers: Record<string, string>;
}

/** One POST to a webhook. */
export interface Post extends Target {
	body: string;
}

/** What became of many posts. */
export interface Answers {
	seconds: number;
	/** The HTTP status of each, in the order of the posts; 0 when there was no answer. */
	statuses: number[];
}

/** Of the first webhook that is registered at Instaply. Throws if there is none. */
export function targetOf(sandbox: Sandbox): Target {
	const [webhook] = sandbox.webhooks();
	if (webhook === undefined) throw new Error('No trigger is registered');
	const headers = webhook.extraHeaders.map((header) => [header.name, header.value]);
	return { url: webhook.url, headers: Object.fromEntries(headers) };
}

/** "Message Event Payload", as JSON text. */
export function messageBody(messageId: number, data: object = {}): string {
	return JSON.stringify({
		eventType: 'message',
		timestamp: 1700000000000,
		data: {
			fromCustomer: true,
			invisible: false,
			customerThreadId: THREADS.webchat,
			businessId: 1001,
			organizationId: 200,
			customerId: 'cust_001',
			customerType: 'prospect',
			messageId,
			messageBody: `Message ${messageId}`,
			messageTimestamp: 1700000000000,
			messageAttachmentUUID: null,
			messageAttachmentContentType: null,
			messageAttachmentName: null,
			messageAttachmentContentLength: null,
			channel: 'webchat',
			...data,
		},
	});
}

/** Sends all posts, so many at a time, over connections that stay open. Never rejects. */
export async function sendAll(posts: Post[], atATime: number): Promise<Answers> {
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
