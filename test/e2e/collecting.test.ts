import type { IDataObject } from 'n8n-workflow';

import type { Lab } from '../../lab/lab';
import { instaplyTrigger, NEXT } from '../../lab/nodes';
import type { WorkflowDraft } from '../../lab/workflow';
import { itemsOf } from '../../tools/n8n/rest';
import type { StoredWorkflow } from '../../tools/n8n/types';
import { openSharedLab } from '../support/e2e/lab';

jest.setTimeout(60_000);

/** In seconds. Long enough for three deliveries to a busy n8n. */
const QUIET = 8;
const TEXTS = ['Hi', 'one question', 'where is 4711?'];
const JOINED = { messageBody: TEXTS.join('\n'), messageCount: 3 };

describe('A trigger that collects messages', () => {
	let lab: Lab;
	beforeEach(async () => {
		lab = await openSharedLab();
	});
	afterEach(async () => await lab.close());

	const collecting = (path: string): WorkflowDraft => ({
		nodes: [instaplyTrigger(path, { options: { collectMessages: QUIET } }), NEXT],
	});

	/** The customer of a new thread writes in a row. @returns how n8n responds */
	async function writes(texts: string[]): Promise<unknown[]> {
		const { id } = lab.sandbox.addThread();
		const responses = [];
		for (const text of texts) {
			const { deliveries } = await lab.sandbox.customerWrites(id, text);
			responses.push(...deliveries.map(({ status, answer }) => [status, answer]));
		}
		return responses;
	}

	async function runs({ id }: StoredWorkflow): Promise<IDataObject[]> {
		await lab.rest.waitForExecution({ workflowId: id });
		await lab.idle();
		const executions = await lab.rest.executions({ workflowId: id });
		const complete = executions.map(async (one) => await lab.rest.execution(one.id));
		return (await Promise.all(complete)).flatMap((one) =>
			itemsOf(one, 'Next').map(({ json }) => json),
		);
	}

	const all = TEXTS.map(() => [200, '{"status":"collected"}']);

	it('starts once for what a customer writes in a row', async () => {
		const workflow = await lab.publish(collecting('collecting'));
		expect(await writes(TEXTS)).toEqual(all);
		expect(await lab.rest.executions({ workflowId: workflow.id })).toEqual([]);
		expect(await runs(workflow)).toMatchObject([JOINED]);
	});

	it('starts with what it has collected when it is unpublished in the meantime', async () => {
		const workflow = await lab.publish(collecting('collecting-unpublished'));
		expect(await writes(TEXTS)).toEqual(all);
		await lab.unpublish(workflow);
		expect(await lab.rest.executions({ workflowId: workflow.id })).toEqual([]);
		expect(await runs(workflow)).toMatchObject([JOINED]);
	});

	it('collects in a test run as well', async () => {
		const workflow = await lab.save(collecting('collecting-test'));
		await lab.rest.listenForTestEvent(workflow, { trigger: 'Instaply Trigger' });
		expect(await writes(TEXTS)).toEqual(all);
		expect(await runs(workflow)).toMatchObject([JOINED]);
	});
});
