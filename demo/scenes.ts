import { readExample } from '../lab/examples';
import type { Lab } from '../lab/lab';
import { callAsShop } from '../lab/shop';
import { CUSTOMERS, THREADS } from '../sandbox/server';
import { hasEnded } from '../tools/n8n/rest';
import type { StoredCredential, StoredWorkflow } from '../tools/n8n/types';
import { waitUntil } from '../tools/process/wait';
import { startStubModel } from '../tools/stubModel';

const SEND_PATH = '/api/send-message-to-customer-thread';

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

const holdConversation: Scene = {
	title: 'A customer writes three quick messages to an AI agent, then an employee takes over',
	async play({ lab }, see) {
		const { sandbox, rest } = lab;
		const model = await startStubModel(['Yes, we are open **until seven**.']);
		const account = { apiKey: 'none', url: model.url };
		const credential = await rest.createCredential('openAiApi', account, 'Stand-in of a model');
		const watch = await lab.publish(await readExample('pause-the-bot'));
		await rest.waitForEnd(await rest.runManually(watch, { trigger: 'Once, Before Publishing' }));
		const agent = await lab.publish(await readExample('ai-agent', credential));
		const thread = sandbox.addThread({ channel: 'WHATSAPP', customerId: CUSTOMERS.email }).id;
		const answers = () => sandbox.conversation(thread).filter(({ from }) => from === 'api');

		const questions = ['Hello!', 'One question:', 'are you open on Saturday?'];
		await Promise.all(questions.map(async (text) => await sandbox.customerWrites(thread, text)));
		await endedWell(lab, agent, 1);
		const [asked, ...more] = model.conversations;
		if (more.length > 0 || asked?.join() !== `user: ${questions.join('\n')}`) {
			throw new Error(`Expected one question, saw ${JSON.stringify(model.conversations)}`);
		}
		see('the three messages became one run, and the model read them as one question');
		const [answer, ...others] = answers();
		if (others.length > 0 || answer?.body !== 'Yes, we are open *until seven*.') {
			throw new Error(`Expected one answer, saw ${JSON.stringify(answers())}`);
		}
		see('the customer got one answer, and its Markdown as WhatsApp shows it');

		// Its first run made the tables, and another one was for what the agent wrote.
		await endedWell(lab, watch, 2);
		await sandbox.employeeWrites(thread, 'This is Tom from the store: let me look for you.');
		await endedWell(lab, watch, 3);
		await sandbox.customerWrites(thread, 'Thank you! Is the red jacket there in M?');
		await endedWell(lab, agent, 2);
		if (answers().length > 1 || model.conversations.length > 1) {
			throw new Error(`Expected silence, saw ${JSON.stringify(answers())}`);
		}
		see('since the employee wrote, the agent is silent in this thread');

		await lab.unpublish(agent);
		await lab.unpublish(watch);
		await model.close();
		// Or n8n puts it into the agents that somebody imports afterwards, who then are all silent.
		await rest.deleteCredential(credential);
	},
};

const askEverybody: Scene = {
	title: 'The shop asks five customers at once, and they answer in an order of their own',
	async play({ lab }, see) {
		const { sandbox, rest } = lab;
		const workflow = await lab.publish(await readExample('ask-everybody'));
		const run = async () => {
			const id = await rest.runManually(workflow, { trigger: 'When I Want To' });
			await rest.waitForEnd(id);
		};
		await run();
		const table = (await rest.dataTables()).find(({ name }) => name === 'Customers to Ask');
		if (table === undefined) throw new Error('The table was not made');
		const begin = (customerId: string, windowOpen = true) =>
			String(sandbox.addThread({ channel: 'WHATSAPP', customerId, windowOpen }).id);
		const alan = begin(CUSTOMERS.webchat);
		const maria = begin(CUSTOMERS.sms);
		const claire = begin(CUSTOMERS.whatsappOpen);
		const hugo = begin(CUSTOMERS.whatsappClosed, false);
		const priya = begin(CUSTOMERS.email);
		await rest.insertDataTableRows(table, [
			{ threadId: alan, firstName: 'Alan' },
			{ threadId: maria, firstName: 'Maria' },
			{ threadId: claire, firstName: 'Claire' },
			{ threadId: hugo, firstName: 'Hugo' },
			{ threadId: priya, firstName: 'Priya' },
		]);
		await run();
		const waiting = { workflowId: workflow.id, status: ['waiting' as const] };
		const allWait = async () => (await rest.executions(waiting)).length === 4;
		await waitUntil(allWait, { what: 'four questions to wait' });
		see('four customers were asked, and four executions wait side by side');

		await sandbox.customerWrites(priya, 'Yes, with my sister!');
		await sandbox.customerWrites(maria, 'no thanks');
		await sandbox.customerWrites(alan, 'Yes!');
		await sandbox.customerWrites(priya, 'yes');
		await sandbox.customerWrites(claire, 'STOP');
		const noneWaits = async () => (await rest.executions(waiting)).length === 0;
		await waitUntil(noneWaits, { what: 'all answers to be taken' });
		await lab.idle();
		const rows = await rest.dataTableRows(table);
		const answers = rows.map(({ status, answer }) => (answer ? answer : status)).join('; ');
		const closed = `not asked, because: The messaging window of thread ${hugo} is closed`;
		if (answers !== `Yes; No; Stop; ${closed}; Yes`) throw new Error(`The table says ${answers}`);
		see(`each answer is in the row of its customer: ${answers}`);
		const stopped = sandbox.conversation(claire).filter(({ from }) => from === 'api');
		if (stopped.length !== 2 || !rows[2]?.optedOut) throw new Error('The "STOP" was not noted');
		see('the "STOP" was noted and confirmed, and that customer is asked nothing any more');

		const asked = sandbox.requests({ path: SEND_PATH }).length;
		await run();
		if (sandbox.requests({ path: SEND_PATH }).length > asked) throw new Error('It asked twice');
		see('run once more, it asks nobody');
		await lab.unpublish(workflow);
	},
};

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

/** Waits until so many executions of a workflow have ended, all of them well. */
async function endedWell(
	{ rest }: Lab,
	{ id, name }: StoredWorkflow,
	count: number,
): Promise<void> {
	const ended = async () => {
		const executions = (await rest.executions({ workflowId: id })).filter(hasEnded);
		return executions.length >= count && executions;
	};
	const executions = await waitUntil(ended, { what: `"${name}" to run ${count} times` });
	if (executions.length > count || executions.some(({ status }) => status !== 'success')) {
		throw new Error(`n8n's executions: ${executions.map(({ status }) => status).join()}`);
	}
}

/** The first two take down what they have published: later workflows would answer there as well. */
export const scenes: readonly Scene[] = [
	holdConversation,
	askEverybody,
	answerOrderQuestion,
	fallBackToTemplate,
	waitForReply,
];
