import { readExample } from '../../lab/examples';
import type { Lab } from '../../lab/lab';
import { INSTAPLY, instaplyTrigger, START } from '../../lab/nodes';
import { asItems } from '../../lab/workflow';
import { THREADS } from '../../sandbox/server';
import { itemsOf } from '../../tools/n8n/rest';
import type { StoredWorkflow } from '../../tools/n8n/types';
import { waitUntil } from '../../tools/process/wait';
import { isForeignN8n, openSharedLab, PUBLICATION_KINDS, startOwnLab } from '../support/e2e/lab';
import { runOperation } from '../support/e2e/operation';

jest.setTimeout(60_000);

const DELETE = 'POST /api/webhooks/:webHookId/delete';

const KINDS = isForeignN8n ? PUBLICATION_KINDS.slice(0, 1) : PUBLICATION_KINDS;

describe.each(KINDS)('The webhooks of an n8n %s', (_, publicationService) => {
	let lab: Lab;
	let workflows: StoredWorkflow[];
	let waits: Record<string, string>;
	const at = (path: string) => `${lab.n8nUrl}/${path}`;
	const webhooks = () => ({
		alive: at('webhook/alive/webhook'),
		/** Its workflow was deactivated while Instaply was out of reach. */
		lost: at('webhook/lost/webhook'),
		/** Of a workflow that a database restored from a backup does not know. */
		forgotten: at('webhook/forgotten/webhook'),
		/** What is left when n8n crashes during a test run. */
		crashed: at('webhook-test/crashed/webhook'),
		/** Of executions: one waits, one was stopped, and one was deleted. */
		waiting: waits.waiting ?? '',
		stopped: waits.stopped ?? '',
		deleted: waits.deleted ?? '',
		foreign: 'https://example.com/webhook/foreign/webhook',
	});
	const register = async (url: string) => {
		const parameters = { resource: 'webhook', operation: 'create', url, events: ['messages'] };
		expect((await runOperation(lab, parameters)).execution.status).toBe('success');
	};

	/** Has an execution wait for a reply. @returns its ID and address */
	const ask = async (customerThreadId: string) => {
		const parameters = {
			resource: 'message',
			operation: 'sendAndWait',
			customerThreadId,
			text: '?',
		};
		const nodes = [START, { name: 'Ask', type: INSTAPLY, parameters }];
		const workflow = await lab.save({ nodes, pinData: { Start: asItems([{}]) } });
		const id = await lab.rest.runManually(workflow, { trigger: 'Start' });
		const isWaiting = async () => (await lab.rest.execution(id)).status === 'waiting';
		await waitUntil(isWaiting, { what: 'the execution to wait' });
		const isIts = ({ url }: { url: string }) => url.includes(`/webhook-waiting/${id}/`);
		return { id, url: lab.sandbox.webhooks().find(isIts)?.url ?? '' };
	};

	beforeAll(async () => {
		// As in n8n's Docker image; it changes what n8n says when something goes wrong.
		const env = { NODE_ENV: 'production' };
		lab =
			publicationService || isForeignN8n
				? await openSharedLab()
				: await startOwnLab({ publicationService, env });
		const alive = await lab.publish({ nodes: [instaplyTrigger('alive')] });
		const lost = await lab.publish({ nodes: [instaplyTrigger('lost')] });
		workflows = [alive, lost];
		const fault = lab.sandbox.faults.add({ route: DELETE, kind: 'drop', times: Infinity });
		await lab.rest.deactivate(lost);
		const isUnpublished = async () => {
			const publication = await lab.rest.publicationStatus(lost.id);
			return publication === undefined || publication.status === 'not_published';
		};
		await waitUntil(isUnpublished, { what: 'the workflow to be unpublished' });
		fault.remove();
		const [waiting, stopped, deleted] = [
			await ask(THREADS.webchat),
			await ask(THREADS.sms),
			await ask(THREADS.email),
		];
		waits = { waiting: waiting.url, stopped: stopped.url, deleted: deleted.url };
		await lab.rest.stop(stopped.id);
		await lab.rest.deleteExecution(deleted.id);
		const { forgotten, crashed, foreign } = webhooks();
		for (const url of [forgotten, crashed, foreign]) await register(url);
	});
	afterAll(async () => await lab.close());

	const statuses = async () => {
		const { items } = await runOperation(lab, {
			resource: 'webhook',
			operation: 'getAll',
			options: { onlyFromThisN8n: true },
		});
		const listed = items as Array<{ url: string; status: string }>;
		return Object.fromEntries(listed.map(({ url, status }) => [withoutVersion(url), status]));
	};
	const expected = () => {
		const { alive, lost, forgotten, crashed, waiting, stopped, deleted } = webhooks();
		return {
			[alive]: 'active',
			// Without the service, n8n 2.41.1 goes on listening where a trigger could not tidy up.
			[lost]: publicationService ? 'orphaned' : 'active',
			[forgotten]: 'orphaned',
			[crashed]: 'orphaned',
			[waiting]: 'waiting',
			[stopped]: 'orphaned',
			[deleted]: 'orphaned',
		};
	};

	it('have a status, which is asked for without starting anything', async () => {
		expect(await statuses()).toEqual(expected());
		for (const { id } of workflows) {
			expect(await lab.rest.executions({ workflowId: id })).toEqual([]);
		}
	});

	it('are deleted by the example workflow when they are orphaned, and no others', async () => {
		const example = await readExample('clean-up-orphaned-webhooks', lab.credential);
		const workflow = await lab.rest.createWorkflow(example);
		const id = await lab.rest.runManually(workflow, { trigger: 'When I Want To' });
		const execution = await lab.rest.waitForEnd(id);

		expect(execution.status).toBe('success');
		const orphans = Object.values(expected()).filter((status) => status === 'orphaned');
		expect(itemsOf(execution, 'Delete Them')).toHaveLength(orphans.length);
		const { alive, lost, waiting, foreign } = webhooks();
		expect(
			lab.sandbox
				.webhooks()
				.map(({ url }) => withoutVersion(url))
				.sort(),
		).toEqual([alive, waiting, foreign, ...(publicationService ? [] : [lost])].sort());
	});

	it('are active while a test run listens', async () => {
		const workflow = await lab.save({ nodes: [instaplyTrigger('tried')] });
		await lab.rest.listenForTestEvent(workflow, { trigger: 'Instaply Trigger' });
		const tried = at('webhook-test/tried/webhook');
		const { alive, waiting } = webhooks();
		expect(await statuses()).toMatchObject({
			[alive]: 'active',
			[waiting]: 'waiting',
			[tried]: 'active',
		});
		await lab.rest.stopListening(workflow);
		await waitUntil(() => !lab.sandbox.webhooks().some(({ url }) => url === tried), {
			what: 'n8n to stop listening',
		});
	});

	it('are removed by the next registration of a trigger when an execution was stopped', async () => {
		const { id, url } = await ask(THREADS.sms);
		await lab.rest.stop(id);
		await lab.unpublish(await lab.publish({ nodes: [instaplyTrigger('next')] }));
		await waitUntil(() => !lab.sandbox.webhooks().some((webhook) => webhook.url === url), {
			what: 'the webhook of the stopped execution to be removed',
		});
		expect(lab.sandbox.webhooks().map(({ url }) => url)).toContain(webhooks().waiting);
	});
});

/** The URL of a trigger at Instaply without what it says of questions. */
function withoutVersion(url: string): string {
	return url.replace(/\?instaplyQuestions=[0-9a-f]{16}$/, '');
}
