import { THREADS } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/wait';
import { startStubModel, type StubModel } from './support/stubModel';
import { INSTAPLY, openWorld, type World } from './support/world';

jest.setTimeout(60_000);

const REVIEWER = THREADS.whatsappOpen;
const TOOL = 'Resolve_the_thread';

describe('A person who reviews, in Instaply, what an AI agent is about to do', () => {
	let world: World;
	let model: StubModel;
	beforeEach(async () => {
		world = await openWorld();
		model = await startStubModel([
			{ tool: TOOL, input: { toolParameters: {}, hitlParameters: {} } },
			'Done',
		]);
	});
	afterEach(async () => {
		await world.close();
		await model.close();
	});

	const runAgent = async () => {
		const openAi = await world.rest.createCredential('openAiApi', { apiKey: 'x', url: model.url });
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
				{
					name: 'Ask First',
					type: `${INSTAPLY}HitlTool`,
					parameters: {
						resource: 'message',
						operation: 'sendAndWait',
						message: '=May I use {{ $tool.name }}?',
						customerThreadId: REVIEWER,
					},
				},
				{
					name: 'Resolve the thread',
					type: `${INSTAPLY}Tool`,
					parameters: {
						resource: 'thread',
						operation: 'updateStatus',
						customerThreadId: THREADS.webchat,
						status: 'resolved',
					},
				},
			],
			{
				Start: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
				'Ask First': { ai_tool: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] },
				'Resolve the thread': { ai_tool: [[{ node: 'Ask First', type: 'ai_tool', index: 0 }]] },
			},
			{ Start: [{}] },
		);
		const id = await world.rest.runManually(workflow, { trigger: 'Start' });
		const isWaiting = async () => (await world.rest.execution(id)).status === 'waiting';
		await waitUntil(isWaiting, { what: 'the agent to wait for the review' });
		return id;
	};
	const questions = () =>
		world.sandbox
			.conversation(REVIEWER)
			.filter(({ from }) => from === 'api')
			.map(({ body }) => body);

	it('lets the agent go on with a yes', async () => {
		const id = await runAgent();
		expect(questions()).toEqual([`May I use ${TOOL}?`]);
		expect(world.sandbox.thread(THREADS.webchat).status).not.toBe('resolved');
		await world.sandbox.customerWrites(REVIEWER, 'Yes!');
		const execution = await world.rest.waitForEnd(id);
		expect(itemsOf(execution, 'AI Agent').map(({ json }) => json)).toMatchObject([
			{ output: 'Done' },
		]);
		expect(world.sandbox.thread(THREADS.webchat).status).toBe('resolved');
	});

	it('keeps the agent from it with anything else, and tells the agent why', async () => {
		const id = await runAgent();
		await world.sandbox.customerWrites(REVIEWER, 'Not before Monday');
		expect(await world.rest.waitForEnd(id)).toMatchObject({ status: 'success' });
		expect(world.sandbox.thread(THREADS.webchat).status).not.toBe('resolved');
		expect(model.conversations.at(-1)?.at(-1)).toContain('Not before Monday');
	});
});
