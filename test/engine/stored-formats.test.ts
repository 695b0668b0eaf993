import { createHash } from 'node:crypto';
import type { INodeParameters, IRunExecutionData } from 'n8n-workflow';

import { message } from '../../lab/events';
import { THREADS } from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';
import { deliver } from '../support/engine/deliver';
import { useQuestions } from '../support/engine/questions';
import { resumeInstaply, runInstaply } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';
import { useTriggers, withoutQuestions } from '../support/engine/triggers';

/*
 * What n8n stores of these nodes, and what Instaply keeps of them. Executions and triggers that are
 * under way while the package is updated hold it in the form of the version before, so it never
 * changes: here it is written out. The other words of this kind are held where they belong:
 *
 * - the header `x-n8n-trigger-secret` in trigger-registration.test.ts and waiting.test.ts
 * - the headers `x-n8n-reply-tries` and `x-n8n-reply-unanswered` in replies.test.ts
 * - the header `x-n8n-instaply-probe` and its responses in replies.test.ts
 * - the query parameter `secret` of legacy URLs in trigger-hardening.test.ts
 * - the commoner responses to deliveries in trigger-deliveries.test.ts and replies.test.ts
 */

const sandbox = useSandbox();
const { activated } = useTriggers(sandbox);
const asked = useQuestions(sandbox);

const HEX_64 = expect.stringMatching(/^[0-9a-f]{64}$/);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** As n8n stores it: as text. */
const stored = <T>(data: T): T => JSON.parse(JSON.stringify(data));
const contextIn = ({ executionData }: IRunExecutionData) =>
	stored(executionData?.contextData['node:Instaply']);

const SEND = 'POST /api/send-message-to-customer-thread';

describe('What n8n stores with an execution', () => {
	const sending = {
		parameters: {
			resource: 'message',
			operation: 'send',
			customerThreadId: THREADS.webchat,
			text: '={{ $json.text }}',
		},
		input: [{ text: 'One' }, { text: 'Two' }, { text: 'Three' }],
	};
	const accepted = {
		customerThreadId: THREADS.webchat,
		sent: true,
		via: 'text',
		response: { result: 'ok' },
	};
	/** The answer to the second message is lost, which stops the node. */
	const stopped = async () => {
		const match = ({ body }: { body?: unknown }) => JSON.stringify(body).includes('Two');
		sandbox.current.faults.add({ route: SEND, kind: 'answerLost', match });
		const { kept } = await runInstaply(sandbox.current, sending);
		sandbox.current.faults.clear();
		sandbox.current.clearRecords();
		return kept.data;
	};

	it('is which writes were accepted, and which may have been', async () => {
		expect(contextIn(await stopped())).toEqual({
			settledWrites: {
				runIndex: 0,
				executionId: 'test-execution',
				items: {
					0: { outputs: [accepted] },
					1: {
						message: 'It is not known whether the customer got this message',
						description: expect.any(String),
						failure: { cause: 'temporarily-unavailable' },
						isOutcomeUnknown: true,
					},
				},
			},
		});
	});

	it('keeps a write from being made again when a person retries the execution', async () => {
		const data = stored(await stopped());
		const outputs = [{ from: 'an earlier version' }];
		const settledWrites = { runIndex: 0, executionId: 'stored', items: { 0: { outputs } } };
		const { items } = await resumeInstaply(sandbox.current, sending, {
			...data,
			executionData: data.executionData && {
				...data.executionData,
				contextData: { 'node:Instaply': { settledWrites } },
			},
		});
		expect(items.map(({ json }) => json)).toEqual([...outputs, accepted, accepted]);
		expect(sent(sandbox.current)).toMatchObject([
			[SEND, { text: 'Two' }],
			[SEND, { text: 'Three' }],
		]);
	});

	it('tells what an earlier execution sent from what this one did', async () => {
		const data = stored(await stopped());
		const match = ({ body }: { body?: unknown }) => JSON.stringify(body).includes('Three');
		sandbox.current.faults.add({ route: SEND, kind: 'status', status: 400, match });
		const settledWrites = {
			runIndex: 0,
			executionId: 'stored',
			items: contextIn(data)?.settledWrites.items,
		};
		const { kept } = await resumeInstaply(sandbox.current, sending, {
			...data,
			executionData: data.executionData && {
				...data.executionData,
				contextData: { 'node:Instaply': { settledWrites } },
			},
		});
		expect(contextIn(kept.data)).toEqual({
			settledWrites: {
				runIndex: 0,
				executionId: 'test-execution',
				items: { 0: { outputs: [accepted] }, 1: { outputs: [accepted] } },
				settledBefore: [0],
			},
		});
	});

	it('is what a question waits for', async () => {
		const { kept } = await runInstaply(sandbox.current, {
			parameters: {
				resource: 'message',
				operation: 'sendAndWait',
				customerThreadId: THREADS.webchat,
				text: 'Is it you?',
				options: {
					acceptedReplies: { reply: [{ reply: 'yes', alsoAccept: 'ok, y' }] },
					clarification: 'Yes or no?',
					maxTries: 2,
				},
			},
		});
		const [{ id, url } = { id: 0, url: '' }] = sandbox.current.webhooks().slice(-1);
		const query = new URL(url).searchParams;
		expect(contextIn(kept.data)).toEqual({
			awaitedReply: {
				fingerprint: HEX_64,
				webhookId: String(id),
				account: expect.stringMatching(/^[\w+/]+=*$/),
				sentAt: expect.any(Number),
				ticket: {
					customerThreadId: THREADS.webchat,
					fingerprint: query.get('instaplyKey'),
					since: Number(query.get('instaplySince')),
					until: Number(query.get('instaplyUntil')),
				},
				settings: {
					choices: [{ reply: 'yes', alsoAccept: ['ok', 'y'] }],
					clarification: 'Yes or no?',
					maxTries: 2,
					isReview: false,
				},
			},
			wait: {
				runIndex: 0,
				executionId: 'test-execution',
				end: Number(kept.waitTill),
				input: { json: {}, pairedItem: { item: 0 } },
			},
			// For version 0.1.0, which goes by it when n8n calls it again.
			settledWrites: {
				runIndex: 0,
				executionId: 'test-execution',
				items: {
					0: {
						outputs: [
							{
								customerThreadId: THREADS.webchat,
								choice: null,
								matched: false,
								reply: null,
								respondedAt: null,
								timedOut: true,
								waitedSeconds: 86_400,
							},
						],
					},
				},
			},
		});
	});
});

