import { EXAMPLE_CALLS, examplesOf, operations } from './cases';

describe('The example calls', () => {
	it.each(operations)('show what %s/%s does', (resource, operation) => {
		expect(() => examplesOf(resource, operation)).not.toThrow();
	});

	it('show no operation that the node does not have', () => {
		const shown = Object.entries(EXAMPLE_CALLS).flatMap(([resource, examples]) =>
			Object.keys(examples).map((operation) => [resource, operation]),
		);
		expect(shown.sort()).toEqual([...operations].sort());
	});
});
