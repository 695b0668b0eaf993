import type { INodeParameters } from 'n8n-workflow';

import { TEMPLATES, THREADS } from '../../../sandbox/server';
import { byId, byTitle } from '../../support/engine/locators';
import { runInstaply } from '../../support/engine/run';
import { sent, useSandbox, type Sent } from '../../support/engine/sandbox';
import { explanation } from '../../support/engine/words';
import { testExamples } from './cases';

testExamples('message');

const sandbox = useSandbox();
const runNode = async (operation: string, parameters: INodeParameters) =>
	await runInstaply(sandbox.current, {
		parameters: { resource: 'message', operation, ...parameters },
	});

const MESSAGE = 'POST /api/send-message-to-customer-thread';
const { webchat, whatsappOpen, whatsappClosed } = THREADS;

describe('Send', () => {
	const text = 'Hello, your order is on its way.';
	const send = async (parameters: INodeParameters) =>
		await runNode('send', { customerThreadId: whatsappClosed, text, ...parameters });

	it('stops when the window is closed and the choice is to stop', async () => {
		const run = await send({ whenWindowClosed: 'stop' });
		expect(explanation(run).message).toBe('The messaging window of thread 123459 is closed');
		expect(sent(sandbox.current)).toEqual([
			['GET /api/get-customer-thread-details', { customerThreadId: whatsappClosed }],
		]);
	});

	describe.each(['stop', 'skip', 'sendTemplate'])('that looks at the window (%s)', (choice) => {
		const route = 'GET /api/get-customer-thread-details';
		const sendToThread = async (body: object) => {
			sandbox.current.faults.add({ route, kind: 'answerReplaced', body });
			const template = byId(TEMPLATES.issueBack);
			const customerThreadId = whatsappOpen;
			return await send({ customerThreadId, whenWindowClosed: choice, template });
		};

		it.each([
			{ customerChannel: 'WHATSAPP', status: 'closed', isMessagingWindowOpen: true },
			{ customerChannel: null, status: null, isMessagingWindowOpen: true },
			{ isMessagingWindowOpen: true },
		])('looks at nothing else: %j', async (details) => {
			const { succeeded } = await sendToThread(details);
			expect(succeeded).toMatchObject([{ sent: true, via: 'text', windowOpen: true }]);
		});

		it.each([null, 'true', 1, undefined])(
			'sends nothing when Instaply says no yes and no no: %j',
			async (isMessagingWindowOpen) => {
				const run = await sendToThread({ customerChannel: 'SMS', isMessagingWindowOpen });
				expect(explanation(run)).toEqual({
					message: 'Instaply does not say whether the messaging window of thread 123458 is open',
					description: expect.stringMatching(/^Nothing was sent\..*'Send Anyway'/),
				});
				expect(sent(sandbox.current)).toHaveLength(1);
			},
		);
	});

	it("lets Instaply decide with 'Send Anyway', and passes on what it says", async () => {
		const { message, description } = explanation(await send({ whenWindowClosed: 'sendAnyway' }));
		expect(message).toBe('The messaging window is closed: only templates may be sent');
		expect(description).toContain("set 'When Window Is Closed' to 'Send a Template Instead'");
		expect(sent(sandbox.current)).toEqual([[MESSAGE, { customerThreadId: whatsappClosed, text }]]);
	});

	describe('Markdown', () => {
		const DETAILS = 'GET /api/get-customer-thread-details';
		const fromMarkdown = { text: '**Hello**', options: { textFormat: 'fromMarkdown' } };

		it.each([
			['WhatsApp', '*Hello*'],
			[' whatsapp ', '*Hello*'],
			['WHATSAPP_BUSINESS', 'Hello'],
			['SMS', 'Hello'],
			[null, 'Hello'],
			[7, 'Hello'],
			[undefined, 'Hello'],
		])('becomes what a channel shows that Instaply calls %j', async (customerChannel, body) => {
			sandbox.current.faults.add({
				route: DETAILS,
				kind: 'answerReplaced',
				body: { customerChannel },
			});
			await send({ customerThreadId: webchat, ...fromMarkdown });
			expect(sent(sandbox.current)).toEqual([
				[DETAILS, { customerThreadId: webchat }],
				[MESSAGE, { customerThreadId: webchat, text: body }],
			]);
		});

		it('becomes plain text when the channel cannot be looked up', async () => {
			sandbox.current.faults.add({ route: DETAILS, kind: 'status', status: 403 });
			const { succeeded } = await send({ customerThreadId: whatsappOpen, ...fromMarkdown });
			expect(succeeded).toMatchObject([{ sent: true, via: 'text' }]);
			expect(sandbox.current.conversation(whatsappOpen).at(-1)).toMatchObject({ body: 'Hello' });
		});

		it('has a thread looked up once for all of its messages', async () => {
			await runInstaply(sandbox.current, {
				parameters: {
					resource: 'message',
					operation: 'send',
					customerThreadId: whatsappOpen,
					...fromMarkdown,
				},
				input: [{}, {}, {}],
			});
			expect(sandbox.current.requests({ method: 'GET' })).toHaveLength(1);
			expect(sandbox.current.requests({ method: 'POST' })).toHaveLength(3);
		});
	});

	it('sends the text to the letter', async () => {
		const exact = '  Line 1\n\tLine 2 “é” 😀 {$json.x} \\n ';
		await send({ customerThreadId: webchat, text: exact });
		expect(sandbox.current.conversation(webchat).at(-1)).toMatchObject({ body: exact });
	});

	it.each([
		['stop', /window of thread 123459 is closed/],
		['skip', undefined],
		['sendAnyway', /only templates may be sent/],
	])('ignores the template that another choice has left behind (%s)', async (choice, message) => {
		const { error } = await runInstaply(sandbox.current, {
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId: whatsappClosed,
				text,
				whenWindowClosed: '={{ $json.choice }}',
				template: byId(TEMPLATES.issueBack),
			},
			input: [{ choice }],
		});
		expect(JSON.stringify(sent(sandbox.current))).not.toContain(TEMPLATES.issueBack);
		if (message === undefined) expect(error).toBeUndefined();
		else expect(error?.message).toMatch(message);
	});

	it('needs no template when the choice, an expression, is another', async () => {
		const { succeeded } = await runInstaply(sandbox.current, {
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId: whatsappOpen,
				text,
				whenWindowClosed: '={{ $json.choice }}',
			},
			input: [{ choice: 'skip' }],
		});
		expect(succeeded).toEqual([expect.objectContaining({ sent: true, via: 'text' })]);
	});
});

