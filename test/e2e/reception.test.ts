import { openLab, type Lab } from '../../lab/lab';
import { ask, instaplyTrigger, NEXT, START } from '../../lab/nodes';
import { asItems } from '../../lab/workflow';
import type { DeliveryRecord } from '../../sandbox/server';
import { N8nRestError } from '../../tools/n8n/http';
import type { N8nInstance } from '../../tools/n8n/instance';
import { itemsOf } from '../../tools/n8n/rest';
import type { StoredWorkflow } from '../../tools/n8n/types';
import { waitUntil } from '../../tools/process/wait';
import {
	isForeignN8n,
	isOldN8n,
	openSharedLab,
	PUBLICATION_KINDS,
	SOON_AFTER_A_CRASH,
	startOwnN8n,
} from '../support/e2e/lab';

jest.setTimeout(90_000);

const READ = 'GET /api/webhooks/:webHookId';
const DELETE = 'POST /api/webhooks/:webHookId/delete';

/**
 * n8n 1 and 2.0 take an execution that waits for crashed when they start after a crash. What belongs to
 * somebody else does not crash for a test.
 */
const afterACrash = isOldN8n || isForeignN8n ? it.skip : it;

const KINDS = isForeignN8n ? [['of somebody else', undefined] as const] : PUBLICATION_KINDS;

/** An execution that has asked and waits. */
interface Question {
	id: string;
	thread: number;
}

/*
 * What only a real n8n shows of a published trigger that forwards replies: that replies find their
 * execution whatever n8n does with the trigger's workflow, and whenever it crashes.
 */
