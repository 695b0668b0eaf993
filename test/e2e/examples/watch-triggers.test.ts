import axios from 'axios';

import { readExample, withChanged } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import { instaplyTrigger } from '../../../lab/nodes';
import { THREADS } from '../../../sandbox/server';
import type { StoredCredential, StoredWorkflow } from '../../../tools/n8n/types';
import { waitUntil } from '../../../tools/process/wait';
import { written } from '../../support/e2e/examples';
import { isOldN8n, openSharedLab } from '../../support/e2e/lab';

jest.setTimeout(120_000);

// The key of an older n8n has other permissions, and its versions cannot be named.
(isOldN8n ? describe.skip : describe)('The example that watches the triggers', () => {
	let lab: Lab;
	let watch: StoredWorkflow;
	beforeEach(async () => {
		lab = await openSharedLab();
		const apiKey = await lab.rest.createApiKey(`watch ${Date.now()}`, [
			'workflow:list',
			'workflow:read',
			'workflow:activate',
			'workflow:deactivate',
		]);
		const n8nApi = await lab.rest.createCredential('n8nApi', {
			apiKey,
			baseUrl: `${lab.n8nUrl}/api/v1`,
		});
		watch = await saveWatch(n8nApi);
	});
	afterEach(async () => await lab.close());

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
	const isRegistered = (path: string) =>
		lab.sandbox.webhooks().some(({ url }) => url === urlOf(path));
	const deleteByHand = async (path: string) => {
		const webhook = lab.sandbox.webhooks().find(({ url }) => url === urlOf(path));
		if (webhook === undefined) throw new Error(`${path} has no webhook`);
		const { url, token } = lab.sandbox;
		const headers = { token };
		await axios.post(`${url}/api/webhooks/${webhook.id}/delete`, {}, { headers, proxy: false });
	};
	const notes = () => written(lab.sandbox, THREADS.sms);
	const publish = async (path: string) =>
		await lab.publish({ name: `Shop ${path}`, nodes: [instaplyTrigger(path)] });

	it('publishes a workflow anew whose webhook was deleted, and says so', async () => {
		const [lost, alive] = [await publish('lost-1'), await publish('alive-1')];
		await deleteByHand('lost-1');
		const moved = lost.nodes.map((node) => ({ ...node, position: [40, 40] as [number, number] }));
		const draft = await lab.rest.updateWorkflow(lost, { nodes: moved });
		await run();
		await waitUntil(() => isRegistered('lost-1'), { what: 'the webhook to be back' });
		expect(notes()).toEqual([
			'note: The workflow “Shop lost-1” had no webhook at Instaply any more, so no message started it. It was published again. What customers wrote meanwhile did not start it.',
		]);
		expect(isRegistered('alive-1')).toBe(true);

		await lab.sandbox.customerWrites(THREADS.webchat, 'Hello?');
		for (const { id } of [lost, alive]) {
			await lab.rest.waitForExecution({ workflowId: id });
		}
		// What was changed and not published is not live now either.
		expect(draft.versionId).not.toBe(lost.versionId);
		expect(await lab.rest.workflow(lost.id)).toMatchObject({ activeVersionId: lost.versionId });
	});

	it('leaves alone what listens, and tells nobody', async () => {
		await publish('alive-2');
		const before = lab.sandbox.webhooks();
		await run();
		expect(lab.sandbox.webhooks()).toEqual(before);
		expect(notes()).toEqual([]);
	});
});
