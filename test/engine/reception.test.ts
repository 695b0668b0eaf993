import axios from 'axios';

import { waitUntil } from '../../tools/process/wait';
import { EngineN8n } from '../support/engine/engineN8n';
import { useSandbox } from '../support/engine/sandbox';
import { useTriggers } from '../support/engine/triggers';
import { WaitingExecution, type Question } from '../support/engine/waitingExecution';

/*
 * A published trigger forwards replies to the questions that wait. What is protected here: one delivery
 * a message however many wait, and no reply lost or given to a question that it does not belong to.
 */

const sandbox = useSandbox();
const { inactive } = useTriggers(sandbox);

let n8n: EngineN8n;
const executions: WaitingExecution[] = [];

beforeEach(async () => {
	n8n = await EngineN8n.start();
});
afterEach(async () => {
	await settled();
	for (const execution of executions.splice(0)) await execution.close();
	for (const { id, url } of sandbox.current.webhooks()) {
		if (url.includes('/webhook-waiting/')) await atInstaply(`webhooks/${id}/delete`);
	}
	await n8n.close();
});

/** What somebody does at Instaply by hand. */
async function atInstaply(path: string, body = {}) {
	const { url, token } = sandbox.current;
	await axios.post(`${url}/api/${path}`, body, {
		headers: { token, 'Content-Type': 'application/json' },
		proxy: false,
	});
}

/** A published trigger of the n8n. */
async function published(parameters = {}) {
	const trigger = await inactive(parameters, { n8n });
	await trigger.activate();
	await settled();
	return trigger;
}

/** What a registration does in the background is over. */
async function settled() {
	let before = -1;
	await waitUntil(
		() => {
			const count = sandbox.current.requests().length;
			const isQuiet = count === before;
			before = count;
			return isQuiet;
		},
		{ what: 'Instaply to be left alone', interval: 50 },
	);
}

async function asked(question: Question = {}, thread = sandbox.current.addThread().id) {
	const execution = await WaitingExecution.ask(sandbox.current, {
		n8n,
		...question,
		parameters: { customerThreadId: String(thread), ...question.parameters },
	});
	executions.push(execution);
	await settled();
	const webhook = () =>
		sandbox.current.webhooks().find(({ url }) => url.includes(`/${execution.id}/`));
	return { thread, execution, webhook };
}

/** What the customer of a thread writes. @returns the statuses of the deliveries, by what said them */
async function writes(thread: number, text: string) {
	const { deliveries } = await sandbox.current.customerWrites(thread, text);
	return deliveries.map(({ answer, status }) => [status, JSON.parse(answer ?? '{}').status]);
}

const texts = (execution: WaitingExecution) =>
	execution.resumed.map(({ reply }) => (reply as { text: string }).text);

describe('A message, while a trigger is published', () => {
	it('is delivered once, and forwarded to the question of its thread alone', async () => {
		const trigger = await published();
		const one = await asked();
		const other = await asked();
		expect(one.webhook()).toMatchObject({ enabled: false });
		expect(await writes(one.thread, 'Yes')).toEqual([[200, 'awaited elsewhere']]);
		expect(texts(one.execution)).toEqual(['Yes']);
		expect(other.execution.resumed).toEqual([]);
		expect(n8n.forwarded).toEqual([one.execution.id]);
		expect(trigger.started).toEqual([]);
		await waitUntil(() => one.webhook() === undefined, { what: 'the webhook to be removed' });
	});

	it('costs no request to Instaply when nothing is awaited, and one list for many when something is', async () => {
		const trigger = await published();
		const other = sandbox.current.addThread().id;
		sandbox.current.clearRecords();
		expect(await writes(other, 'Hello')).toEqual([[200, 'started']]);
		expect(sandbox.current.requests()).toEqual([]);
		await asked();
		sandbox.current.clearRecords();
		for (const text of ['One', 'Two', 'Three']) await writes(other, text);
		expect(sandbox.current.requests({ route: 'GET /api/webhooks/' }).length).toBeLessThan(2);
		expect(trigger.started).toHaveLength(4);
		expect(n8n.forwarded).toEqual([]);
	});
});
