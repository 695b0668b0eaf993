import type { IDataObject, INodeParameters, IRun, IRunExecutionData } from 'n8n-workflow';

import { THREADS } from '../../sandbox/server';
import { waitUntil } from '../../tools/process/wait';
import { atTime } from '../support/engine/clock';
import { goOnWaiting, runInstaply, type RunOptions } from '../support/engine/run';
import { useSandbox } from '../support/engine/sandbox';

/*
 * An execution that waits for a reply, and goes on without one: its time is up, or a person stopped and
 * retries it.
 */

const sandbox = useSandbox();

const HOUR = 60 * 60_000;
const SEND = 'POST /api/send-message-to-customer-thread';

const asking = (more: INodeParameters = {}): RunOptions => ({
	parameters: {
		resource: 'message',
		operation: 'sendAndWait',
		customerThreadId: THREADS.webchat,
		text: '=Is it you, {{ $json.reply }}?',
		...more,
	},
	// The item that goes on has a field of this name, too.
	input: [{ reply: 'Ada', from: 'before' }],
});

const messages = () =>
	sandbox.current.requests({ route: SEND }).map(({ body }) => (body as IDataObject).text);
const urls = () => sandbox.current.webhooks().map(({ url }) => url);
const stored = ({ data }: IRun): IRunExecutionData => JSON.parse(JSON.stringify(data));
const runsIn = ({ data }: IRun) =>
	data.resultData.runData.Instaply?.map(({ executionStatus }) => executionStatus);

/** Asks, and gives back what n8n has stored. */
async function ask(options = asking()) {
	const { kept } = await runInstaply(sandbox.current, options);
	if (!(kept.waitTill instanceof Date)) throw new Error('The execution does not wait');
	const url = urls().at(-1) ?? '';
	return { options, data: stored(kept), end: kept.waitTill, url };
}

const isGone = async (url: string) => {
	await waitUntil(() => !urls().includes(url), { what: 'the webhook to be removed', interval: 5 });
};

const TIMED_OUT = { customerThreadId: THREADS.webchat, reply: null, timedOut: true };

