/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { json } from 'node:stream/consumers';

import { listenHost, urlForN8n } from './n8n/reach';
import { startServer } from './process/server';

/** What a model answers: a text, or that it wants to use a tool. */
export type Answer = string | { tool: string; input: object };

/** An answer, or what happens while the model thinks. */
type Line = Answer | (() => Promise<Answer>);

/** A language model that answers by a script, as OpenAI's chat completions do. */
export interface StubModel {
	/** What OpenAI's base URL is replaced with. */
	url: string;
	/** What was said so far, with each request: `user: Hello`, `assistant: Noted`, ... */
	conversations: string[][];
	/** What it was offered last: the description of each tool, by its name. */
	tools: Record<string, string>;
	close(): Promise<void>;
}

interface ChatRequest {
	messages: Array<{ role: string; content: string | null }>;
	tools?: Array<{ function: { name: string; description: string } }>;
}

/** @param script one answer for each request; the last one is given again and again */
export async function startStubModel(script: readonly [...Line[], Line]): Promise<StubModel> {
	const conversations: string[][] = [];
	const offered: Record<string, string> = {};
	const { url, close } = await startServer(async (request, response) => {
		const { messages, tools = [] } = (await json(request)) as ChatRequest;
		for (const { function: tool } of tools) offered[tool.name] = tool.description;
		const line = script[Math.min(conversations.length, script.length - 1)] ?? '';
		const said = messages.filter(({ role }) => role !== 'system');
		const count = conversations.push(said.map(({ role, content }) => `${role}: ${content ?? ''}`));
		const answer = typeof line === 'function' ? await line() : line;
		response.setHeader('Content-Type', 'application/json').end(
			JSON.stringify({
				id: 'stub',
				object: 'chat.completion',
				created: 0,
				model: 'stub',
				choices: [choiceOf(answer, count)],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			}),
		);
	}, listenHost());
	return { url: `${urlForN8n(url)}/v1`, conversations, tools: offered, close };
}

function choiceOf(answer: Answer, count: number) {
	if (typeof answer === 'string') {
		const message = { role: 'assistant', content: answer };
		return { index: 0, finish_reason: 'stop', message };
	}
	const { tool, input } = answer;
	const call = { name: tool, arguments: JSON.stringify(input) };
	const toolCalls = [{ id: `call_${count}`, type: 'function', function: call }];
	const message = { role: 'assistant', content: null, tool_calls: toolCalls };
	return { index: 0, finish_reason: 'tool_calls', message };
}
