import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { INSTAPLY } from '../../lab/nodes';
import { to } from '../../lab/workflow';
import { Instaply } from '../../nodes/Instaply/Instaply.node';
import { CUSTOMERS, THREADS } from '../../sandbox/server';
import { runAgent } from '../support/engine/agent';
import { INPUT, instaplyWorkflow } from '../support/engine/engine';
import { runInstaply } from '../support/engine/run';
import { sent, useSandbox } from '../support/engine/sandbox';
import { explanation } from '../support/engine/words';

/**
 * A new node takes the thread and the customer from what came in. n8n stores a value only where it is
 * not the default, and these were no defaults always.
 */

const sandbox = useSandbox();
const { description } = new Instaply();

const SEND = { resource: 'message', operation: 'send', text: 'Hello' };
const PROFILE = { resource: 'customer', operation: 'getProfile' };
const FROM_JSON = '={{ $json.customerThreadId }}';

/** What n8n stores of a node, and what it makes of that when it opens or runs it. */
const parametersOf = (parameters: INodeParameters, withDefaults: boolean) =>
	NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		withDefaults,
		false,
		{ typeVersion: 1 },
		description,
	);

describe('A node in which nobody has filled in an ID', () => {
	it('writes to the thread that came in', async () => {
		const { items } = await runInstaply(sandbox.current, {
			parameters: SEND,
			input: [{ customerThreadId: THREADS.webchat }, { customerThreadId: THREADS.email }],
		});
		expect(items).toHaveLength(2);
		expect(sent(sandbox.current).map(([, body]) => body)).toEqual([
			{ customerThreadId: THREADS.webchat, text: 'Hello' },
			{ customerThreadId: THREADS.email, text: 'Hello' },
		]);
	});

	it('reads the customer who came in', async () => {
		const input = [{ customerId: CUSTOMERS.webchat }];
		const { items } = await runInstaply(sandbox.current, { parameters: PROFILE, input });
		expect(items).toMatchObject([{ json: { id: CUSTOMERS.webchat } }]);
	});

	it.each([
		["'Thread ID'", SEND],
		["'Customer ID'", PROFILE],
	])('says that %s is empty when none came in, and sends nothing', async (label, parameters) => {
		const run = await runInstaply(sandbox.current, { parameters, input: [{ id: '1' }] });
		const { message, description } = explanation(run);
		expect(message).toBe(`${label} is empty`);
		expect(description).toContain('into it from the Instaply Trigger');
		expect(sent(sandbox.current)).toEqual([]);
	});

	it('as the tool of an AI agent, writes to the thread that the agent works on', async () => {
		const tool = { name: 'Answer', parameters: SEND };
		const calls = [{ tool: tool.name, args: {} }];
		await runAgent(sandbox.current, [tool], calls, { customerThreadId: THREADS.sms });
		expect(sent(sandbox.current)).toEqual([
			[
				'POST /api/send-message-to-customer-thread',
				{ customerThreadId: THREADS.sms, text: 'Hello' },
			],
		]);
	});
});

describe('A workflow from before', () => {
	it.each(['123456', '={{ $json.body.thread }}', '={{ $("Trigger").item.json.id }}'])(
		'keeps what it has: %s',
		(customerThreadId) => {
			const stored = { ...SEND, customerThreadId };
			expect(parametersOf(stored, true)).toMatchObject({ customerThreadId });
			expect(parametersOf(stored, false)).toMatchObject({ customerThreadId });
		},
	);

	it('that has an ID which is empty still cannot run', () => {
		const workflow = instaplyWorkflow([
			{ name: 'Send', type: INSTAPLY, parameters: { ...SEND, customerThreadId: '' } },
		]);
		const node = workflow.getNode('Send');
		if (node === null) throw new Error('There is no node');
		const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
		expect(issues?.parameters).toEqual({
			customerThreadId: ['Parameter "Thread ID" is required.'],
		});
	});

	it('in which the field was left empty takes the ID from what comes in, as a new one does', () => {
		expect(parametersOf(SEND, true)).toMatchObject({ customerThreadId: FROM_JSON });
	});
});

describe("The editor's hint where an ID comes from", () => {
	const TRIGGER = 'Instaply Trigger';

	function shown(parameters: INodeParameters, start: string): string[] {
		const workflow = instaplyWorkflow(
			[
				{ name: start, type: INPUT, parameters: {} },
				{ name: 'Instaply', type: INSTAPLY, parameters },
			],
			{ [start]: to('Instaply') },
		);
		return (description.hints ?? []).flatMap(({ message, displayCondition = '' }) => {
			const isShown = workflow.expression.getParameterValue(
				displayCondition,
				null,
				0,
				0,
				'Instaply',
				[],
				'manual',
				{},
			);
			return isShown === true ? [message.slice(0, message.indexOf(' from what comes in'))] : [];
		});
	}

	it.each<[string, INodeParameters, string, string[]]>([
		['a thread, without a trigger', SEND, 'Sheet', ["'Thread ID' takes 'customerThreadId'"]],
		['a customer, without a trigger', PROFILE, 'Sheet', ["'Customer ID' takes 'customerId'"]],
		['a thread, with a trigger', SEND, TRIGGER, []],
		['a customer, with a trigger', PROFILE, TRIGGER, []],
		['an ID that is written down', { ...SEND, customerThreadId: '123456' }, 'Sheet', []],
		['another field', { ...SEND, customerThreadId: '={{ $json.thread }}' }, 'Sheet', []],
		['an operation without an ID', { resource: 'webhook', operation: 'getAll' }, 'Sheet', []],
	])('for %s', (_, parameters, start, words) => {
		expect(shown(parameters, start)).toEqual(words);
	});
});
