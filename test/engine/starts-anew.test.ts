import type { INodeParameters } from 'n8n-workflow';

import { INSTAPLY, INSTAPLY_TRIGGER } from '../../lab/nodes';
import { servingAs, to, type NodeDraft } from '../../lab/workflow';
import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../nodes/Instaply/InstaplyTrigger.node';
import { STARTS_ANEW } from '../../nodes/Instaply/replies/startsAnew';
import { THREADS } from '../../sandbox/server';
import { AGENT, INPUT, INSTAPLY_TOOL, instaplyWorkflow, PASS } from '../support/engine/engine';
import { startWorkflow } from '../support/engine/execution';
import { useSandbox } from '../support/engine/sandbox';
import { expectPlainWords } from '../support/engine/words';

/** The hint that each reply starts a workflow anew, which begins with messages and asks something. */

const sandbox = useSandbox();

interface Case {
	/** The trigger's; default: as n8n names it. */
	name?: string;
	typeVersion?: number;
	parameters?: INodeParameters;
	disabled?: boolean;
	/** The question's Thread ID. */
	thread?: string;
	operation?: string;
	/** Default: the trigger is in front of the question. */
	isApart?: boolean;
}

const FROM_INPUT = '={{ $json.customerThreadId }}';
const byName = (name: string) => `={{ $('${name}').item.json.customerThreadId }}`;

function workflowOf({ name = 'Instaply Trigger', thread = FROM_INPUT, ...more }: Case) {
	const { typeVersion = 1.2, parameters = {}, disabled, operation = 'sendAndWait' } = more;
	const question: NodeDraft = {
		name: 'Ask',
		type: INSTAPLY,
		parameters: { resource: 'message', operation, customerThreadId: thread, text: 'Is it you?' },
	};
	return instaplyWorkflow(
		[
			{ name, type: INSTAPLY_TRIGGER, typeVersion, parameters, disabled },
			{ name: 'Between', type: PASS, parameters: {} },
			{ name: 'Input', type: INPUT, parameters: {} },
			question,
		],
		{
			...(!more.isApart && { [name]: to('Between') }),
			...{ Between: to('Ask'), Input: to('Between') },
		},
	);
}

/** What n8n's editor shows at the question, before it has run and after that. */
function shownInEditor(each: Case): string[] {
	const workflow = workflowOf(each);
	const { hints = [] } = new Instaply().description;
	const shown = hints
		.filter(({ message }) => message === STARTS_ANEW)
		.filter(({ displayCondition = '' }) =>
			workflow.expression.getParameterValue(displayCondition, null, 0, 0, 'Ask', [], 'manual', {}),
		);
	return shown.map(({ message }) => message);
}

/** What a run of the question adds. */
async function shownByRun(each: Case): Promise<string[]> {
	const { token, url: baseUrl } = sandbox.current;
	const input = [{ customerThreadId: THREADS.webchat }];
	const { data } = await startWorkflow(workflowOf({ thread: FROM_INPUT, ...each }), input, {
		token,
		baseUrl,
	});
	const { runData, error } = data.resultData;
	expect(error).toBeUndefined();
	return runData.Ask?.at(-1)?.hints?.map(({ message }) => message) ?? [];
}

const off = { options: { ignoreAwaitedReplies: false } };
const on = { options: { ignoreAwaitedReplies: true } };

describe('That a reply starts the workflow anew', () => {
	it.each<[string, Case]>([
		['an older trigger', { typeVersion: 1 }],
		['a trigger of version 1.1', { typeVersion: 1.1 }],
		['an older trigger that does not ignore them', { typeVersion: 1.1, parameters: off }],
		['a trigger that does not ignore them', { parameters: off }],
		['a trigger for anyone', { parameters: { ...off, sentBy: 'anyone' } }],
		['a legacy trigger', { parameters: { registration: 'legacy' } }],
	])('is shown with %s', async (_, each) => {
		expect(shownInEditor(each)).toEqual([STARTS_ANEW]);
		// The editor goes on showing it.
		expect(await shownByRun(each)).toEqual([]);
		// It does not know a trigger that somebody has renamed, unless the question names it.
		const renamed = { ...each, name: 'A customer\'s "Hi"' };
		expect(shownInEditor(renamed)).toEqual([]);
		expect(await shownByRun(renamed)).toEqual([STARTS_ANEW]);
		expect(shownInEditor({ ...each, name: 'Hi', thread: byName('Hi') })).toEqual([STARTS_ANEW]);
	});

	it.each<[string, Case]>([
		['a trigger', {}],
		['a trigger that ignores them', { parameters: on }],
		['an older trigger that ignores them', { typeVersion: 1, parameters: on }],
		[
			'a trigger whose option is an expression',
			{ typeVersion: 1, parameters: { options: { ignoreAwaitedReplies: '={{ 1 === 1 }}' } } },
		],
		['a trigger for what employees write', { typeVersion: 1, parameters: { sentBy: 'employee' } }],
		['a trigger for transfers', { typeVersion: 1, parameters: { events: ['transfers'] } }],
	])('is not shown with %s', async (_, each) => {
		for (const name of ['Instaply Trigger', 'Hi']) {
			expect(shownInEditor({ ...each, name, thread: byName(name) })).toEqual([]);
			expect(await shownByRun({ ...each, name })).toEqual([]);
		}
	});

	it('is not shown at an operation that asks nothing', async () => {
		for (const name of ['Instaply Trigger', 'Hi']) {
			const each = { name, typeVersion: 1, operation: 'send' };
			expect(shownInEditor({ ...each, thread: byName(name) })).toEqual([]);
			expect(await shownByRun(each)).toEqual([]);
		}
	});

	it.each<[string, Case]>([
		['is not in front of the question', { isApart: true }],
		['is switched off', { disabled: true }],
	])('is not shown by a run where the trigger %s', async (_, each) => {
		expect(await shownByRun({ name: 'Hi', typeVersion: 1, ...each })).toEqual([]);
	});

	it('is not shown without a trigger, whatever the thread is', () => {
		for (const thread of ['', '123456', FROM_INPUT, byName('Between'), byName('None'), "'\"'"]) {
			expect(shownInEditor({ name: 'Hi', typeVersion: 1, thread })).toEqual([]);
		}
	});

	it('is shown when an agent asks', async () => {
		const calls = JSON.stringify([{ tool: 'Ask', args: {} }]);
		const workflow = instaplyWorkflow(
			[
				{ name: 'Hi', type: INSTAPLY_TRIGGER, parameters: {} },
				{ name: 'Input', type: INPUT, parameters: {} },
				{ name: 'Agent', type: AGENT, parameters: {} },
				{
					name: 'Ask',
					type: INSTAPLY_TOOL,
					parameters: {
						resource: 'message',
						operation: 'sendAndWait',
						customerThreadId: THREADS.webchat,
						text: 'Is it you?',
					},
				},
			],
			{ Hi: to('Agent'), Input: to('Agent'), Ask: servingAs('ai_tool', 'Agent') },
		);
		const { token, url: baseUrl } = sandbox.current;
		const { data } = await startWorkflow(workflow, [{ calls }], { token, baseUrl });
		const hints = data.resultData.runData.Ask?.at(-1)?.hints;
		expect(hints?.map(({ message }) => message)).toEqual([STARTS_ANEW]);
	});

	it('is said in plain words, and the usual name of a trigger is what n8n gives it', () => {
		expectPlainWords(STARTS_ANEW);
		const { name } = new InstaplyTrigger().description.defaults;
		expect(new Instaply().description.hints?.[0]?.displayCondition).toContain(`"${name}"`);
	});
});