describe('What n8n stores with a question of a type, and with listed replies', () => {
	const storedFor = async (options: INodeParameters) => {
		const { kept } = await runInstaply(sandbox.current, {
			parameters: {
				resource: 'message',
				operation: 'sendAndWait',
				customerThreadId: THREADS.webchat,
				text: 'Is it you?',
				options,
			},
		});
		return contextIn(kept.data)?.awaitedReply.settings;
	};

	it('is the type, and what to answer to others', async () => {
		const texts = { clarification: 'When?', clarificationWhenUnclear: 'Such as 4 March.' };
		expect(await storedFor({ replyType: 'date', ...texts })).toEqual({
			choices: [],
			maxTries: 3,
			isReview: false,
			replyType: 'date',
			...texts,
		});
	});

	it('is that they are listed, which the texts hold already', async () => {
		const acceptedReplies = { reply: [{ reply: 'yes' }] };
		const clarification = 'Sorry?';
		expect(await storedFor({ acceptedReplies, listReplies: true, clarification })).toEqual({
			choices: [{ reply: 'yes', alsoAccept: [] }],
			maxTries: 3,
			clarification: 'Sorry?\n\n1. yes',
			isReview: false,
			isListed: true,
		});
	});
});

describe('A question that version 0.1.0 asked', () => {
	/** Beside it, 0.1.0 had n8n sign the URL. */
	const asBefore = ({ executionData }: IRunExecutionData) => {
		for (const context of Object.values(executionData?.contextData ?? {})) {
			delete context.awaitedReply.ticket;
			delete context.awaitedReply.account;
		}
	};

	it('is answered', async () => {
		const { execution, says } = await asked();
		execution.alterStored = asBefore;
		expect(await says('Yes')).toEqual({ status: 200, data: { status: 'resumed' } });
	});

	it('is not mistaken for one whose URL nobody signed', async () => {
		const { execution, says } = await asked({ path: '/n8n' });
		execution.alterStored = asBefore;
		expect(await says('Yes')).toEqual({ status: 401, data: { status: 'Unauthorized' } });
	});
});

