/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { join } from 'node:path';
import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { OwnLab } from '../../lab/lab';
import { ask as askNode, INSTAPLY_TRIGGER, instaplyTrigger, NEXT, START } from '../../lab/nodes';
import { asItems } from '../../lab/workflow';
import { THREADS, type DeliveryRecord } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import type { StoredWorkflow } from '../../tools/n8n/types';
import { waitUntil } from '../../tools/process/wait';
import { startOwnLab } from '../support/e2e/lab';
import { runOperation } from '../support/e2e/operation';

jest.setTimeout(180_000);

const VERSION_010 = join(__dirname, '..', 'fixtures', 'n8n-nodes-instaply-0.1.0.tgz');
const THIS_VERSION = () => process.env.PACKAGE_UNDER_TEST ?? '';
/** Of the trigger's node type: what tells the packages apart, as both may say that they are 0.1.0. */
const TYPE_VERSIONS = { before: [1, 1.1], now: [1, 1.1, 1.2] };

const QUESTION = 'Will you come?';
const CLARIFICATION = 'Please answer with yes or no.';
const YES_OR_NO = {
	acceptedReplies: { reply: [{ reply: 'yes', alsoAccept: 'sure' }, { reply: 'no' }] },
	clarification: CLARIFICATION,
	maxTries: 2,
};
/** Over by the time that n8n has started again and been looked at, and not before it stops. */
const BRIEFLY = {
	limitWaitTime: {
		values: { limitType: 'afterTimeInterval', resumeAmount: 0.35, resumeUnit: 'minutes' },
	},
};

/** An execution that has asked and waits. */
interface Question {
	id: string;
	thread: number;
}

/** Questions in the states in which an update finds them. */
interface Questions {
	plain: Question;
	/** Whose first reply was none of the accepted ones; so are those of the next. */
	clarified: Question;
	/** It is to get a second one of that kind, which is the last. */
	givenUp: Question;
	/** Its time is up some time after the other version has started. */
	timedOut: Question;
}

/*
 * The package is replaced by another version of it while triggers are published and executions wait,
 * as an update does, and as people do who go back.
 */
