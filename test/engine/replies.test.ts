import axios from 'axios';
import { ExpressionError, type IDataObject } from 'n8n-workflow';

import { message } from '../../lab/events';
import { waitUntil } from '../../tools/process/wait';
import { useSandbox } from '../support/engine/sandbox';
import { WaitingHost, type Question } from '../support/engine/waitingHost';

const sandbox = useSandbox();
const open: WaitingHost[] = [];
afterEach(async () => {
	for (const execution of open.splice(0)) {
		const isLeft = () => execution.resumed.length > 0 && webhookOf(execution) !== undefined;
		await waitUntil(() => !isLeft(), { what: 'the webhook of an answered question to be removed' });
		await execution.close();
	}
});

const webhookOf = (execution: WaitingHost) =>
	sandbox.current.webhooks().find(({ url }) => url.startsWith(execution.url));

const RESUMED = { status: 200, data: { status: 'resumed' } };
const IGNORED = { status: 200, data: { status: 'ignored' } };
const NOT_ACCEPTED = { status: 200, data: { status: 'not an accepted reply' } };

const UPDATE = 'POST /api/webhooks/:webHookId/update';
const SEND = 'POST /api/send-message-to-customer-thread';

let lastMessage = 0;

/** An execution that asked the customer of a new thread. */
const asked = async ({ parameters, ...question }: Question = {}) => {
	const customerThreadId = String(sandbox.current.addThread().id);
	const execution = await WaitingHost.ask(sandbox.current, {
		...question,
		parameters: { customerThreadId, ...parameters },
	});
	open.push(execution);
	const webhook = webhookOf(execution);
	if (webhook === undefined) throw new Error('Instaply has no webhook of this execution');
	return {
		execution,
		/** Delivers what the customer writes. */
		async says(messageBody: string, { timestamp = Date.now() } = {}) {
			const { url, extraHeaders } = webhookOf(execution) ?? webhook;
			const reply = message({ customerThreadId, messageBody, messageId: ++lastMessage });
			const { status, data } = await axios.post<unknown>(
				url,
				{ ...reply, timestamp },
				{
					headers: Object.fromEntries(extraHeaders.map(({ name, value }) => [name, value])),
					proxy: false,
					validateStatus: () => true,
				},
			);
			return { status, data };
		},
		/** What was sent after the question. */
		answers: () =>
			sandbox.current
				.conversation(customerThreadId)
				.slice(1)
				.map(({ body }) => body),
	};
};

describe('The options of a question', () => {
	/** What a question before this one put out. */
	const input: IDataObject = {
		reply: { text: 'Blue' },
		choice: 'b',
		matched: true,
		timedOut: false,
	};
	const options = {
		acceptedReplies: {
			reply: [{ reply: '={{ $json.reply.text }}', alsoAccept: '={{ $json.choice }}' }],
		},
		clarification: '=Really {{ $json.reply.text }}?',
	};

	it('mean at the reply what they meant when the customer was asked', async () => {
		const { execution, says, answers } = await asked({ input, parameters: { options } });
		expect(await says('Hm')).toEqual(NOT_ACCEPTED);
		expect(answers()).toEqual(['Really Blue?']);
		expect(await says('B')).toEqual(RESUMED);
		expect(execution.resumed).toMatchObject([
			{ reply: { text: 'B' }, matched: true, choice: 'Blue' },
		]);
	});

	it('are read at the reply to what an earlier version of this package asked', async () => {
		const { execution, says } = await asked({
			parameters: { options: { acceptedReplies: { reply: [{ reply: 'yes' }] }, maxTries: 2 } },
		});
		execution.alterStored = ({ executionData }) => {
			for (const context of Object.values(executionData?.contextData ?? {})) {
				const { fingerprint, webhookId } = context.awaitedReply;
				context.awaitedReply = { fingerprint, webhookId };
			}
		};
		expect(await says('Hm')).toEqual(NOT_ACCEPTED);
		expect(await says('Yes')).toEqual(RESUMED);
	});
});

describe('Replies that come at once, none of them an accepted one', () => {
	const wrong = async (maxTries: number, texts: string[]) => {
		const acceptedReplies = { reply: [{ reply: 'yes' }] };
		const options = { acceptedReplies, clarification: 'Yes or no?', maxTries };
		const { execution, says, answers } = await asked({ parameters: { options } });
		sandbox.current.clearRecords();
		sandbox.current.faults.add({ route: UPDATE, kind: 'answerDelayed', ms: 100 });
		const statuses = await Promise.all(texts.map(async (text) => (await says(text)).data));
		return { execution, says, answers, statuses };
	};

	it('count each, so that the customer is asked again no more often than wanted', async () => {
		const { execution, answers } = await wrong(2, ['a', 'b', 'c', 'd']);
		expect(execution.resumed).toMatchObject([{ matched: false, choice: null }]);
		expect(answers().length).toBeLessThanOrEqual(1);
	});

	it('are answered one after the other, the last count being the one that stays', async () => {
		const { execution, says, answers } = await wrong(4, ['a', 'b', 'c']);
		expect(answers()).toEqual(['Yes or no?', 'Yes or no?', 'Yes or no?']);
		expect(sandbox.current.requests().map(({ route }) => route)).toEqual([
			UPDATE,
			SEND,
			UPDATE,
			SEND,
			UPDATE,
			SEND,
		]);
		expect(webhookOf(execution)?.extraHeaders).toContainEqual({
			name: 'x-n8n-reply-tries',
			value: '3',
		});
		expect(await says('d')).toEqual(RESUMED);
	});
});

describe('A reply', () => {
	it.each(['Ask "you"', "Ask 'you' \\ {x}", 'Ask }} now', 'Ask {{ $json.x }}', 'Ask ` ${x}', '{'])(
		'comes to a node whose name is %s',
		async (name) => {
			const { execution, says } = await asked({ name, input: { a: 1 } });
			expect(await says('Yes')).toEqual(RESUMED);
			expect(execution.resumed).toMatchObject([{ a: 1, reply: { text: 'Yes' } }]);
		},
	);

	it('is taken although n8n does not tell what the execution waits for', async () => {
		const { execution, says } = await asked();
		execution.alterStored = ({ executionData }) => {
			Object.defineProperty(executionData, 'contextData', {
				get: () => {
					throw new ExpressionError('Not known');
				},
			});
		};
		expect(await says('Yes')).toEqual(RESUMED);
	});

	it('is no message that was written before the question', async () => {
		const { execution, says } = await asked();
		const hourAgo = Date.now() - 60 * 60_000;
		expect(await says('Where are you?', { timestamp: hourAgo })).toEqual(IGNORED);
		expect(execution.resumed).toEqual([]);
		expect(await says('Yes')).toEqual(RESUMED);
	});

	it('is taken although the clock of Instaply is a minute behind', async () => {
		const { says } = await asked();
		expect(await says('Yes', { timestamp: Date.now() - 60_000 })).toEqual(RESUMED);
	});
});
