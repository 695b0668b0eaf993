import { randomUUID } from 'node:crypto';
import axios from 'axios';

import { readExample, withChanged, withCredential } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { instaplyTrigger } from '../../../lab/nodes';
import { workflowOf } from '../../../lab/workflow';
import { THREADS } from '../../../sandbox/server';
import type { StoredCredential, StoredWorkflow } from '../../../tools/n8n/types';
import { waitUntil } from '../../../tools/process/wait';
import { written } from '../../support/e2e/examples';
import { isOldN8n, openSharedLab } from '../../support/e2e/lab';

jest.setTimeout(120_000);

const NEEDED = ['workflow:list', 'workflow:read', 'workflow:activate', 'workflow:deactivate'];

// The key of an older n8n has other permissions, and its versions cannot be named.
(isOldN8n ? describe.skip : describe)('The example that watches the triggers', () => {
	let lab: Lab;
	let watch: StoredWorkflow;
	beforeEach(async () => {
		lab = await openSharedLab();
		watch = await saveWatch(await keyThatMay(...NEEDED));
	});
	afterEach(async () => await lab.close());

	const keyThatMay = async (...scopes: string[]): Promise<StoredCredential> => {
		const apiKey = await lab.rest.createApiKey(`Key ${randomUUID()}`, scopes);
		const baseUrl = `${lab.n8nUrl}/api/v1`;
		return await lab.rest.createCredential('n8nApi', { apiKey, baseUrl });
	};
	const saveWatch = async (n8nApi: StoredCredential) => {
		const example = await readExample('watch-triggers', lab.credential, n8nApi);
		return await lab.rest.createWorkflow(
			withChanged(example, (node) =>
				node.name === 'Tell Somebody'
					? { ...node, parameters: { ...node.parameters, customerThreadId: THREADS.sms } }
					: node,
			),
		);
	};
	const run = async () => {
		const id = await lab.rest.runManually(watch, { trigger: 'Every Hour' });
		const execution = await lab.rest.waitForEnd(id, { timeout: 60_000 });
		expect(execution.status).toBe('success');
	};
	const urlOf = (path: string) => `${lab.n8nUrl}/webhook/${path}/webhook`;
	const webhookOf = (path: string) =>
		lab.sandbox.webhooks().find(({ url }) => url.startsWith(urlOf(path)));
	/** What somebody does to a webhook by hand. */
	const atInstaply = async (path: string, action: string, body: object = {}) => {
		const { url, token } = lab.sandbox;
		const to = `${url}/api/webhooks/${webhookOf(path)?.id}${action}`;
		await axios.post(to, body, { headers: { token }, proxy: false });
	};
	const notes = () => written(lab.sandbox, THREADS.sms);
	const publish = async (path: string) =>
		await lab.publish({ name: `Shop ${path}`, nodes: [instaplyTrigger(path)] });

	it('publishes a workflow anew whose webhook was deleted, and says so', async () => {
		const [lost, alive] = [await publish('lost-1'), await publish('alive-1')];
		await atInstaply('lost-1', '/delete');
		const untouched = webhookOf('alive-1');
		const moved = lost.nodes.map((node) => ({ ...node, position: [40, 40] as [number, number] }));
		const draft = await lab.rest.updateWorkflow(lost, { nodes: moved });
		await run();
		await waitUntil(() => webhookOf('lost-1') !== undefined, { what: 'the webhook to be back' });
		expect(notes()).toEqual([
			'note: The workflow “Shop lost-1” had no webhook at Instaply any more, so no message started it. It was published again. What customers wrote meanwhile did not start it.',
		]);
		expect(webhookOf('alive-1')).toEqual(untouched);

		await lab.sandbox.customerWrites(THREADS.webchat, 'Hello?');
		for (const { id } of [lost, alive]) {
			await lab.rest.waitForExecution({ workflowId: id });
		}
		// What was changed and not published is not live now either.
		expect(draft.versionId).not.toBe(lost.versionId);
		expect(await lab.rest.workflow(lost.id)).toMatchObject({ activeVersionId: lost.versionId });
	});

	it('does the same where the webhook was disabled', async () => {
		await publish('off');
		await atInstaply('off', '/update', { enabled: false });
		await run();
		const isEnabled = () => webhookOf('off')?.enabled === true;
		await waitUntil(isEnabled, { what: 'the webhook to be enabled' });
		expect(notes()).toEqual([expect.stringContaining('“Shop off” had no webhook')]);
	});

	it('says when a workflow could not be published anew', async () => {
		await publish('stuck');
		await atInstaply('stuck', '/delete');
		watch = await saveWatch(
			await keyThatMay(...NEEDED.filter((scope) => !/:activate/.test(scope))),
		);
		await run();
		expect(notes()).toEqual([
			'note: The workflow “Shop stuck” had no webhook at Instaply any more, so no message started it. It could not be published again: please publish it in n8n.',
		]);
	});

	it('leaves alone what uses another credential, which may be of another account', async () => {
		const { token, url: baseUrl } = lab.sandbox;
		const other = await lab.rest.createCredential('instaplyApi', { token, baseUrl });
		const draft = workflowOf({ name: 'Other', nodes: [instaplyTrigger('other')] });
		const workflow = await lab.rest.createWorkflow(withCredential(draft, other));
		await lab.rest.activate(workflow);
		await lab.rest.waitUntilPublished(workflow.id);
		await atInstaply('other', '/delete');
		await run();
		expect(webhookOf('other')).toBeUndefined();
		expect(notes()).toEqual([]);
		await lab.unpublish(workflow);
	});

	it('leaves alone what listens, and tells nobody', async () => {
		await publish('alive-2');
		const before = lab.sandbox.webhooks();
		await run();
		expect(lab.sandbox.webhooks()).toEqual(before);
		expect(notes()).toEqual([]);
	});
});
