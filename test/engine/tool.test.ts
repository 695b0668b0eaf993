import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import {
	retryAgent,
	runAgent,
	runAgentInLegacyOrder,
	runAgentUntilTimeIsUp,
	runOlderAgent,
	runSubAgent,
	type Tool,
} from '../support/engine/agent';
import { sent, useSandbox } from '../support/engine/sandbox';
import { expectPlainWords } from '../support/engine/words';

const sandbox = useSandbox();

/** What the editor writes when "Let the model define this parameter" is chosen. */
const fromAI = (key: string, description = '') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`;

const tool = (name: string, parameters: INodeParameters): Tool => ({ name, parameters });

/** Each operation that an agent has use for, with what a model decides left to it. */
const send = tool('Answer', {
	resource: 'message',
	operation: 'send',
	customerThreadId: '={{ $("Input").item.json.customerThreadId }}',
	text: fromAI('Text', 'What the customer reads'),
});
const sendTemplate = tool('Send template', {
	resource: 'message',
	operation: 'sendTemplate',
	customerThreadId: fromAI('Thread_ID'),
	template: { __rl: true, mode: 'name', value: fromAI('Template') },
});
const getThread = tool('Look up thread', {
	resource: 'thread',
	operation: 'get',
	customerThreadId: fromAI('Thread_ID'),
});
const updateStatus = tool('Set status', {
	resource: 'thread',
	operation: 'updateStatus',
	customerThreadId: fromAI('Thread_ID'),
	status: fromAI('Status'),
});
const start = tool('Start thread', {
	resource: 'thread',
	operation: 'start',
	businessId: BUSINESSES.store,
	text: fromAI('Text_From_the_Customer'),
	additionalFields: { email: fromAI('Email'), phoneNumber: fromAI('Phone_Number') },
});
const getProfile = tool('Look up customer', {
	resource: 'customer',
	operation: 'getProfile',
	customerId: fromAI('Customer_ID'),
});
const updateProfile = tool('Correct customer', {
	resource: 'customer',
	operation: 'updateProfile',
	customerId: fromAI('Customer_ID'),
	updateFields: {
		company: fromAI('Company'),
		firstName: fromAI('First_Name'),
		lastName: fromAI('Last_Name'),
	},
});
const getTemplates = tool('Look up templates', {
	resource: 'template',
	operation: 'getAll',
	customerThreadId: fromAI('Thread_ID'),
});
const ask = (parameters: INodeParameters = {}) =>
	tool('Ask', {
		resource: 'message',
		operation: 'sendAndWait',
		customerThreadId: '={{ $("Input").item.json.customerThreadId }}',
		text: fromAI('Question'),
		...parameters,
	});

/** What the model reads after one call. */
async function call(used: Tool, args: Record<string, string>): Promise<string> {
	const input = { customerThreadId: THREADS.webchat };
	const calls = [{ tool: used.name, args }];
	const { read } = await runAgent(sandbox.current, [used], calls, input);
	expect(read).toHaveLength(1);
	expect(read[0]).not.toContain(sandbox.current.token);
	return read[0] ?? '';
}

describe('A model', () => {
	it.each<[string, Tool, Record<string, string>]>([
		['Send message to customer', send, { Text: 'What the customer reads' }],
		['Send WhatsApp template to customer', sendTemplate, { Thread_ID: '', Template: '' }],
		['Get thread status and messaging window', getThread, { Thread_ID: '' }],
		['Set thread status', updateStatus, { Thread_ID: '', Status: '' }],
		[
			'Start thread as customer',
			start,
			{ Text_From_the_Customer: '', Email: '', Phone_Number: '' },
		],
		['Get customer profile', getProfile, { Customer_ID: '' }],
		[
			'Update customer profile',
			updateProfile,
			{ Customer_ID: '', Company: '', First_Name: '', Last_Name: '' },
		],
		['Get many WhatsApp templates of thread', getTemplates, { Thread_ID: '' }],
	])('is told what a tool does: %s', async (action, used, args) => {
		const { offered } = await runAgent(sandbox.current, [used], [{ tool: used.name, args: {} }]);
		const name = used.name.replaceAll(' ', '_');
		expect(offered).toEqual([{ name, description: `${action} in Instaply`, args }]);
	});

	it('decides what is left to it, and nothing else', async () => {
		const read = await call(send, { Text: 'Hello', customerThreadId: THREADS.sms });
		expect(sent(sandbox.current)).toEqual([
			[
				'POST /api/send-message-to-customer-thread',
				{ customerThreadId: THREADS.webchat, text: 'Hello' },
			],
		]);
		expect(read).toBe(
			'[{"customerThreadId":"123456","sent":true,"via":"text","response":{"result":"ok"}}]',
		);
	});

	it('can make several calls at once', async () => {
		const calls = [
			{ tool: send.name, args: { Text: 'One' } },
			{ tool: getThread.name, args: { Thread_ID: THREADS.whatsappClosed } },
			{ tool: send.name, args: { Text: 'Two' } },
		];
		const input = { customerThreadId: THREADS.email };
		const { read } = await runAgent(sandbox.current, [send, getThread], calls, input);
		expect(read.map((text) => JSON.parse(text))).toEqual([
			[expect.objectContaining({ sent: true })],
			[expect.objectContaining({ isMessagingWindowOpen: false })],
			[expect.objectContaining({ sent: true })],
		]);
		expect(sandbox.current.conversation(THREADS.email).map(({ body }) => body)).toEqual([
			'One',
			'Two',
		]);
	});

	it('can leave a field empty that it does not know', async () => {
		await call(updateProfile, {
			Customer_ID: CUSTOMERS.sms,
			Company: '',
			First_Name: 'Ada',
			Last_Name: 'null',
		});
		await call(start, {
			Text_From_the_Customer: 'Please call me back',
			Email: 'ada@example.com',
			Phone_Number: '',
		});
		expect(sent(sandbox.current).map(([, content]) => content)).toEqual([
			{ firstName: 'Ada' },
			{
				businessId: BUSINESSES.store,
				message: 'Please call me back',
				user: { email: 'ada@example.com' },
			},
		]);
	});
});

describe('What came into an agent', () => {
	/** Takes the thread from there, by the default of its field. */
	const answer = tool('Answer', {
		resource: 'message',
		operation: 'send',
		text: fromAI('Text', 'What the customer reads'),
	});
	const input = {
		customerThreadId: THREADS.webchat,
		status: 'resolved',
		firstName: 'Ada',
		email: 'ada@example.com',
	};
	const otherThread = { customerThreadId: THREADS.sms };

	/** What a tool sends when a model says more than was left to it. */
	async function sentWith(used: Tool, args: IDataObject) {
		await runAgent(sandbox.current, [used], [{ tool: used.name, args }], input);
		return sent(sandbox.current).map(([, content]) => content);
	}

	it('gives the default of Thread ID its thread, whichever the model names', async () => {
		expect(await sentWith(answer, { Text: 'Hello', ...otherThread })).toEqual([
			{ customerThreadId: THREADS.webchat, text: 'Hello' },
		]);
	});

	it.each([
		['the default', '={{ $json.customerThreadId }}'],
		['the name of the node before the agent', '={{ $("Input").item.json.customerThreadId }}'],
	])('gives it for each of several customers, by %s', async (_, customerThreadId) => {
		const each = tool('Answer', { ...answer.parameters, customerThreadId });
		const inputs = [THREADS.webchat, THREADS.email].map((id) => ({ customerThreadId: id }));
		const calls = inputs.map((_, itemIndex) => ({
			tool: each.name,
			args: { Text: `To ${itemIndex}`, ...otherThread },
			itemIndex,
		}));
		await runAgent(sandbox.current, [each], calls, inputs);
		expect(sent(sandbox.current).map(([, content]) => content)).toEqual([
			{ customerThreadId: THREADS.webchat, text: 'To 0' },
			{ customerThreadId: THREADS.email, text: 'To 1' },
		]);
	});

	it('gives it although the model decides another field under that name', async () => {
		const named = { ...answer.parameters, text: fromAI('customerThreadId') };
		expect(await sentWith(tool('Answer', named), otherThread)).toEqual([
			{ customerThreadId: THREADS.webchat, text: THREADS.sms },
		]);
	});

	it.each<[string, INodeParameters, unknown]>([
		[
			'a text',
			{ resource: 'message', operation: 'send', text: '=Hello {{ $json.firstName }}' },
			{ customerThreadId: THREADS.webchat, text: 'Hello Ada' },
		],
		[
			'a status',
			{
				resource: 'thread',
				operation: 'updateStatus',
				status: '={{ $input.first().json.status }}',
			},
			{ customerThreadId: THREADS.webchat, status: 'resolved' },
		],
		[
			'an additional field',
			{
				resource: 'thread',
				operation: 'start',
				businessId: BUSINESSES.store,
				text: 'Hello',
				additionalFields: { email: '={{ $input.item.json.email }}' },
			},
			{ businessId: BUSINESSES.store, message: 'Hello', user: { email: 'ada@example.com' } },
		],
	])('gives %s what its expression fixes', async (_, parameters, expected) => {
		const args = { ...otherThread, firstName: 'Eve', email: 'eve@example.com', status: 'waiting' };
		expect(await sentWith(tool('Answer', parameters), args)).toEqual([expected]);
	});

	it('lacks what the model makes up, and nothing is sent', async () => {
		const status = { resource: 'thread', operation: 'updateStatus', status: '={{ $json.wanted }}' };
		expect(await sentWith(tool('Answer', status), { wanted: 'resolved' })).toEqual([]);
	});

	it('does not hide from a review what it is about', async () => {
		const text = '=May I use {{ $tool.name }}, {{ $json.firstName }}?';
		const asking = tool('Answer', { ...answer.parameters, text });
		expect(await sentWith(asking, { tool: 'Refund', toolParameters: {} })).toEqual([
			{ customerThreadId: THREADS.webchat, text: 'May I use Refund, Ada?' },
		]);
	});

	it('reaches the tool of an agent that is a tool itself', async () => {
		const fixed = tool('Answer', { ...answer.parameters, text: '=Hello {{ $json.firstName }}' });
		await runSubAgent(sandbox.current, fixed, { ...otherThread, firstName: 'Eve' }, input);
		expect(sent(sandbox.current).map(([, content]) => content)).toEqual(
			Array(2).fill({ customerThreadId: THREADS.webchat, text: 'Hello Ada' }),
		);
	});

	it('and what the model says are still there when a person retries', async () => {
		const route = 'POST /api/send-message-to-customer-thread';
		sandbox.current.faults.add({ route, kind: 'status', status: 400 });
		const calls = [{ tool: answer.name, args: { Text: 'Hello', ...otherThread } }];
		await retryAgent(sandbox.current, answer, calls, input);
		expect(sent(sandbox.current).map(([, content]) => content)).toEqual(
			Array(2).fill({ customerThreadId: THREADS.webchat, text: 'Hello' }),
		);
	});

	it('is not known in the old execution order, so nothing is sent', async () => {
		const calls = [{ tool: answer.name, args: { Text: 'Hello', ...otherThread } }];
		const read = await runAgentInLegacyOrder(sandbox.current, answer, calls, input);
		expect(read?.error).toMatch(/^n8n does not tell what came into the agent\. Nothing was sent: /);
		expectPlainWords(String(read?.error));
		expect(sandbox.current.requests()).toEqual([]);
	});
});

describe('What a model reads', () => {
	it('about a customer is short', async () => {
		const read = await call(getProfile, { Customer_ID: CUSTOMERS.webchat });
		expect(Object.keys(JSON.parse(read)[0])).toHaveLength(10);
		expect(read.length).toBeLessThan(300);
	});

	it('about templates is what it takes to choose and send one', async () => {
		const read = await call(getTemplates, { Thread_ID: THREADS.whatsappClosed });
		expect(JSON.parse(read)[0]).toEqual({
			customerThreadId: THREADS.whatsappClosed,
			title: 'issue_back',
			text: expect.any(String),
			contentSid: TEMPLATES.issueBack,
		});
	});

	it('about templates never exceeds the limit', async () => {
		const templates = Array.from({ length: 200 }, (_, index) => ({
			title: `template_${index}`,
			text: 'Hello',
			contentSid: `HX${index}`,
		}));
		const { id } = sandbox.current.addThread({ channel: 'WHATSAPP', templates });
		const read = await call(getTemplates, { Thread_ID: String(id) });
		expect(JSON.parse(read)).toHaveLength(50);
	});

	it.each<[string, Tool, Record<string, string>, string]>([
		[
			'a thread that is not there',
			getThread,
			{ Thread_ID: '999' },
			"Thread 999 does not exist, or the token's user cannot see it. Check the ID. A token belongs to one Instaply user and reaches only what that user can see. Instaply says: “There is no thread 999”.",
		],
		[
			'a status that is none',
			updateStatus,
			{ Thread_ID: '123456', Status: 'closed' },
			"'Status' cannot be used as it is. It is “closed”. It has to be one of: waiting, replied, resolved.",
		],
		[
			'a text that is missing',
			send,
			{ Text: '' },
			"'Text' is empty. Fill in 'Text'. If it is an expression, it gave nothing for this item.",
		],
		[
			'a template that is not there',
			sendTemplate,
			{ Thread_ID: '123459', Template: 'hello' },
			"Thread 123459 has no template 'hello'. Choose one of these: issue_back, order_shipped, rappel_rendez_vous, still_interested.",
		],
		[
			'a local phone number',
			start,
			{ Text_From_the_Customer: 'Hi', Email: '', Phone_Number: '0612345678' },
			"'Phone Number' cannot be used as it is. It is “0612345678”. It has to begin with a plus sign and the country code, for example +15551234567.",
		],
		[
			'nobody to start a thread with',
			start,
			{ Text_From_the_Customer: 'Hi', Email: '', Phone_Number: '' },
			"There is no e-mail address and no phone number. Add 'Email' or 'Phone Number' under 'Additional Fields': Instaply has to know which customer the conversation is with.",
		],
	])('of %s says what to do', async (_, used, args, expected) => {
		const [{ error }] = JSON.parse(await call(used, args));
		expect(error).toBe(expected);
		expectPlainWords(error);
	});
});

describe('What a model reads of a question', () => {
	/** What a Webhook node hands to the agent. */
	const REQUEST = {
		headers: { authorization: 'Bearer of-the-visitor', cookie: 'session=of-the-visitor' },
		query: { email: 'visitor@example.com' },
	};
	const calls = [{ tool: 'Ask', args: { Question: 'Which colour?' } }];

	it('that nobody answers is the outcome alone', async () => {
		const input = { ...REQUEST, customerThreadId: THREADS.webchat };
		const { read } = await runAgentUntilTimeIsUp(sandbox.current, [ask()], calls, input);
		expect(read.map((text) => JSON.parse(text))).toEqual([
			[
				{
					customerThreadId: THREADS.webchat,
					reply: null,
					respondedAt: null,
					timedOut: true,
					waitedSeconds: 86_400,
				},
			],
		]);
	});

	it('that is skipped, as the window is closed, is the outcome alone', async () => {
		const input = { ...REQUEST, customerThreadId: THREADS.whatsappClosed };
		const asking = ask({ whenWindowClosed: 'skip' });
		const { read } = await runAgent(sandbox.current, [asking], calls, input);
		expect(read.map((text) => JSON.parse(text))).toEqual([
			[
				{
					customerThreadId: THREADS.whatsappClosed,
					reply: null,
					respondedAt: null,
					timedOut: false,
					waitedSeconds: 0,
				},
			],
		]);
	});

	it('is that an older agent cannot wait, and nobody is asked', async () => {
		const asking = ask({ customerThreadId: THREADS.webchat, text: 'Which colour?' });
		const { read } = await runOlderAgent(sandbox.current, asking);
		const [first, second] = read;
		expect(first).toMatch(
			/^'Send and Wait for Reply' needs AI Agent 3 or newer\s+Details: The customer was not asked: /,
		);
		expect(second).toBe(first);
		expectPlainWords(String(first));
		const writes = sandbox.current.requests().filter(({ method }) => method === 'POST');
		expect(writes).toEqual([]);
	});
});
