import { THREADS } from '../../sandbox/server';
import { hasEnded } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/process/wait';
import { startStubModel, type StubModel } from '../support/e2e/stubModel';
import {
	INSTAPLY,
	INSTAPLY_TRIGGER,
	openWorld,
	type NodeSketch,
	type World,
} from '../support/e2e/world';

jest.setTimeout(60_000);

describe('An AI Agent behind the trigger, as n8n sets it up by default', () => {
	let world: World;
	let model: StubModel;
	beforeAll(async () => {
		world = await openWorld();
		model = await startStubModel(['Noted']);
	});
	afterAll(async () => {
		await world.close();
		await model.close();
	});

	it('reads the text of a message and remembers the thread', async () => {
		const { id } = await world.publish(
			[
				{
					name: 'Instaply Trigger',
					type: INSTAPLY_TRIGGER,
					typeVersion: 1.1,
					webhookId: 'agent',
					parameters: { options: { aiAgentFields: true } },
				},
				{
					name: 'AI Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3.1,
					parameters: {},
				},
				await modelNode(world, model),
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
			{
				'Instaply Trigger': { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
				'AI Agent': { main: [[{ node: 'Answer', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
				'Simple Memory': { ai_memory: [[{ node: 'AI Agent', type: 'ai_memory', index: 0 }]] },
			},
		);
		let count = 0;
		const write = async (thread: number | string, text: string) => {
			count += 1;
			await world.sandbox.customerWrites(thread, text);
			const ended = async () => (await world.rest.executions({ workflowId: id })).filter(hasEnded);
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
		expect(world.sandbox.conversation(THREADS.webchat).map(({ body }) => body)).toEqual([
			'My name is Ada',
			'Noted',
			'What is my name?',
			'Noted',
		]);
	});
});

describe('An AI Agent with Instaply as its tool', () => {
	let world: World;
	beforeAll(async () => {
		world = await openWorld();
	});
	afterAll(async () => await world.close());

	it('reads why Instaply refuses, and does better', async () => {
		const setTo = (Status: string) => ({ tool: 'Set_status', input: { Status } });
		const model = await startStubModel([setTo('closed'), setTo('resolved'), 'Done']);
		const workflow = await world.save(
			[
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'AI Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3.1,
					parameters: { promptType: 'define', text: 'Close the thread' },
				},
				await modelNode(world, model),
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
			{
				Start: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
				'Set status': { ai_tool: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] },
			},
		);
		const execution = await world.rest.waitForEnd(
			await world.rest.runManually(workflow, { trigger: 'Start' }),
		);
		await model.close();

		expect(execution.status).toBe('success');
		expect(model.tools).toEqual({
			Set_status: 'Set thread to waiting, replied or resolved in Instaply',
		});
		expect(model.conversations.at(-1)).toEqual([
			'user: Close the thread',
			expect.stringMatching(/^assistant: /),
			expect.stringContaining('It has to be one of: waiting, replied, resolved.'),
			expect.stringMatching(/^assistant: /),
			'tool: [{"customerThreadId":"123456","status":"resolved","response":{"result":"ok"}}]',
		]);
		expect(world.sandbox.thread(THREADS.webchat).status).toBe('resolved');
	});
});

/** The stub as a model of OpenAI. */
async function modelNode({ rest }: World, { url }: StubModel): Promise<NodeSketch> {
	const { id, name } = await rest.createCredential('openAiApi', { apiKey: 'x', url });
	return {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: { responsesApiEnabled: false },
		credentials: { openAiApi: { id, name } },
	};
}
