/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent, request } from 'node:http';

/** One POST to a webhook. */
export interface Post {
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** What became of many posts. */
export interface Answers {
	seconds: number;
	/** The HTTP status of each, in the order of the posts; 0 when there was no answer. */
	statuses: number[];
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
