import { THREADS } from '../../sandbox/server';
import { hasEnded } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/wait';
import { startStubModel, type StubModel } from './support/stubModel';
import { INSTAPLY, INSTAPLY_TRIGGER, openWorld, type World } from './support/world';

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
		const openAi = await world.rest.createCredential('openAiApi', { apiKey: 'x', url: model.url });
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
				{
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.3,
					parameters: { responsesApiEnabled: false },
					credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
				},
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
