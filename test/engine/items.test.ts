import { THREADS } from '../../sandbox/server';
import { runInstaply } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';
import { expectPlainWords } from '../support/engine/words';

const sandbox = useSandbox();

describe('Items', () => {
	it('of one thread are worked on one after the other, in order', async () => {
		const { id } = sandbox.current.addThread();
		const input = Array.from({ length: 12 }, (_, index) => ({ text: `Message ${index}` }));
		await runInstaply(sandbox.current, {
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId: id,
				text: '={{ $json.text }}',
			},
			input,
		});
		expect(sandbox.current.conversation(id).map(({ body }) => body)).toEqual(
			input.map(({ text }) => text),
		);
		expect(sandbox.current.maxInFlight()).toBe(1);
	});

	it('that come out of one item point back to it', async () => {
		const { items } = await runInstaply(sandbox.current, {
			parameters: {
				resource: 'template',
				operation: 'getAll',
				customerThreadId: '={{ $json.thread }}',
				limit: 2,
			},
			input: [
				{ thread: THREADS.sms },
				{ thread: THREADS.whatsappOpen },
				{ thread: THREADS.whatsappClosed },
			],
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[1, 1, 2, 2].map((item) => ({ item })),
		);
	});
});

describe('One bad item among good ones', () => {
	const parameters = {
		resource: 'thread',
		operation: 'updateStatus',
		customerThreadId: '={{ $json.thread }}',
		status: 'waiting',
	};
	const done = (thread: string) => ({
		customerThreadId: thread,
		status: 'waiting',
		response: { result: 'ok' },
	});
	const badItems = [
		[
			'unusable',
			'1/2',
			{
				error: "'Thread ID' cannot be used as it is",
				details: {
					description:
						'It is “1/2”. An ID has no slashes, no line breaks and no invisible characters.',
					httpCode: null,
				},
			},
		],
		[
			'refused by Instaply',
			'999',
			{
				error: "Thread 999 does not exist, or the token's user cannot see it",
				details: {
					description:
						'Check the ID. A token belongs to one Instaply user and reaches only what that user can see. Instaply says: “There is no thread 999”.',
					httpCode: '404',
				},
			},
		],
	] as const;

	describe.each(badItems)('that is %s', (_, bad, json) => {
		const input = [{ thread: THREADS.webchat }, { thread: bad }, { thread: THREADS.sms }];
		const items = [done(THREADS.webchat), json, done(THREADS.sms)];

		it('goes to the error output alone', async () => {
			const run = await runInstaply(sandbox.current, {
				parameters,
				input,
				onError: 'continueErrorOutput',
			});
			expect(run.error).toBeUndefined();
			expect(run.succeeded).toEqual([done(THREADS.webchat), done(THREADS.sms)]);
			// n8n itself puts what the item held beside it.
			expect(run.failed).toEqual([{ thread: bad, ...json }]);
			expect(sandbox.current.requests({ status: 200 })).toHaveLength(2);
			expectPlainWords(`${json.error} ${json.details.description}`);
		});

		it('passes on in its place', async () => {
			const run = await runInstaply(sandbox.current, {
				parameters,
				input,
				onError: 'continueRegularOutput',
			});
			expect(run.error).toBeUndefined();
			expect(run.failed).toEqual([]);
			expect(run.items).toEqual(items.map((json, item) => ({ json, pairedItem: { item } })));
		});
	});

	it('stops the node when Instaply refuses it, after those before it', async () => {
		const { error } = await runInstaply(sandbox.current, {
			parameters: { ...parameters, options: { threadsAtATime: 1 } },
			input: [{ thread: THREADS.webchat }, { thread: '999' }, { thread: THREADS.sms }],
		});
		expect(error?.context.itemIndex).toBe(1);
		expect(sandbox.current.requests().map(({ status }) => status)).toEqual([200, 404]);
	});
});

describe('All items', () => {
	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'say so when the credential is unusable (%s)',
		async (onError) => {
			const run = await runInstaply(sandbox.current, {
				parameters: {
					resource: 'thread',
					operation: 'get',
					customerThreadId: '={{ $json.thread }}',
				},
				input: [{ thread: THREADS.webchat }, { thread: THREADS.sms }],
				onError,
				baseUrl: 'ftp://me.instaply.com',
			});
			const json = {
				error: "'Base URL' in the Instaply credential is not a web address",
				details: {
					description: 'Open the credential and set it to https://me.instaply.com.',
					httpCode: null,
				},
			};
			const out =
				onError === 'continueErrorOutput' ? run.failed : run.items.map(({ json }) => json);
			expect(out).toMatchObject([json, json]);
		},
	);
});