describe.each(KINDS)('On an n8n %s, a reply', (_, publicationService) => {
	let n8n: N8nInstance | undefined;
	let lab: Lab;
	let questions: StoredWorkflow;
	let triggers: StoredWorkflow[];
	let count = 0;

	beforeAll(async () => {
		if (publicationService === undefined) return;
		n8n = await startOwnN8n({ publicationService, env: SOON_AFTER_A_CRASH });
	});
	afterAll(async () => await n8n?.stop());

	beforeEach(async () => {
		lab = n8n === undefined ? await openSharedLab() : await openLab(n8n.url);
		triggers = [];
	});
	afterEach(async () => {
		lab.sandbox.faults.clear();
		for (const trigger of triggers) await lab.unpublish(trigger).catch(unlessRefused);
		await lab.close();
	});

	/** Publishes a trigger in a workflow of its own. */
	const published = async (): Promise<StoredWorkflow> => {
		count += 1;
		const trigger = await lab.save({ nodes: [instaplyTrigger(`reception-${count}`), NEXT] });
		triggers.push(trigger);
		await publish(trigger);
		return trigger;
	};
	const publish = async (trigger: StoredWorkflow) => {
		await lab.rest.activate(trigger);
		await lab.rest.waitUntilPublished(trigger.id);
	};
	const asked = async (thread = lab.sandbox.addThread().id): Promise<Question> => {
		questions = await lab.save({
			nodes: [START, ask(String(thread)), NEXT],
			pinData: { [START.name]: asItems([{}]) },
		});
		const id = await lab.rest.runManually(questions, { trigger: START.name });
		await waitUntil(async () => await isWaiting({ id }), { what: `execution ${id} to wait` });
		return { id, thread };
	};
	const isWaiting = async ({ id }: Pick<Question, 'id'>) =>
		(await lab.rest.execution(id)).status === 'waiting';
	const webhookOf = ({ id }: Question) =>
		lab.sandbox.webhooks().find(({ url }) => url.includes(`/webhook-waiting/${id}/`));
	const webhooksOfTriggers = () =>
		lab.sandbox.webhooks().filter(({ url }) => !url.includes('/webhook-waiting/'));

	const expectWay = async (question: Question, way: 'by the trigger' | 'by Instaply') => {
		const isSo = () => webhookOf(question)?.enabled === (way === 'by Instaply');
		await waitUntil(isSo, { what: `replies to come ${way}` });
	};
	const writes = async ({ thread }: Pick<Question, 'thread'>, text: string) => {
		const { deliveries } = await lab.sandbox.customerWrites(thread, text);
		return deliveries;
	};
	const statusOf = ({ status, answer }: DeliveryRecord): unknown[] => [
		status,
		answer === null ? undefined : JSON.parse(answer).status,
	];
	const again = async ([delivery]: DeliveryRecord[]) => {
		if (delivery === undefined) throw new Error('Nothing was delivered');
		return await lab.sandbox.redeliver(delivery);
	};
	/** It resumed its execution, once, and started no workflow. */
	const expectTaken = async ({ id }: Question, text: string) => {
		const execution = await lab.rest.waitForEnd(id);
		expect(execution.status).toBe('success');
		expect(execution.data.resultData.runData[NEXT.name]).toHaveLength(1);
		expect(itemsOf(execution, NEXT.name)).toMatchObject([{ json: { reply: { text } } }]);
		await lab.idle();
		expect(await started()).toEqual([]);
	};
	/** The executions of all triggers' workflows, the newest first. */
	const started = async () => {
		const all = await Promise.all(
			triggers.map(async ({ id }) => await lab.rest.executions({ workflowId: id })),
		);
		return all.flat();
	};
	const crash = async () => await n8n?.kill();
	const restart = async () => {
		await n8n?.restart();
		await lab.rest.login();
	};
	/** Deletes an archived workflow. */
	const isDeleted = async (workflow: StoredWorkflow) => {
		const deleting = lab.rest.deleteArchivedWorkflow(workflow).then(() => true);
		return (await deleting.catch(unlessRefused)) ?? false;
	};
	/** n8n listens again, which it does in the background where it publishes so. */
	const isListening = async () => {
		const [webhook] = webhooksOfTriggers();
		const { origin, pathname } = new URL(webhook?.url ?? '');
		const { status } = await fetch(`${origin}${pathname}`, { method: 'POST' });
		return status === 401;
	};

	it('is one delivery, and is forwarded to the question of its thread alone', async () => {
		await published();
		const question = await asked();
		const other = await asked();
		await expectWay(question, 'by the trigger');
		await expectWay(other, 'by the trigger');
		const deliveries = await writes(question, 'Yes');
		expect(deliveries.map(statusOf)).toEqual([[200, 'awaited elsewhere']]);
		await expectTaken(question, 'Yes');
		expect(await isWaiting(other)).toBe(true);
		await waitUntil(() => webhookOf(question) === undefined, { what: 'its webhook to go' });
	});

	it('finds its question when the trigger is published later, unpublished and published again', async () => {
		const [first, second, third] = [await asked(), await asked(), await asked()];
		for (const question of [first, second, third]) await expectWay(question, 'by Instaply');

		const trigger = await published();
		for (const question of [first, second, third]) await expectWay(question, 'by the trigger');
		expect((await writes(first, 'One')).map(statusOf)).toEqual([[200, 'awaited elsewhere']]);
		await expectTaken(first, 'One');

		await lab.unpublish(trigger);
		for (const question of [second, third]) await expectWay(question, 'by Instaply');
		expect((await writes(second, 'Two')).map(statusOf)).toContainEqual([200, 'resumed']);
		await expectTaken(second, 'Two');

		await publish(trigger);
		await expectWay(third, 'by the trigger');
		expect((await writes(third, 'Three')).map(statusOf)).toEqual([[200, 'awaited elsewhere']]);
		await expectTaken(third, 'Three');
	});

	it('finds its question when another trigger takes the place of the first', async () => {
		const first = await published();
		const question = await asked();
		await published();
		await lab.unpublish(first);
		await waitUntil(() => webhooksOfTriggers().length === 1, { what: 'the first one to go' });
		await expectWay(question, 'by the trigger');
		expect((await writes(question, 'Yes')).map(statusOf)).toEqual([[200, 'awaited elsewhere']]);
		await expectTaken(question, 'Yes');
	});

	it('finds its question when the workflow of the trigger is archived, and deleted', async () => {
		const trigger = await published();
		const [one, other] = [await asked(), await asked()];
		await expectWay(one, 'by the trigger');
		await lab.rest.archiveWorkflow(trigger);
		await waitUntil(() => webhooksOfTriggers().length === 0, { what: 'the trigger to go' });
		expect((await writes(one, 'One')).map(statusOf)).toContainEqual([200, 'resumed']);
		await expectTaken(one, 'One');

		await waitUntil(async () => await isDeleted(trigger), { what: 'n8n to delete the workflow' });
		triggers = [];
		await writes(other, 'Two');
		await expectTaken(other, 'Two');
	});
	it('answers the newer of two questions in its thread, and the next one the older', async () => {
		await published();
		const older = await asked();
		const newer = await asked(older.thread);
		await writes(older, 'First');
		await expectTaken(newer, 'First');
		expect(await isWaiting(older)).toBe(true);
		await writes(older, 'Second');
		await expectTaken(older, 'Second');
	});

	it('is swallowed by no question that was stopped', async () => {
		await published();
		const older = await asked();
		const newer = await asked(older.thread);
		await lab.rest.stop(newer.id);
		await writes(older, 'For the older one');
		await expectTaken(older, 'For the older one');

		expect(webhookOf(newer)).toBeDefined();
		expect((await writes(newer, 'Hello')).map(statusOf)).toEqual([[200, 'started']]);
		await waitUntil(async () => (await started()).length === 1, { what: 'the workflow to start' });
	});

	afterACrash(
		'that comes while n8n is down is taken when it is delivered again, once',
		async () => {
			await published();
			const question = await asked();
			const other = await asked();
			await expectWay(question, 'by the trigger');
			await crash();
			const deliveries = await writes(question, 'Yes');
			expect(deliveries).toMatchObject([{ delivered: false }]);
			await restart();
			await waitUntil(isListening, { what: 'the trigger to be listened to' });
			expect(statusOf(await again(deliveries))).toEqual([200, 'awaited elsewhere']);
			expect(statusOf(await again(deliveries))).toEqual([200, 'duplicate']);
			await expectTaken(question, 'Yes');
			await writes(other, 'After the crash');
			await expectTaken(other, 'After the crash');
		},
	);

	afterACrash('is taken once when n8n crashes while it forwards', async () => {
		await published();
		const question = await asked();
		await expectWay(question, 'by the trigger');
		// Just before it is forwarded, its question is read.
		const reading = lab.sandbox.faults.add({ route: READ, kind: 'hang' });
		const writing = writes(question, 'Yes');
		await waitUntil(() => reading.strikes > 0, { what: 'the question to be read', interval: 10 });
		await crash();
		const deliveries = await writing;
		expect(deliveries).toMatchObject([{ delivered: false }]);
		await restart();
		await waitUntil(isListening, { what: 'the trigger to be listened to' });
		expect(statusOf(await again(deliveries))).toEqual([200, 'awaited elsewhere']);
		await expectTaken(question, 'Yes');
	});

	afterACrash('is taken once when n8n crashes while it unpublishes the trigger', async () => {
		const trigger = await published();
		const question = await asked();
		await expectWay(question, 'by the trigger');
		const deleting = lab.sandbox.faults.add({ route: DELETE, kind: 'hang' });
		const unpublishing = lab.rest.deactivate(trigger).catch(() => {});
		await waitUntil(() => deleting.strikes > 0, { what: 'n8n to unpublish', interval: 10 });
		await crash();
		await unpublishing;
		await restart();
		await writes(question, 'Yes');
		await expectTaken(question, 'Yes');
	});
});

/** As n8n refuses to deactivate what is not active, and to delete what it still deactivates. */
function unlessRefused(error: unknown): undefined {
	if (!(error instanceof N8nRestError)) throw error;
}