describe('Send Template', () => {
	const TEMPLATE_LIST = 'GET /api/get-whatsapp-templates';
	const sendTemplate = async (
		template: INodeParameters | string,
		customerThreadId: string = whatsappClosed,
	) => await runNode('sendTemplate', { customerThreadId, template });

	it('takes a content SID that replaces the whole choice', async () => {
		const { error } = await sendTemplate(TEMPLATES.issueBack);
		expect(error).toBeUndefined();
		expect(sent(sandbox.current)).toEqual<Sent[]>([
			[MESSAGE, { customerThreadId: whatsappClosed, contentSid: TEMPLATES.issueBack }],
		]);
	});

	it.each([
		[
			'names the titles there are',
			whatsappClosed,
			'issue_forth',
			"Thread 123459 has no template 'issue_forth'",
			/issue_back, order_shipped, rappel_rendez_vous, still_interested/,
		],
		[
			'says that a thread has none at all',
			webchat,
			'issue_back',
			"Thread 123456 has no template 'issue_back'",
			/only WhatsApp threads have them/,
		],
		[
			'takes a title exactly',
			whatsappClosed,
			'ISSUE_BACK',
			"Thread 123459 has no template 'ISSUE_BACK'",
			/issue_back/,
		],
	])('%s', async (_, customerThreadId, title, message, description) => {
		const run = await sendTemplate(byTitle(title), customerThreadId);
		expect(explanation(run)).toEqual({
			message,
			description: expect.stringMatching(description),
		});
		expect(sent(sandbox.current)).toEqual([[TEMPLATE_LIST, { customerThreadId }]]);
	});

	it.each([
		[
			'chooses among those that can be read',
			[null, { title: null, text: null, contentSid: 'HX1' }, { title: 'ours', contentSid: 'HX2' }],
			undefined,
		],
		[
			'says so when Instaply shows no titles',
			[{ title: null, text: 'Hi', contentSid: 'HX1' }],
			{
				message: "Thread 123459 has no template 'ours'",
				description: "Instaply shows no titles of its templates. Choose one 'By Content SID'.",
			},
		],
	])('%s', async (_, templates, refusal) => {
		sandbox.current.faults.add({
			route: TEMPLATE_LIST,
			kind: 'answerReplaced',
			body: { templates },
		});
		const run = await sendTemplate(byTitle('ours'));
		if (refusal) return expect(explanation(run)).toEqual(refusal);
		expect(sent(sandbox.current)).toContainEqual([
			MESSAGE,
			{ customerThreadId: whatsappClosed, contentSid: 'HX2' },
		]);
	});

	it('takes no notice of spaces around a title, in the node and in Instaply', async () => {
		const ours = { title: ' ours\u00a0', text: 'Hi', contentSid: 'HX1' };
		const { id } = sandbox.current.addThread({ channel: 'WHATSAPP', templates: [ours] });
		const { error } = await sendTemplate(byTitle('ours '), String(id));
		expect(error).toBeUndefined();
		expect(sandbox.current.conversation(id)).toMatchObject([{ contentSid: 'HX1' }]);
	});

	it('does not choose between two templates of one title', async () => {
		const twin = (contentSid: string) => ({ title: 'twin', text: 'Hi', contentSid });
		const { id } = sandbox.current.addThread({
			channel: 'WHATSAPP',
			templates: [twin('HX1'), twin('HX2')],
		});
		const run = await sendTemplate(byTitle('twin'), String(id));
		expect(explanation(run)).toEqual({
			message: "Several templates are called 'twin'",
			description: "Choose one 'By Content SID': HX1, HX2.",
		});
		expect(sandbox.current.conversation(id)).toEqual([]);
	});
});