describe('What n8n stores with a trigger', () => {
	it('is the ID of its webhook, and the secret of its deliveries', async () => {
		const trigger = await activated();
		const [{ id } = { id: 0 }] = sandbox.current
			.webhooks()
			.filter(({ url }) => withoutQuestions(url) === trigger.url);
		expect(trigger.staticData).toEqual({ webhookId: String(id), secret: HEX_64 });
	});

	it('is all that a delivery needs to prove its origin', async () => {
		const trigger = await activated();
		Object.assign(trigger.staticData, { secret: 'from an earlier version' });
		const headers = { 'x-n8n-trigger-secret': 'from an earlier version' };
		expect(await deliver(trigger.url, message(), headers)).toMatchObject({ status: 200 });
	});
});

describe('What Instaply keeps of a question', () => {
	it('is for which reply it waits, until when, and what stands for its secret', async () => {
		const before = Date.now();
		const { customerThreadId, webhook } = await asked();
		const { url, extraHeaders } = webhook();
		const [secret] = extraHeaders;
		const query = Object.fromEntries(new URL(url).searchParams);
		expect(query).toEqual({
			instaplyThread: customerThreadId,
			instaplyKey: sha256(String(secret?.value)),
			instaplySince: expect.stringMatching(/^\d{13}$/),
			instaplyUntil: String(Number(query.instaplySince) + 24 * 60 * 60_000),
			// n8n's own.
			signature: expect.any(String),
		});
		expect(Number(query.instaplySince)).toBeGreaterThanOrEqual(before);
	});
});

describe('The response to a delivery', () => {
	const secretHeader = (secret: unknown) => ({ 'x-n8n-trigger-secret': String(secret) });

	it("of the trigger is 'awaited elsewhere' when it is the reply to a question", async () => {
		const trigger = await activated({ options: { ignoreAwaitedReplies: true } });
		const { customerThreadId } = await asked();
		const reply = message({ customerThreadId, messageTimestamp: Date.now() });
		const headers = secretHeader(trigger.staticData.secret);
		expect(await deliver(trigger.url, reply, headers)).toEqual({
			status: 200,
			data: { status: 'awaited elsewhere' },
		});
	});

	it("is 'collected' when a trigger takes it together with what follows", async () => {
		const trigger = await activated({ options: { collectMessages: 1 } });
		const headers = secretHeader(trigger.staticData.secret);
		expect(await deliver(trigger.url, message(), headers)).toEqual({
			status: 200,
			data: { status: 'collected' },
		});
		await waitUntil(() => trigger.started.length > 0, { what: 'the workflow to start' });
	});

	it("is 'Too large' when no message is that large", async () => {
		const trigger = await activated();
		const headers = secretHeader(trigger.staticData.secret);
		const body = message({ messageBody: 'x'.repeat(1024 * 1024) });
		expect(await deliver(trigger.url, body, headers)).toEqual({
			status: 413,
			data: { status: 'Too large' },
		});
	});

	it("of a question is 'Unauthorized' without its secret", async () => {
		const { webhook } = await asked();
		expect(await deliver(webhook().url, message())).toEqual({
			status: 401,
			data: { status: 'Unauthorized' },
		});
	});

	it("of a question is 'no longer awaited' once another pass of a loop waits", async () => {
		const { execution, says } = await asked();
		execution.alterStored = ({ executionData }) => {
			for (const context of Object.values(executionData?.contextData ?? {})) {
				context.awaitedReply.fingerprint = sha256('another secret');
			}
		};
		expect(await says('Yes')).toEqual({ status: 200, data: { status: 'no longer awaited' } });
	});

	it("of a question is 'duplicate' when the reply comes again", async () => {
		const options = { acceptedReplies: { reply: [{ reply: 'yes' }] } };
		const { says } = await asked({ parameters: { options } });
		await says('Hm', { messageId: 1 });
		expect(await says('Hm', { messageId: 1 })).toEqual({
			status: 200,
			data: { status: 'duplicate' },
		});
	});

	it("of a question is 'Not taken' when the reply has to come again", async () => {
		const { execution, says } = await asked({
			input: { tries: 2 },
			parameters: { options: { maxTries: '={{ $json.tries }}' } },
		});
		execution.alterStored = ({ executionData }) => {
			for (const context of Object.values(executionData?.contextData ?? {})) {
				delete context.awaitedReply.settings;
			}
			const [item] = executionData?.nodeExecutionStack[0]?.data.main?.[0] ?? [];
			if (item !== undefined) item.json.tries = 'many';
		};
		expect(await says('Yes')).toEqual({ status: 500, data: { status: 'Not taken' } });
	});
});
