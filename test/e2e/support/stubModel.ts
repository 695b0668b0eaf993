/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A language model that answers every request the same, as OpenAI's chat completions do. */
export interface StubModel {
	/** What OpenAI's base URL is replaced with. */
	url: string;
	/** What was said so far, with each request: `user: Hello`, `assistant: Noted`, ... */
	conversations: string[][];
	close(): Promise<void>;
}

interface ChatRequest {
	messages: Array<{ role: string; content: string }>;
}

export async function startStubModel(answer: string): Promise<StubModel> {
	const conversations: string[][] = [];
	const server = createServer(async (request, response) => {
		const { messages } = (await json(request)) as ChatRequest;
		const said = messages.filter(({ role }) => role !== 'system');
		conversations.push(said.map(({ role, content }) => `${role}: ${content}`));
		response.setHeader('Content-Type', 'application/json').end(
			JSON.stringify({
				id: 'stub',
				object: 'chat.completion',
				created: 0,
				model: 'stub',
				choices: [
					{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: answer } },
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			}),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		conversations,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
