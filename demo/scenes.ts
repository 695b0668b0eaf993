import { readExample } from '../lab/examples';
import type { Lab } from '../lab/lab';
import { callAsShop } from '../lab/shop';
import { CUSTOMERS, THREADS } from '../sandbox/server';
import type { StoredCredential } from '../tools/n8n/types';
import { waitUntil } from '../tools/process/wait';

/** What a scene is played with. */
interface SceneContext {
	lab: Lab;
	/** The credential by which the examples know the shop. */
	shopKey: StoredCredential;
}

/** One thing that the product does, shown in a lab. Rejects when it was not seen to happen. */
export interface Scene {
	title: string;
	play(context: SceneContext, see: (what: string) => void): Promise<void>;
}

const answerOrderQuestion: Scene = {
	title: 'A customer asks in the web chat, the workflow answers',
	async play({ lab: { sandbox, rest, publish } }, see) {
		const { id } = await publish(await readExample('answer-order-questions'));
		const thread = THREADS.webchat;
		await sandbox.customerWrites(thread, 'Where is my order 4711?');

		const execution = await rest.waitForExecution({ workflowId: id });
		if (execution.status !== 'success') throw new Error(`n8n's execution: ${execution.status}`);
		see(`n8n ran execution ${execution.id} of the workflow: ${execution.status}`);

		const path = `/api/customers/${CUSTOMERS.webchat}/profile`;
		const [read] = sandbox.requests({ method: 'GET', path });
		if (read?.status !== 200) throw new Error('The profile was not read');
		see(`the profile of customer ${CUSTOMERS.webchat} was read`);

		const answers = sandbox.conversation(thread).filter(({ from }) => from === 'api');
		const [answer] = answers;
		if (answers.length !== 1 || !answer?.body?.includes('4711')) {
			throw new Error(`Expected one answer about order 4711, saw ${answers.length} answers`);
		}
		see('the customer got exactly one answer');

		const isResolved = () => sandbox.thread(thread).status === 'resolved';
		await waitUntil(isResolved, { what: 'the thread to be resolved' });
		see('the status of the thread is resolved');
	},
};

const fallBackToTemplate: Scene = {
	title: 'The shop has news, but the WhatsApp window of the customer is closed',
	async play({ lab: { sandbox, n8nUrl, rest, publish }, shopKey }, see) {
		const workflow = await publish(await readExample('tell-order-shipped', shopKey));
		const thread = THREADS.whatsappClosed;
		await callAsShop(n8nUrl, workflow, { customerThreadId: thread, order: 4712 });

		const execution = await rest.waitForExecution({ workflowId: workflow.id });
		if (execution.status !== 'success') throw new Error(`n8n's execution: ${execution.status}`);
		see(`n8n ran execution ${execution.id} of the workflow: ${execution.status}`);

		const sent = sandbox.conversation(thread).filter(({ from }) => from === 'api');
		const [message] = sent;
		if (sent.length !== 1 || message?.contentSid == null) {
			throw new Error(`Expected one template, saw ${sent.length} messages`);
		}
		see('the window was closed, so the approved template went out instead of the text');
	},
};

const waitForReply: Scene = {
	title: 'The shop asks about an appointment, the workflow waits, the customer answers',
	async play({ lab: { sandbox, n8nUrl, rest, publish }, shopKey }, see) {
		const workflow = await publish(await readExample('confirm-appointment', shopKey));
		const thread = THREADS.whatsappOpen;
		await callAsShop(n8nUrl, workflow, { customerThreadId: thread, time: 'Friday, 10:00' });

		const waiting = { workflowId: workflow.id, status: ['waiting' as const] };
		const isWaiting = async () => (await rest.executions(waiting)).length === 1;
		await waitUntil(isWaiting, { what: 'the workflow to wait' });
		see('the customer was asked, and the workflow waits');
		await sandbox.customerWrites(thread, 'Hmm, which Friday?');
		await sandbox.customerWrites(thread, 'Yes!');

		const execution = await rest.waitForExecution({ workflowId: workflow.id });
		if (execution.status !== 'success') throw new Error(`n8n's execution: ${execution.status}`);
		see(`n8n went on with execution ${execution.id}: ${execution.status}`);

		const said = sandbox.conversation(thread).filter(({ from }) => from === 'api');
		const [question, clarification, thanks, ...more] = said.map(({ body }) => body ?? '');
		if (!question?.includes('Friday, 10:00') || !clarification?.startsWith('Sorry')) {
			throw new Error(`Expected a question and a clarification, saw ${JSON.stringify(said)}`);
		}
		if (!thanks?.startsWith('Thank you') || more.length > 0) {
			throw new Error(`Expected one thank-you, saw ${JSON.stringify(said)}`);
		}
		see('it asked again when the answer was unclear, and thanked for the yes');
		const hasNoneLeft = () =>
			!sandbox.webhooks().some(({ url }) => url.includes('webhook-waiting'));
		await waitUntil(hasNoneLeft, { what: 'the webhook of the question to be removed' });
		see('it left no webhook behind');
	},
};

export const scenes: readonly Scene[] = [answerOrderQuestion, fallBackToTemplate, waitForReply];
