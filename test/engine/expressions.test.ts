import type { IDataObject, INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import { THREADS } from '../../sandbox/server';
import { callOperation, useExampleSandbox } from '../support/engine/exampleCalls';
import { runInstaply } from '../support/engine/run';
import { sent } from '../support/engine/sandbox';
import { examplesOf, expectSent, operations } from './operations/cases';

const sandbox = useExampleSandbox();

/** Stays as it is when everything else becomes an expression: n8n lets nobody type one there. */
const FIXED = ['__rl', 'mode'];

/** Replaces every value by an expression that finds it in the item. */
function asExpressions(parameters: object, path = '$json'): INodeParameters {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => [
			name,
			FIXED.includes(name) ? value : asExpression(value, `${path}.${name}`),
		]),
	);
}

function asExpression(value: unknown, path: string): NodeParameterValueType {
	if (isRows(value)) return value.map((row, index) => asExpressions(row, `${path}[${index}]`));
	return isObject(value) ? asExpressions(value, path) : `={{ ${path} }}`;
}

/** The rows of a fixed collection, each of which has fields of its own. */
function isRows(value: unknown): value is object[] {
	return Array.isArray(value) && value.every(isObject);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('An expression for every parameter gives the same as typed values', () => {
	const examples = operations.flatMap(([resource, operation]) =>
		examplesOf(resource, operation).map(
			(example) => [resource, operation, example.title, example] as const,
		),
	);

	it.each(examples)('%s/%s: %s', async (resource, operation, _, example) => {
		const { parameters, items } = example;
		const call = { resource, operation, ...asExpressions(parameters) };
		const input: IDataObject = { ...parameters };
		const out = await callOperation(sandbox.current, call, input);
		// An operation that waits hands on what came in.
		const handedOn = operation === 'sendAndWait' ? input : {};
		expect(out).toEqual(
			items.map((json) => ({ json: { ...handedOn, ...json }, pairedItem: { item: 0 } })),
		);
		await expectSent(sandbox.current, example);
	});
});

describe('An expression', () => {
	it('gives each item its own values, of any type that stands for the same', async () => {
		const { items, error } = await runInstaply(sandbox.current, {
			parameters: {
				resource: 'message',
				operation: 'send',
				customerThreadId: '={{ $json.thread }}',
				text: '={{ $json.text }}',
				options: { internal: '={{ $json.note }}', threadsAtATime: 1 },
			},
			input: [
				{ thread: THREADS.webchat, text: 'One', note: false },
				{ thread: Number(THREADS.sms), text: 'Two', note: 'true' },
				{ thread: ` ${THREADS.email}\n`, text: 3, note: true },
			],
		});
		expect(error).toBeUndefined();
		const MESSAGE = 'POST /api/send-message-to-customer-thread';
		expect(sent(sandbox.current)).toEqual([
			[MESSAGE, { customerThreadId: THREADS.webchat, text: 'One' }],
			[MESSAGE, { customerThreadId: THREADS.sms, text: 'Two', internal: true }],
			[MESSAGE, { customerThreadId: THREADS.email, text: '3', internal: true }],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
	});
});
