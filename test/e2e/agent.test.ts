import type { Lab } from '../../lab/lab';
import { INSTAPLY, instaplyTrigger, START } from '../../lab/nodes';
import { servingAs, to, type NodeDraft } from '../../lab/workflow';
import { THREADS } from '../../sandbox/server';
import { hasEnded } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/process/wait';
import { startStubModel, type StubModel } from '../../tools/stubModel';
import { openSharedLab } from '../support/e2e/lab';

jest.setTimeout(60_000);

describe('An AI Agent behind the trigger, as n8n sets it up by default', () => {
	let lab: Lab;
	let model: StubModel;
	beforeAll(async () => {
		lab = await openSharedLab();
		model = await startStubModel(['Noted']);
	});
	afterAll(async () => {
		await lab.close();
		await model.close();
	});

	it('reads the text of a message and remembers the thread', async () => {
		const { id } = await lab.publish({
			nodes: [
				instaplyTrigger('agent', { options: { aiAgentFields: true } }),
				{
					name: 'AI Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3.1,
					parameters: {},
				},
				await modelNode(lab, model),
				{
					name: 'Simple Memory',
					type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
					typeVersion: 1.4,
					parameters: {},
				},
				{
					name: 'Answer',
					type: INSTAPLY,
					parameters: {
						resource: 'message',
						operation: 'send',
						customerThreadId: "={{ $('Instaply Trigger').item.json.customerThreadId }}",
						text: '={{ $json.output }}',
					},
				},
			],
			connections: {
				'Instaply Trigger': to('AI Agent'),
				'AI Agent': to('Answer'),
				Model: servingAs('ai_languageModel', 'AI Agent'),
				'Simple Memory': servingAs('ai_memory', 'AI Agent'),
			},
		});
		let count = 0;
		const write = async (thread: number | string, text: string) => {
			count += 1;
			await lab.sandbox.customerWrites(thread, text);
			const ended = async () => (await lab.rest.executions({ workflowId: id })).filter(hasEnded);
			await waitUntil(async () => (await ended()).length === count, {
				what: 'the agent to answer',
			});
		};
		await write(THREADS.webchat, 'My name is Ada');
		await write(THREADS.webchat, 'What is my name?');
		await write(THREADS.sms, 'And mine?');

		expect(model.conversations).toEqual([
			['user: My name is Ada'],
			['user: My name is Ada', 'assistant: Noted', 'user: What is my name?'],
			['user: And mine?'],
		]);
		expect(lab.sandbox.conversation(THREADS.webchat).map(({ body }) => body)).toEqual([
			'My name is Ada',
			'Noted',
			'What is my name?',
			'Noted',
		]);
	});
});

describe('An AI Agent with Instaply as its tool', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = await openSharedLab();
	});
	afterAll(async () => await lab.close());

	it('reads why Instaply refuses, and does better', async () => {
		const setTo = (Status: string) => ({ tool: 'Set_status', input: { Status } });
		const model = await startStubModel([setTo('closed'), setTo('resolved'), 'Done']);
		const workflow = await lab.save({
			nodes: [
				START,
				{
					name: 'AI Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3.1,
					parameters: { promptType: 'define', text: 'Close the thread' },
				},
				await modelNode(lab, model),
				{
					name: 'Set status',
					type: `${INSTAPLY}Tool`,
					parameters: {
						resource: 'thread',
						operation: 'updateStatus',
						customerThreadId: THREADS.webchat,
						status: "={{ $fromAI('Status', ``, 'string') }}",
					},
				},
			],
			connections: {
				Start: to('AI Agent'),
				Model: servingAs('ai_languageModel', 'AI Agent'),
				'Set status': servingAs('ai_tool', 'AI Agent'),
			},
		});
		const execution = await lab.rest.waitForEnd(
			await lab.rest.runManually(workflow, { trigger: 'Start' }),
		);
		await model.close();

		expect(execution.status).toBe('success');
		expect(model.tools).toEqual({
			Set_status: 'Set thread status in Instaply',
		});
		expect(model.conversations.at(-1)).toEqual([
			'user: Close the thread',
			expect.stringMatching(/^assistant: /),
			expect.stringContaining('It has to be one of: waiting, replied, resolved.'),
			expect.stringMatching(/^assistant: /),
			'tool: [{"customerThreadId":"123456","status":"resolved","response":{"result":"ok"}}]',
		]);
		expect(lab.sandbox.thread(THREADS.webchat).status).toBe('resolved');
	});
});

/** The stub as a model of OpenAI. */
async function modelNode({ rest }: Lab, { url }: StubModel): Promise<NodeDraft> {
	const { id, name } = await rest.createCredential('openAiApi', { apiKey: 'x', url });
	return {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: { responsesApiEnabled: false },
		credentials: { openAiApi: { id, name } },
	};
}
