import { NodeHelpers, type IDataObject, type INodeParameters } from 'n8n-workflow';

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

describe("The editor's hint that an ID is empty", () => {
	function shown(parameters: INodeParameters, input: IDataObject[]): string[] {
		const workflow = instaplyWorkflow(
			[
				{ name: 'Input', type: INPUT, parameters: {} },
				{ name: 'Instaply', type: INSTAPLY, parameters },
			],
			{ Input: to('Instaply') },
		);
		const items = input.map((json) => ({ json }));
		return (description.hints ?? []).flatMap(({ message, displayCondition = '' }) => {
			const isShown = workflow.expression.getParameterValue(
				...([displayCondition, null, 0, 0, 'Instaply', items, 'manual', {}] as const),
			);
			return isShown === true ? [message.slice(0, message.indexOf(' is empty'))] : [];
		});
	}

	it.each<[string, INodeParameters, IDataObject[], string[]]>([
		['the thread is missing', SEND, [{ id: '1' }], ["'Thread ID'"]],
		['the thread is null', SEND, [{ customerThreadId: null }], ["'Thread ID'"]],
		['the customer is missing', PROFILE, [{ id: '1' }], ["'Customer ID'"]],
		[
			'another expression finds nothing',
			{ ...SEND, customerThreadId: '={{ $json.thread }}' },
			[{}],
			["'Thread ID'"],
		],
		['the thread is there', SEND, [{ customerThreadId: '123456' }], []],
		['nothing has come in yet', SEND, [], []],
		['the ID is written down', { ...SEND, customerThreadId: '123456' }, [{}], []],
		['n8n asks for the ID itself', { ...SEND, customerThreadId: '' }, [{}], []],
		['no ID is needed', { resource: 'webhook', operation: 'getAll' }, [{}], []],
	])('where %s', (_, parameters, input, labels) => {
		expect(shown(parameters, input)).toEqual(labels);
	});
});
