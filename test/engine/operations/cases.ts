import { resources } from '../../../nodes/Instaply/operations';
import type { Sandbox } from '../../../sandbox/server';
import { waitUntil } from '../../../tools/process/wait';
import {
	callOperation,
	useExampleSandbox,
	type ExampleCall,
	type ExampleCalls,
} from '../../support/engine/exampleCalls';
import { sent } from '../../support/engine/sandbox';
import { customer } from './customer.cases';
import { message } from './message.cases';
import { template } from './template.cases';
import { thread } from './thread.cases';
import { webhook } from './webhook.cases';

/** The example calls of every operation. Whatever has to hold for all operations is shown by these. */
export const EXAMPLE_CALLS: Record<string, ExampleCalls> = {
	customer,
	message,
	template,
	thread,
	webhook,
};

/** All operations of the node: the values of resource and operation. */
export const operations = resources.flatMap((resource) =>
	resource.operations.map(({ option }) => [resource.option.value, option.value] as const),
);

/** @throws saying where to add one when there is none */
export function examplesOf(resource: string, operation: string): ExampleCall[] {
	const examples = EXAMPLE_CALLS[resource]?.[operation] ?? [];
	if (examples.length > 0) return examples;
	throw new Error(
		`There is no example call of ${resource}/${operation}: add one to test/engine/operations/${resource}.cases.ts`,
	);
}

/** One test for each example call of a resource. */
export function testExamples(resource: string): void {
	const sandbox = useExampleSandbox();
	const own = operations.filter(([name]) => name === resource);
	describe.each(own)('%s/%s', (_, operation) => {
		const examples = EXAMPLE_CALLS[resource]?.[operation] ?? [];
		// A failing test, where an error at this point would take all others of the file with it.
		if (examples.length === 0)
			it('has an example call', () => void examplesOf(resource, operation));
		else it.each(examples)('$title', check);

		async function check(example: ExampleCall): Promise<void> {
			const { parameters, items } = example;
			const call = { resource, operation, ...parameters };
			const out = await callOperation(sandbox.current, call);
			expect(out).toEqual(items.map((json) => ({ json, pairedItem: { item: 0 } })));
			await expectSent(sandbox.current, example);
		}
	});
}

/** These requests and no others went out, in this order. */
export async function expectSent(sandbox: Sandbox, { sends }: ExampleCall): Promise<void> {
	// A question is followed by a look for webhooks that are left over, for which nothing waits.
	const areAllSent = () => sandbox.requests().length >= sends.length;
	await waitUntil(areAllSent, { what: `${sends.length} requests`, interval: 5 });
	expect(sent(sandbox)).toEqual(sends);
}
