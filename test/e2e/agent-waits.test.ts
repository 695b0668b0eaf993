import { THREADS } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/process/wait';
import { startStubModel, type Answer, type StubModel } from '../support/e2e/stubModel';
import { INSTAPLY, openWorld, type NodeSketch, type World } from '../support/e2e/world';

jest.setTimeout(60_000);

const PERSON = THREADS.whatsappOpen;

const asking = (type: string, text: object): NodeSketch => ({
	name: 'Ask First',
	type: `${INSTAPLY}${type}`,
	parameters: {
		resource: 'message',
		operation: 'sendAndWait',
		customerThreadId: PERSON,
		...text,
	},
});
const resolving: NodeSketch = {
	name: 'Resolve the thread',
	type: `${INSTAPLY}Tool`,
	parameters: {
		resource: 'thread',
		operation: 'updateStatus',
		customerThreadId: THREADS.webchat,
		status: 'resolved',
	},
};

describe('An AI agent that has to wait for a person in Instaply', () => {
	let world: World;
	let model: StubModel;
	beforeEach(async () => {
		world = await openWorld();
	});
	afterEach(async () => {
		await world.close();
		await model.close();
	});

	/** Runs an agent with tools, each of which is used through the one before it. */
	const runAgent = async (tools: NodeSketch[], script: [Answer, string]) => {
		model = await startStubModel(script);
		const openAi = await world.rest.createCredential('openAiApi', { apiKey: 'x', url: model.url });
		const users = ['AI Agent', ...tools.map(({ name }) => name)];
		const toolConnections = tools.map(({ name }, index) => [
			name,
			{ ai_tool: [[{ node: users[index] ?? '', type: 'ai_tool' as const, index: 0 }]] },
		]);
		const workflow = await world.save(
			[
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'AI Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3.1,
					parameters: { promptType: 'define', text: 'Close the case' },
				},
				{
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.3,
					parameters: { responsesApiEnabled: false },
					credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
				},
				...tools,
			],
			{
				Start: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
				...Object.fromEntries(toolConnections),
			},
			{ Start: [{}] },
		);
		const id = await world.rest.runManually(workflow, { trigger: 'Start' });
		const isWaiting = async () => (await world.rest.execution(id)).status === 'waiting';
		await waitUntil(isWaiting, { what: 'the agent to wait' });
		return id;
	};
	const questions = () =>
		world.sandbox
			.conversation(PERSON)
			.filter(({ from }) => from === 'api')
			.map(({ body }) => body);
	const finalAnswer = async (id: string) =>
		itemsOf(await world.rest.waitForEnd(id), 'AI Agent').map(({ json }) => json.output);

	describe('before it uses a tool', () => {
		const review = async () =>
			await runAgent(
				[asking('HitlTool', { message: '=May I use {{ $tool.name }}?' }), resolving],
				[{ tool: 'Resolve_the_thread', input: { toolParameters: {}, hitlParameters: {} } }, 'Done'],
			);

		it('uses it after a yes', async () => {
			const id = await review();
			expect(questions()).toEqual(['May I use Resolve_the_thread?']);
			expect(world.sandbox.thread(THREADS.webchat).status).not.toBe('resolved');
			await world.sandbox.customerWrites(PERSON, 'Yes!');
			expect(await finalAnswer(id)).toEqual(['Done']);
			expect(world.sandbox.thread(THREADS.webchat).status).toBe('resolved');
		});

		it('does not use it after anything else, and reads why', async () => {
			const id = await review();
			await world.sandbox.customerWrites(PERSON, 'Not before Monday');
			expect(await finalAnswer(id)).toEqual(['Done']);
			expect(world.sandbox.thread(THREADS.webchat).status).not.toBe('resolved');
			expect(model.conversations.at(-1)?.at(-1)).toContain('Not before Monday');
		});
	});

	it('asks the person itself, and reads the reply', async () => {
		const id = await runAgent(
			[asking('Tool', { text: "={{ $fromAI('question') }}" })],
			[{ tool: 'Ask_First', input: { question: 'Which colour?' } }, 'Thank you'],
		);
		expect(questions()).toEqual(['Which colour?']);
		await world.sandbox.customerWrites(PERSON, 'Blue');
		expect(await finalAnswer(id)).toEqual(['Thank you']);
		expect(model.conversations.at(-1)?.at(-1)).toContain('Blue');
	});
});
