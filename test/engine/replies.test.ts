import { createHash } from 'node:crypto';
import { ExpressionError, type IDataObject } from 'n8n-workflow';

import { message } from '../../lab/events';
import { THREADS } from '../../sandbox/server';
import { deliver } from '../support/engine/deliver';
import { useQuestions } from '../support/engine/questions';
import { useSandbox } from '../support/engine/sandbox';

const sandbox = useSandbox();
const asked = useQuestions(sandbox);

const RESUMED = { status: 200, data: { status: 'resumed' } };
const IGNORED = { status: 200, data: { status: 'ignored' } };
const UNAUTHORIZED = { status: 401, data: { status: 'Unauthorized' } };
const NOT_ACCEPTED = { status: 200, data: { status: 'not an accepted reply' } };

const DAY = 24 * 60 * 60_000;
const UPDATE = 'POST /api/webhooks/:webHookId/update';
const SEND = 'POST /api/send-message-to-customer-thread';

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

	it('mean the same at the reply as when the customer was asked', async () => {
		const { execution, says, clarifications } = await asked({ input, parameters: { options } });
		expect(await says('Hm')).toEqual(NOT_ACCEPTED);
		expect(clarifications()).toEqual(['Really Blue?']);
		expect(await says('B')).toEqual(RESUMED);
		expect(execution.resumed).toMatchObject([
			{ reply: { text: 'B' }, matched: true, choice: 'Blue' },
		]);
	});

	it('are read at the reply when an earlier version of this package asked', async () => {
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

describe('A question for a number', () => {
	const options = {
		replyType: 'number',
		clarification: 'How many?',
		clarificationWhenUnclear: 'One number, please, without dots.',
	};

	it('goes on with it, and asks again for each wrong kind in its own words', async () => {
		const { execution, says, clarifications } = await asked({
			input: { from: 'before' },
			parameters: { options },
		});
		expect(await says('Some')).toEqual(NOT_ACCEPTED);
		expect(await says('1.234')).toEqual(NOT_ACCEPTED);
		expect(clarifications()).toEqual(['How many?', 'One number, please, without dots.']);
		const timestamp = Date.now();
		expect(await says('4,5 kg', { timestamp })).toEqual(RESUMED);
		const [item] = execution.resumed;
		expect(item).toMatchObject({
			from: 'before',
			value: 4.5,
			matched: true,
			reply: { text: '4,5 kg' },
			respondedAt: new Date(timestamp).toISOString(),
		});
		expect(Object.keys(item ?? {})).toEqual([
			'customerThreadId',
			'value',
			'matched',
			'reply',
			'respondedAt',
			'timedOut',
			'waitedSeconds',
			'from',
		]);
	});

	it('goes on without one after so many replies', async () => {
		const { execution, says, clarifications } = await asked({
			parameters: { options: { replyType: 'number', maxTries: 2 } },
		});
		expect(await says('Some')).toEqual(NOT_ACCEPTED);
		expect(await says('Many')).toEqual(RESUMED);
		expect(clarifications()).toEqual([]);
		expect(execution.resumed).toMatchObject([
			{ value: null, matched: false, reply: { text: 'Many' } },
		]);
	});
});

describe('A question for a date', () => {
	it("counts from the day on which the reply was written, in the workflow's time zone", async () => {
		const { execution, says } = await asked({ parameters: { options: { replyType: 'date' } } });
		// In New York, which is n8n's time zone unless it is set, it is still the day before.
		const day = new Date(Date.now() + DAY).toISOString().slice(0, 10);
		await says('tomorrow', { messageTimestamp: Date.parse(`${day}T02:00:00Z`) });
		expect(execution.resumed).toMatchObject([{ value: day }]);
	});
});

describe('A question with its replies listed', () => {
	const options = {
		acceptedReplies: { reply: [{ reply: 'red', alsoAccept: 'r' }, { reply: 'blue' }] },
		clarification: 'Which one?',
		listReplies: true,
	};

	it('takes a number for a reply, and lists them when it asks again', async () => {
		const { customerThreadId, execution, says, clarifications } = await asked({
			parameters: { text: 'Which colour?', options },
		});
		const [question] = sandbox.current.conversation(customerThreadId);
		expect(question?.body).toBe('Which colour?\n\n1. red\n2. blue');
		expect(await says('3')).toEqual(NOT_ACCEPTED);
		expect(clarifications()).toEqual(['Which one?\n\n1. red\n2. blue']);
		expect(await says('Nr. 2')).toEqual(RESUMED);
		expect(execution.resumed).toMatchObject([{ choice: 'blue', matched: true }]);
	});
});

describe('Replies that come at once, none of them an accepted one', () => {
	const wrong = async (maxTries: number, texts: string[]) => {
		const acceptedReplies = { reply: [{ reply: 'yes' }] };
		const options = { acceptedReplies, clarification: 'Yes or no?', maxTries };
		const { execution, webhook, says, clarifications } = await asked({ parameters: { options } });
		sandbox.current.clearRecords();
		sandbox.current.faults.add({ route: UPDATE, kind: 'answerDelayed', ms: 100 });
		await Promise.all(texts.map(async (text) => await says(text)));
		return { execution, webhook, says, clarifications };
	};

	it('are each counted, so that the customer is asked again no more often than wanted', async () => {
		const { execution, clarifications } = await wrong(2, ['a', 'b', 'c', 'd']);
		expect(execution.resumed).toMatchObject([{ matched: false, choice: null }]);
		expect(clarifications().length).toBeLessThanOrEqual(1);
	});

	it('are answered one after the other, and the last count is the one that stays', async () => {
		const { webhook, says, clarifications } = await wrong(4, ['a', 'b', 'c']);
		expect(clarifications()).toEqual(['Yes or no?', 'Yes or no?', 'Yes or no?']);
		const writes = sandbox.current.requests().filter(({ route }) => route?.startsWith('POST'));
		expect(writes.map(({ route }) => route)).toEqual([UPDATE, SEND, UPDATE, SEND, UPDATE, SEND]);
		expect(webhook().extraHeaders).toContainEqual({
			name: 'x-n8n-reply-tries',
			value: '3',
		});
		expect(await says('d')).toEqual(RESUMED);
	});
});

describe('An answer to another reply that Instaply does not take', () => {
	const options = {
		acceptedReplies: { reply: [{ reply: 'yes' }] },
		clarification: 'Yes or no?',
		maxTries: 2,
	};
	const CLOSED = { route: SEND, kind: 'status', status: 403 } as const;

	it('is no try, and the item says how often the customer was not asked again', async () => {
		const { execution, says, clarifications } = await asked({ parameters: { options } });
		sandbox.current.faults.add({ ...CLOSED, times: 2 });
		for (const text of ['a', 'b', 'c']) expect(await says(text)).toEqual(NOT_ACCEPTED);
		expect(clarifications()).toEqual(['Yes or no?']);
		expect(await says('d')).toEqual(RESUMED);
		const [item] = execution.resumed;
		expect(item).toMatchObject({ matched: false, reply: { text: 'd' }, notAskedAgain: 2 });
	});

	it('is known to other processes of n8n, and a header of an older delivery does not change it', async () => {
		const { webhook, says } = await asked({ parameters: { options } });
		sandbox.current.faults.add(CLOSED);
		await says('a');
		expect(webhook().extraHeaders).toEqual([
			{ name: 'x-n8n-reply-tries', value: '1' },
			{ name: 'x-n8n-reply-unanswered', value: '1' },
			{ name: 'x-n8n-trigger-secret', value: expect.any(String) },
		]);
		await says('b');
		expect(webhook().extraHeaders).toContainEqual({ name: 'x-n8n-reply-tries', value: '2' });
		expect(webhook().extraHeaders).toContainEqual({ name: 'x-n8n-reply-unanswered', value: '1' });
		expect(await says('c')).toEqual(RESUMED);
	});

	it('is none either when Instaply does not even take the count', async () => {
		const { execution, says } = await asked({ parameters: { options } });
		sandbox.current.faults.add({ route: UPDATE, kind: 'status', status: 403, times: 2 });
		expect(await says('a')).toEqual(NOT_ACCEPTED);
		expect(await says('b')).toEqual(NOT_ACCEPTED);
		expect(await says('yes')).toEqual(RESUMED);
		expect(execution.resumed).toMatchObject([{ matched: true, notAskedAgain: 1 }]);
	});

	it('is a try when it may have arrived', async () => {
		const { execution, says } = await asked({ parameters: { options } });
		sandbox.current.faults.add({ route: SEND, kind: 'answerLost' });
		expect(await says('a')).toEqual(NOT_ACCEPTED);
		expect(await says('b')).toEqual(RESUMED);
		expect(execution.resumed[0]).not.toHaveProperty('notAskedAgain');
	});
});

describe('A reply', () => {
	it.each(['Ask "you"', "Ask 'you' \\ {x}", 'Ask }} now', 'Ask {{ $json.x }}', 'Ask ` ${x}', '{'])(
		'reaches a node whose name is %s',
		async (name) => {
			const { execution, says } = await asked({ name, input: { a: 1 } });
			expect(await says('Yes')).toEqual(RESUMED);
			expect(execution.resumed).toMatchObject([{ a: 1, reply: { text: 'Yes' } }]);
		},
	);

	it('is taken even when n8n does not tell what the execution waits for', async () => {
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

	it('is not a message that was written before the question', async () => {
		const { execution, says } = await asked();
		const hourAgo = Date.now() - 60 * 60_000;
		expect(await says('Where are you?', { timestamp: hourAgo })).toEqual(IGNORED);
		expect(execution.resumed).toEqual([]);
		expect(await says('Yes')).toEqual(RESUMED);
	});

	it('is not such a message either when it is delivered late, as an event of its own', async () => {
		const { execution, says } = await asked();
		const messageTimestamp = Date.now() - 60 * 60_000;
		expect(await says('Where are you?', { messageTimestamp })).toEqual(IGNORED);
		expect(execution.resumed).toEqual([]);
	});

	it('has its text also when that is a number', async () => {
		const { execution, webhook, customerThreadId } = await asked();
		const { url, extraHeaders } = webhook();
		const headers = Object.fromEntries(extraHeaders.map(({ name, value }) => [name, value]));
		const body = message({ customerThreadId, messageBody: 7, messageTimestamp: Date.now() });
		expect(await deliver(url, body, headers)).toEqual(RESUMED);
		expect(execution.resumed).toMatchObject([{ reply: { text: '7' } }]);
	});

	it('is taken even when the clock of Instaply is a minute behind', async () => {
		const { says } = await asked();
		expect(await says('Yes', { timestamp: Date.now() - 60_000 })).toEqual(RESUMED);
	});

	it('by e-mail counts without signature and quotes, and comes out whole', async () => {
		const acceptedReplies = { reply: [{ reply: 'yes' }] };
		const { execution } = await asked({
			parameters: { customerThreadId: THREADS.email, options: { acceptedReplies } },
		});
		const email =
			'Yes!\r\n\r\nSent from my iPhone\r\n\r\nOn 1 Mar 2026, at 10:30, Shop <shop@example.com> wrote:\r\n\r\n> Is it you?\r\n';
		await sandbox.current.customerWrites(THREADS.email, email);
		expect(execution.resumed).toMatchObject([
			{ reply: { text: email, channel: 'email' }, matched: true, choice: 'yes' },
		]);
	});
});

describe('A probe of the address of a question', () => {
	const probe = async (url: string) => await deliver(url, {}, { 'x-n8n-instaply-probe': '1' });
	const status = (words: string) => ({ status: 200, data: { status: words } });

	it('learns that it waits, and resumes nothing, whatever it brings', async () => {
		const { execution, customerThreadId, webhook, says } = await asked();
		const { url, extraHeaders } = webhook();
		const headers = Object.fromEntries(extraHeaders.map(({ name, value }) => [name, value]));
		const reply = message({ customerThreadId, messageTimestamp: Date.now() });
		expect(await probe(url)).toEqual(status('waiting'));
		expect(await deliver(url, reply, { ...headers, 'x-n8n-instaply-probe': '' })).toEqual(
			status('waiting'),
		);
		expect(execution.resumed).toEqual([]);
		expect(await says('Yes')).toEqual(RESUMED);
	});

	it('learns that an earlier pass of a loop waits no longer', async () => {
		const { execution, webhook } = await asked();
		const earlier = webhook().url.replace(/instaplyKey=\w+/, 'instaplyKey=another');
		expect(await probe(earlier)).toEqual(status('no longer awaited'));
		expect(execution.resumed).toEqual([]);
	});
});

describe('Behind a proxy that takes away the path of the public address', () => {
	const path = '/n8n';
	/** The same URL with something else in its query. */
	const changed = (url: string, name: string, value: string) => {
		const other = new URL(url);
		other.searchParams.set(name, value);
		return other.href;
	};

	it('a reply is taken', async () => {
		const { execution, webhook, says } = await asked({ path });
		expect(webhook().url).toContain('/n8n/webhook-waiting/test-execution?');
		expect(await says('Yes')).toEqual(RESUMED);
		expect(execution.resumed).toMatchObject([{ reply: { text: 'Yes' } }]);
	});

	it.each([
		['thread', 'instaplyThread', '1'],
		['beginning', 'instaplySince', '1000'],
		['end', 'instaplyUntil', '9000000000000'],
	])('none is taken for another %s than was asked for', async (_, name, value) => {
		const { customerThreadId, execution, webhook, says } = await asked({ path });
		const { url, extraHeaders } = webhook();
		const headers = Object.fromEntries(extraHeaders.map((header) => [header.name, header.value]));
		const reply = message({
			customerThreadId: name === 'instaplyThread' ? value : customerThreadId,
			messageTimestamp: Date.now(),
		});
		expect(await deliver(changed(url, name, value), reply, headers)).toEqual(UNAUTHORIZED);
		expect(execution.resumed).toEqual([]);
		expect(await says('Yes')).toEqual(RESUMED);
	});

	it('none is taken when n8n does not tell what the execution waits for', async () => {
		const { execution, says } = await asked({ path });
		execution.alterStored = ({ executionData }) => {
			if (executionData !== undefined) executionData.contextData = {};
		};
		expect(await says('Yes')).toEqual(UNAUTHORIZED);
		expect(execution.resumed).toEqual([]);
	});

	it('none is taken with a secret of somebody else', async () => {
		const { execution, webhook } = await asked({ path });
		const own = createHash('sha256').update('guess').digest('hex');
		const url = changed(webhook().url, 'instaplyKey', own);
		await deliver(url, message(), { 'x-n8n-trigger-secret': 'guess' });
		expect(execution.resumed).toEqual([]);
	});
});

describe('Behind a gateway that demands a header', () => {
	const gateway = { header: 'X-Gateway-Key', value: 'very-secret' };
	const headers = (value: string) => ({
		extraHeaders: { header: [{ name: gateway.header, value }] },
	});
	const options = { acceptedReplies: { reply: [{ reply: 'yes' }] }, clarification: 'Yes or no?' };

	/** The response to a message of the customer, which the sandbox delivers by itself. */
	const written = ({ customerThreadId, webhook }: Awaited<ReturnType<typeof asked>>) => {
		const { url } = webhook();
		return async (text: string) => {
			const { deliveries } = await sandbox.current.customerWrites(customerThreadId, text);
			return deliveries.find((delivery) => delivery.url === url)?.status;
		};
	};

	it.each([
		['fixed', gateway.value, {}],
		['of the input', '={{ $json.key }}', { key: gateway.value }],
	])('replies arrive, also after the customer was asked again: %s', async (_, value, input) => {
		const parameters = { options: { ...options, ...headers(value) } };
		const question = await asked({ gateway, input, parameters });
		const statusOf = written(question);
		expect(await statusOf('Hm')).toBe(200);
		expect(question.clarifications()).toEqual(['Hm', 'Yes or no?']);
		expect(await statusOf('Yes')).toBe(200);
		expect(question.execution.resumed).toMatchObject([{ matched: true, reply: { text: 'Yes' } }]);
	});

	it('replies do not arrive without it', async () => {
		const question = await asked({ gateway });
		expect(await written(question)('Yes')).toBe(403);
	});
});
