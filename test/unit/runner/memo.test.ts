import type { IDataObject, IWorkflowDataProxyData } from 'n8n-workflow';

import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import type { RunContext } from '../../../nodes/Instaply/n8n/retryOnFail';
import { Memo } from '../../../nodes/Instaply/runner/memo';

const ACCEPTED = { value: [{ sent: true }] };
const LEFT_OPEN = {
	error: new InstaplyError('Not known', { description: 'Look first.', isOutcomeUnknown: true }),
};
const REFUSED = { error: new InstaplyError('Refused', { description: 'Correct it.' }) };

const HELD_BACK = 'This item was held back, because a later one went out before it';
const ONE_THREAD = ['thread', 'thread', 'thread', 'thread'];

interface Visit {
	executionId?: string;
	toolCall?: IDataObject;
	/** Of each item. */
	targets?: Array<string | undefined>;
}

/** The same node of an execution, each time that n8n comes to it. */
function execution(nodeContext: IDataObject = {}) {
	return (runIndex: number, { executionId = '1', toolCall, targets = ONE_THREAD }: Visit = {}) => {
		const proxy: Partial<IWorkflowDataProxyData> = { $runIndex: runIndex };
		const context: RunContext = {
			getContext: () => nodeContext,
			getExecutionId: () => executionId,
			getInputData: () => [{ json: toolCall ?? {} }],
			getWorkflowDataProxy: () => proxy as IWorkflowDataProxyData,
			isToolExecution: () => toolCall !== undefined,
		};
		return new Memo(context, targets);
	};
}

describe('Memo', () => {
	it('remembers for the next try what was accepted or left open, and not what was refused', () => {
		const visit = execution();
		const first = visit(0);
		first.settle(0, ACCEPTED);
		first.settle(1, LEFT_OPEN);
		first.settle(2, REFUSED);
		const next = visit(0);
		expect(next.recall(0)).toEqual(ACCEPTED);
		expect(next.recall(1)).toMatchObject({ error: { message: 'Not known' } });
		expect(next.recall(2)).toBeUndefined();
	});

	it('remembers a refusal once something later for the same target was accepted', () => {
		const visit = execution();
		const targets = ['one', 'other', 'one', 'one'];
		const first = visit(0, { targets });
		first.settle(0, REFUSED);
		first.settle(1, REFUSED);
		first.settle(2, LEFT_OPEN);
		first.settle(3, REFUSED);
		const next = visit(0, { targets });
		expect(next.recall(0)).toMatchObject({
			error: { message: 'Refused', isOutcomeUnknown: false },
		});
		expect(next.recall(1)).toBeUndefined();
		expect(next.recall(3)).toBeUndefined();
	});

	describe('of an item that stopped before its call', () => {
		const [held, free] = [{ error: { message: HELD_BACK } }, undefined];

		it.each([
			['accepted', ACCEPTED, held],
			['left open', LEFT_OPEN, held],
			['refused', REFUSED, free],
		])('holds it back when a later one of its thread was %s', (_, result, outcome) => {
			const visit = execution();
			visit(0, { targets: [undefined, 'thread'] }).settle(1, result);
			const next = visit(0, { targets: ['thread', 'thread'] });
			if (outcome === undefined) expect(next.recall(0)).toBeUndefined();
			else expect(next.recall(0)).toMatchObject(outcome);
		});

		it('does not hold it back for an earlier one, for another thread, or when it is a read', () => {
			const visit = execution();
			const first = visit(0, { targets: ['one', undefined, 'other'] });
			first.settle(0, ACCEPTED);
			first.settle(2, ACCEPTED);
			expect(visit(0, { targets: ['one', 'one', 'other'] }).recall(1)).toBeUndefined();
			expect(visit(0, { targets: ['one', undefined, 'other'] }).recall(1)).toBeUndefined();
		});

		it('holds it back when the later one could not be read in this try', () => {
			const visit = execution();
			visit(0, { targets: [undefined, 'thread'] }).settle(1, ACCEPTED);
			expect(visit(0, { targets: ['thread', undefined] }).recall(0)).toMatchObject(held);
		});

		it('has it done when a person retries, in every try', () => {
			const visit = execution();
			visit(0, { targets: [undefined, 'thread'] }).settle(1, ACCEPTED);
			for (let time = 0; time < 2; time += 1) {
				const retried = visit(0, { executionId: '2' });
				expect(retried.recall(0)).toBeUndefined();
				expect(retried.recall(1)).toEqual(ACCEPTED);
			}
			visit(0, { executionId: '2' }).settle(2, ACCEPTED);
			expect(visit(0, { executionId: '2' }).recall(0)).toMatchObject(held);
		});
	});

	it('remembers nothing in a further pass of a loop', () => {
		const visit = execution();
		visit(0).settle(0, ACCEPTED);
		expect(visit(1).recall(0)).toBeUndefined();
	});

	it('forgets what was left open when a person retries a stored execution', () => {
		const visit = execution();
		const first = visit(0);
		first.settle(0, ACCEPTED);
		first.settle(1, LEFT_OPEN);
		const retried = visit(0, { executionId: '2' });
		expect(retried.recall(0)).toEqual(ACCEPTED);
		expect(retried.recall(1)).toBeUndefined();
	});

	it('never does again what another version stored in another shape, also when a person retries', () => {
		const items = { 0: { outputs: [{ sent: true }] }, 1: { state: 'sent' } };
		const visit = execution({ settledWrites: { runIndex: 0, executionId: '1', items } });
		for (const executionId of ['1', '2']) {
			const memo = visit(0, { executionId });
			expect(memo.recall(0)).toEqual(ACCEPTED);
			expect(memo.recall(1)).toMatchObject({ error: { isOutcomeUnknown: true } });
			expect(memo.recall(2)).toBeUndefined();
		}
	});

	it('never does again what was accepted in an execution without an ID', () => {
		const items = { 0: { outputs: [{ sent: true }] } };
		const visit = execution({ settledWrites: { runIndex: 0, items } });
		expect(visit(0).recall(0)).toEqual(ACCEPTED);
	});

	it('begins anew when what is stored is no memo at all', () => {
		const visit = execution({ settledWrites: 'sent' });
		expect(visit(0).recall(0)).toBeUndefined();
	});

	it('tells the calls of a tool apart by their arguments, whatever their run index', () => {
		const visit = execution();
		const [one, other] = [{ text: 'Hello' }, { text: 'Hello' }];
		visit(0, { toolCall: one }).settle(0, LEFT_OPEN);
		expect(visit(0, { toolCall: other }).recall(0)).toBeUndefined();
		expect(visit(1, { toolCall: one }).recall(0)).toMatchObject(LEFT_OPEN);
	});

	it('leaves nothing behind when it is cleared', () => {
		const visit = execution();
		const memo = visit(0);
		memo.settle(0, ACCEPTED);
		memo.clear();
		expect(visit(0).recall(0)).toBeUndefined();
	});
});