describe('When the package is replaced', () => {
	let lab: OwnLab;
	let installed = VERSION_010;
	let count = 0;

	beforeAll(async () => {
		lab = await startOwnLab({ packageTarball: VERSION_010 });
		await expectTypeVersions(TYPE_VERSIONS.before);
	});
	afterAll(async () => await lab?.close());
	afterEach(async () => {
		const headers = { token: lab.sandbox.token };
		for (const { id } of lab.sandbox.webhooks()) {
			await axios.post(
				`${lab.sandbox.url}/api/webhooks/${id}/delete`,
				{},
				{ headers, proxy: false },
			);
		}
	});

	const expectTypeVersions = async (versions: number[]) => {
		const types = await lab.rest.nodeTypes();
		const triggers = types.filter(({ name }) => name === INSTAPLY_TRIGGER);
		expect(triggers.flatMap(({ version }) => version)).toEqual(versions);
	};
	const replacePackage = async (tarball: string, versions: number[]) => {
		if (tarball === installed) return;
		installed = tarball;
		await lab.n8n.restartWithPackage(tarball);
		await lab.rest.login();
		await expectTypeVersions(versions);
	};
	const update = async () => await replacePackage(THIS_VERSION(), TYPE_VERSIONS.now);
	const goBack = async () => await replacePackage(VERSION_010, TYPE_VERSIONS.before);

	/** A trigger that both versions know, so that replies start nothing in either of them. */
	const publishTrigger = async (): Promise<StoredWorkflow> => {
		count += 1;
		const options = { ignoreAwaitedReplies: true };
		const trigger = { ...instaplyTrigger(`update-${count}`, { options }), typeVersion: 1.1 };
		return await lab.publish({ nodes: [trigger, NEXT] });
	};
	const publishAgain = async (workflow: StoredWorkflow) => {
		await lab.rest.activate(workflow);
		await lab.rest.waitUntilPublished(workflow.id);
	};
	const ask = async (options: INodeParameters = {}): Promise<Question> => {
		const thread = lab.sandbox.addThread().id;
		const workflow = await lab.save({
			nodes: [START, askNode(String(thread), options), NEXT],
			pinData: { [START.name]: asItems([{ from: 'before' }]) },
		});
		const id = await lab.rest.runManually(workflow, { trigger: START.name });
		await waitUntil(async () => await isWaiting({ id }), { what: `execution ${id} to wait` });
		return { id, thread };
	};
	const askAll = async (): Promise<Questions> => {
		const [plain, clarified, givenUp] = [await ask(), await ask(YES_OR_NO), await ask(YES_OR_NO)];
		for (const question of [clarified, givenUp]) {
			await writes(question, 'Perhaps');
			await waitUntil(() => textsIn(question).includes(CLARIFICATION), { what: 'a clarification' });
		}
		return { plain, clarified, givenUp, timedOut: await ask(BRIEFLY) };
	};

	const isWaiting = async ({ id }: Pick<Question, 'id'>) =>
		(await lab.rest.execution(id)).status === 'waiting';
	const textsIn = ({ thread }: Pick<Question, 'thread'>) =>
		lab.sandbox.conversation(thread).map(({ body }) => body);
	const writes = async ({ thread }: Pick<Question, 'thread'>, text: string) =>
		(await lab.sandbox.customerWrites(thread, text)).deliveries;
	const webhooksOfTriggers = () =>
		lab.sandbox.webhooks().filter(({ url }) => !url.includes('/webhook-waiting/'));
	const webhooksOfQuestions = () =>
		lab.sandbox.webhooks().filter(({ url }) => url.includes('/webhook-waiting/'));

	/** It went on once, with this in its item. */
	const expectGoneOn = async ({ id }: Question, item: IDataObject) => {
		const execution = await lab.rest.waitForEnd(id, { timeout: 90_000 });
		expect(execution.status).toBe('success');
		expect(execution.data.resultData.runData[NEXT.name]).toHaveLength(1);
		expect(itemsOf(execution, NEXT.name)).toMatchObject([{ json: { from: 'before', ...item } }]);
	};
	const expectAllTaken = async ({ plain, clarified, givenUp, timedOut }: Questions) => {
		const replies: DeliveryRecord[] = [];
		replies.push(...(await writes(plain, 'Yes')));
		await expectGoneOn(plain, { reply: { text: 'Yes' }, timedOut: false });
		replies.push(...(await writes(clarified, 'Sure')));
		await expectGoneOn(clarified, { choice: 'yes', matched: true });
		await writes(givenUp, 'Maybe');
		await expectGoneOn(givenUp, { choice: null, matched: false, reply: { text: 'Maybe' } });
		await expectGoneOn(timedOut, { reply: null, timedOut: true });
		for (const question of [clarified, givenUp]) {
			expect(textsIn(question)).toEqual([QUESTION, 'Perhaps', CLARIFICATION, expect.any(String)]);
		}
		// Nobody is asked once more.
		expect(textsIn(timedOut)).toEqual([QUESTION]);
		// Neither does a reply count twice.
		for (const reply of replies) await lab.sandbox.redeliver(reply);
		for (const question of [plain, clarified]) expect(await isWaiting(question)).toBe(false);
	};
	const started = async ({ id }: StoredWorkflow) => {
		await lab.idle();
		const executions = await lab.rest.executions({ workflowId: id });
		return await Promise.all(
			executions.map(async (execution) => {
				const [item] = itemsOf(await lab.rest.execution(execution.id), NEXT.name);
				return item?.json.messageBody;
			}),
		);
	};
	/** One webhook is registered, and what it delivers starts the workflow, once. */
	const expectStarts = async (workflow: StoredWorkflow, text: string) => {
		expect(webhooksOfTriggers()).toMatchObject([{ enabled: true, subscribedEvents: ['messages'] }]);
		const before = await started(workflow);
		const { deliveries } = await lab.sandbox.customerWrites(THREADS.webchat, text);
		const byTrigger = deliveries.filter(({ url }) => !url.includes('/webhook-waiting/'));
		expect(byTrigger).toMatchObject([{ status: 200, answer: '{"status":"started"}' }]);
		expect(await started(workflow)).toEqual([text, ...before]);
	};
	/** What timed out is removed, too, but some while later. */
	const expectNoWebhookBut = async ({ timedOut }: Pick<Questions, 'timedOut'>) => {
		const others = () =>
			lab.sandbox.webhooks().filter(({ url }) => !url.includes(`/webhook-waiting/${timedOut.id}/`));
		await waitUntil(() => others().length === 0, { what: 'no webhook to be left' });
	};
	const expectNoWebhook = async () => {
		await waitUntil(() => lab.sandbox.webhooks().length === 0, { what: 'no webhook to be left' });
	};

	it('an update serves triggers and executions of version 0.1.0', async () => {
		await goBack();
		const trigger = await publishTrigger();
		const questions = await askAll();
		await update();
		await expectStarts(trigger, 'After the update');
		await expectAllTaken(questions);
		expect(await started(trigger)).toEqual(['After the update']);
		await lab.unpublish(trigger);
		await expectNoWebhookBut(questions);
	});

	it('version 0.1.0 serves triggers and executions of this one, once they were unpublished', async () => {
		await update();
		const trigger = await publishTrigger();
		const questions = await askAll();
		await lab.unpublish(trigger);
		await goBack();
		await publishAgain(trigger);
		await expectStarts(trigger, 'After going back');
		await expectAllTaken(questions);
		expect(await started(trigger)).toEqual(['After going back']);
		await lab.unpublish(trigger);
		await expectNoWebhookBut(questions);
		await update();
		await lab.unpublish(await publishTrigger());
		await expectNoWebhook();
	});

	it('version 0.1.0 forwards nothing when they were not, until the webhooks of questions are enabled', async () => {
		await update();
		const trigger = await publishTrigger();
		const [question, timedOut] = [await ask(), await ask(BRIEFLY)];
		await waitUntil(() => webhooksOfQuestions().every(({ enabled }) => !enabled), {
			what: 'the trigger to forward replies',
		});
		await goBack();
		await expectStarts(trigger, 'After going back');
		expect((await writes(question, 'Lost')).map(({ answer }) => answer)).toEqual([
			'{"status":"awaited elsewhere"}',
		]);
		expect(await isWaiting(question)).toBe(true);
		await expectGoneOn(timedOut, { reply: null, timedOut: true });
		expect(textsIn(timedOut)).toEqual([QUESTION]);

		await lab.unpublish(trigger);
		expect(webhooksOfTriggers()).toEqual([]);
		await publishAgain(trigger);
		for (const { id } of webhooksOfQuestions()) {
			const parameters = { resource: 'webhook', operation: 'update', webhookId: String(id) };
			const updated = { ...parameters, updateFields: { enabled: true } };
			expect((await runOperation(lab, updated)).execution.status).toBe('success');
		}
		await writes(question, 'Yes');
		await expectGoneOn(question, { reply: { text: 'Yes' } });
		expect(await started(trigger)).toEqual(['After going back']);
		await lab.unpublish(trigger);
		await expectNoWebhookBut({ timedOut });
	});
});