describe('When the time of a question is up', () => {
	it('the workflow goes on with the item that says so, and the webhook is removed', async () => {
		const { options, data, end, url } = await ask();
		const ended = await atTime(end, async () => await goOnWaiting(sandbox.current, options, data));
		expect(ended.kept.finished).toBe(true);
		expect(ended.succeeded).toEqual([
			{ ...TIMED_OUT, respondedAt: null, waitedSeconds: 86_400, from: 'before' },
		]);
		expect(messages()).toEqual(['Is it you, Ada?']);
		await isGone(url);
	});

	it('the node has one run, and the items behind it lead back to its input', async () => {
		const { options, data, end } = await ask();
		expect(data).not.toHaveProperty('waitTill');
		const { kept, items } = await atTime(end, async () => {
			return await goOnWaiting(sandbox.current, options, data);
		});
		expect(runsIn(kept)).toEqual(['success']);
		expect(kept.data.resultData.runData.Succeeded?.[0]?.source).toEqual([
			expect.objectContaining({ previousNode: 'Instaply' }),
		]);
		expect(items).toMatchObject([{ pairedItem: { item: 0 } }]);
	});

	it('a later pass of a loop asks all the same', async () => {
		const { options, data, end } = await ask({ ...asking(), passes: 2 });
		const { kept } = await atTime(end, async () => {
			return await goOnWaiting(sandbox.current, options, data);
		});
		expect(kept.waitTill).toBeInstanceOf(Date);
		expect(messages()).toHaveLength(2);
		expect(runsIn(kept)).toEqual(['success', 'waiting']);
	});

	it('and n8n takes the stored item without calling the node, that is the same item', async () => {
		const { options, data, end } = await ask();
		const older = { ...data, waitTill: end };
		const { succeeded } = await goOnWaiting(sandbox.current, options, older);
		expect(succeeded).toMatchObject([{ ...TIMED_OUT, from: 'before' }]);
		expect(messages()).toHaveLength(1);
	});

	it('it says how often the customer was not asked again, as Instaply tells', async () => {
		const options = { acceptedReplies: { reply: [{ reply: 'yes' }] }, clarification: 'Yes or no?' };
		const question = await ask(asking({ options }));
		const { id, extraHeaders } = sandbox.current.webhooks().at(-1) ?? { id: 0, extraHeaders: [] };
		const header = [
			...extraHeaders,
			{ name: 'x-n8n-reply-tries', value: '3' },
			{ name: 'x-n8n-reply-unanswered', value: '2' },
		];
		await runInstaply(sandbox.current, {
			parameters: {
				resource: 'webhook',
				operation: 'update',
				webhookId: String(id),
				updateFields: { extraHeaders: { header } },
			},
		});
		const over = async () =>
			await atTime(question.end, async () => {
				return await goOnWaiting(sandbox.current, question.options, question.data);
			});
		expect((await over()).succeeded).toMatchObject([{ ...TIMED_OUT, notAskedAgain: 2 }]);
		// By now, Instaply has no such webhook.
		await isGone(question.url);
		const [item] = (await over()).succeeded;
		expect(item).toMatchObject(TIMED_OUT);
		expect(item).not.toHaveProperty('notAskedAgain');
	});

	it('it is not before: called too early, the node waits on', async () => {
		const { options, data, end, url } = await ask();
		const early = await atTime(Number(end) - HOUR, async () => {
			return await goOnWaiting(sandbox.current, options, data);
		});
		expect(early.kept.waitTill).toEqual(end);
		expect(early.succeeded).toEqual([]);
		expect(stored(early.kept)).not.toHaveProperty('waitTill');
		expect(messages()).toHaveLength(1);
		expect(urls()).toContain(url);
		const ended = await atTime(end, async () => {
			return await goOnWaiting(sandbox.current, options, stored(early.kept));
		});
		expect(ended.succeeded).toMatchObject([TIMED_OUT]);
		expect(runsIn(ended.kept)).toEqual(['success']);
	});
});

describe('When a person retries a question that was stopped', () => {
	const retry = async ({ options, data }: Awaited<ReturnType<typeof ask>>, executionId = '18') =>
		await goOnWaiting(sandbox.current, options, data, executionId);

	it('it is asked again, in the same words, and waits for a reply', async () => {
		const question = await ask();
		const { kept, succeeded } = await retry(question);
		expect(messages()).toEqual(['Is it you, Ada?', 'Is it you, Ada?']);
		expect(kept.waitTill).toBeInstanceOf(Date);
		expect(succeeded).toEqual([]);
		expect(runsIn(kept)).toEqual(['waiting']);
		await isGone(question.url);
		expect(urls().at(-1)).toContain('/webhook-waiting/18/');
	});

	it('it times out in its own time, with what came in', async () => {
		const { options, ...question } = await ask();
		const { kept } = await retry({ options, ...question });
		const ended = await atTime(Number(kept.waitTill), async () => {
			return await goOnWaiting(sandbox.current, options, stored(kept), '18');
		});
		expect(ended.succeeded).toMatchObject([{ ...TIMED_OUT, from: 'before' }]);
	});

	it('it can be stopped and retried once more', async () => {
		const question = await ask();
		const { kept } = await retry(question);
		await retry({ ...question, data: stored(kept) }, '19');
		expect(messages()).toEqual(Array(3).fill('Is it you, Ada?'));
	});

	it('and it cannot be asked, the node stops with what Instaply says', async () => {
		const question = await ask();
		sandbox.current.faults.add({ route: SEND, kind: 'status', status: 403 });
		const { error, succeeded } = await retry(question);
		expect(error).toBeDefined();
		expect(succeeded).toEqual([]);
	});
});
