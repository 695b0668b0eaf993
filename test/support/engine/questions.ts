import { message } from '../../../lab/events';
import type { Sandbox } from '../../../sandbox/server';
import { waitUntil } from '../../../tools/process/wait';
import { deliver } from './deliver';
import { WaitingExecution, type Question } from './waitingExecution';

/** Of a message: when its event happened, and when it was written. */
interface Sent {
	timestamp?: number;
	messageTimestamp?: number;
	messageId?: number;
}

let lastMessage = 0;

/** Executions that wait for replies, for the tests of one file; they are closed after each test. */
export function useQuestions(sandbox: { readonly current: Sandbox }) {
	const open: WaitingExecution[] = [];
	const webhookOf = (execution: WaitingExecution) =>
		sandbox.current.webhooks().find(({ url }) => url.startsWith(execution.url));

	afterEach(async () => {
		for (const execution of open.splice(0)) {
			const isLeft = () => execution.resumed.length > 0 && webhookOf(execution) !== undefined;
			await waitUntil(() => !isLeft(), {
				what: 'the webhook of an answered question to be removed',
			});
			await execution.close();
		}
	});

	/** An execution that asked the customer of a new thread. */
	return async ({ parameters, ...question }: Question = {}) => {
		const customerThreadId = String(sandbox.current.addThread().id);
		const looks = () => sandbox.current.requests({ route: 'GET /api/webhooks/' }).length;
		const before = looks();
		const execution = await WaitingExecution.ask(sandbox.current, {
			...question,
			parameters: { customerThreadId, ...parameters },
		});
		open.push(execution);
		// Nothing waits for this, so it could come among what a test looks at.
		await waitUntil(() => looks() > before, {
			what: 'the look for left-over webhooks that follows a question',
			interval: 5,
		});
		const registered = webhookOf(execution);
		if (registered === undefined) throw new Error('Instaply has no webhook of this execution');
		/** As registered now, or last. */
		const webhook = () => webhookOf(execution) ?? registered;
		return {
			customerThreadId,
			execution,
			webhook,
			/** Delivers what the customer writes, at once unless it says when it was written. */
			async says(
				messageBody: string,
				{
					timestamp = Date.now(),
					messageTimestamp = timestamp,
					messageId = ++lastMessage,
				}: Sent = {},
			) {
				const { url, extraHeaders } = webhook();
				const reply = message({ customerThreadId, messageBody, messageId, messageTimestamp });
				const headers = extraHeaders.map(({ name, value }) => [name, value]);
				return await deliver(url, { ...reply, timestamp }, Object.fromEntries(headers));
			},
			/** What was sent after the question. */
			clarifications: () =>
				sandbox.current
					.conversation(customerThreadId)
					.slice(1)
					.map(({ body }) => body),
		};
	};
}
