import type { Lab } from '../../lab/lab';
import { INSTAPLY, START } from '../../lab/nodes';
import { asItems, servingAs, to, type NodeDraft } from '../../lab/workflow';
import { THREADS } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import { waitUntil } from '../../tools/process/wait';
import { startStubModel, type Answer, type StubModel } from '../../tools/stubModel';
import { openSharedLab } from '../support/e2e/lab';

jest.setTimeout(60_000);

const PERSON = THREADS.whatsappOpen;

const asking = (type: string, text: object): NodeDraft => ({
	name: 'Ask First',
	type: `${INSTAPLY}${type}`,
	parameters: {
		resource: 'message',
		operation: 'sendAndWait',
		customerThreadId: PERSON,
		...text,
	},
});
const resolving: NodeDraft = {
	name: 'Resolve the thread',
	type: `${INSTAPLY}Tool`,
	parameters: {
		resource: 'thread',
		operation: 'updateStatus',
		customerThreadId: THREADS.webchat,
		status: 'resolved',
	},
};

/** What a Webhook node hands to the agent. */
const CAME_IN = { headers: { authorization: 'Bearer of-the-visitor' } };

describe('An AI agent that has to wait for a person in Instaply', () => {
	let lab: Lab;
	let model: StubModel;
	beforeEach(async () => {
		lab = await openSharedLab();
	});
	afterEach(async () => {
		await lab.close();
		await model.close();
	});

	/** Runs an agent with tools, each of which is used through the one before it. */
	const startAgent = async (
		tools: NodeDraft[],
		script: [Answer, string],
		agentVersion: number = 3.1,
	) => {
		model = await startStubModel(script);
		const openAi = await lab.rest.createCredential('openAiApi', { apiKey: 'x', url: model.url });
		const users = ['AI Agent', ...tools.map(({ name }) => name)];
		const toolConnections = tools.map(({ name }, index) => [
			name,
			servingAs('ai_tool', users[index] ?? ''),
		]);
		const workflow = await lab.save({
			nodes: [
				START,
				{
					name: 'AI Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: agentVersion,
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
			connections: {
				Start: to('AI Agent'),
				Model: servingAs('ai_languageModel', 'AI Agent'),
				...Object.fromEntries(toolConnections),
			},
			pinData: { Start: asItems([CAME_IN]) },
		});
		return await lab.rest.runManually(workflow, { trigger: 'Start' });
	};
	const runAgent = async (...[tools, script]: Parameters<typeof startAgent>) => {
		const id = await startAgent(tools, script);
		const isWaiting = async () => (await lab.rest.execution(id)).status === 'waiting';
		await waitUntil(isWaiting, { what: 'the agent to wait' });
		return id;
	};
	const questions = () =>
		lab.sandbox
			.conversation(PERSON)
			.filter(({ from }) => from === 'api')
			.map(({ body }) => body);
	const finalAnswer = async (id: string) =>
		itemsOf(await lab.rest.waitForEnd(id), 'AI Agent').map(({ json }) => json.output);

	describe('before it uses a tool', () => {
		const review = async () =>
			await runAgent(
				[asking('HitlTool', { message: '=May I use {{ $tool.name }}?' }), resolving],
				[{ tool: 'Resolve_the_thread', input: { toolParameters: {}, hitlParameters: {} } }, 'Done'],
			);

		it('uses it after a yes', async () => {
			const id = await review();
			expect(questions()).toEqual(['May I use Resolve_the_thread?\n\nAnswer yes to allow it.']);
			expect(lab.sandbox.thread(THREADS.webchat).status).not.toBe('resolved');
			await lab.sandbox.customerWrites(PERSON, 'Yes!');
			expect(await finalAnswer(id)).toEqual(['Done']);
			expect(lab.sandbox.thread(THREADS.webchat).status).toBe('resolved');
		});

		it('does not use it after anything else, and reads why', async () => {
			const id = await review();
			await lab.sandbox.customerWrites(PERSON, 'Not before Monday');
			expect(await finalAnswer(id)).toEqual(['Done']);
			expect(lab.sandbox.thread(THREADS.webchat).status).not.toBe('resolved');
			expect(model.conversations.at(-1)?.at(-1)).toContain('Not before Monday');
			expect(JSON.stringify(model.conversations)).not.toContain('of-the-visitor');
		});
	});

	it('asks the person itself, and reads the reply', async () => {
		const id = await runAgent(
			[asking('Tool', { text: "={{ $fromAI('question') }}" })],
			[{ tool: 'Ask_First', input: { question: 'Which colour?' } }, 'Thank you'],
		);
		expect(questions()).toEqual(['Which colour?']);
		await lab.sandbox.customerWrites(PERSON, 'Blue');
		expect(await finalAnswer(id)).toEqual(['Thank you']);
		expect(model.conversations.at(-1)?.at(-1)).toContain('Blue');
		expect(JSON.stringify(model.conversations)).not.toContain('of-the-visitor');
	});

	it('asks nobody, and n8n shows why, where it is too old to wait', async () => {
		const id = await startAgent(
			[asking('Tool', { text: "={{ $fromAI('question') }}" })],
			[{ tool: 'Ask_First', input: { question: 'Which colour?' } }, 'Sorry'],
			2,
		);
		const { runData } = (await lab.rest.waitForEnd(id)).data.resultData;
		expect(runData['Ask First']?.[0]?.error?.message).toContain('needs AI Agent 3 or newer');
		expect(lab.sandbox.requests()).toEqual([]);
	});
});
