/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Profiler } from 'node:inspector';

import { foldByPackage } from '../../../bench/fold';

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
	id,
	callFrame: { functionName, url, scriptId: '0', lineNumber: 0, columnNumber: 0 },
	children,
});

/** @param samples the ID of a node, and for how many ms it ran */
const profileOf = (
	nodes: Profiler.ProfileNode[],
	samples: Array<[id: number, ms: number]>,
): Profiler.Profile => ({
	nodes,
	startTime: 0,
	endTime: 0,
	samples: [...samples.map(([id]) => id), 1],
	timeDeltas: [0, ...samples.map(([, ms]) => ms * 1000)],
});

const folded = (...args: Parameters<typeof profileOf>) => [
	...foldByPackage(profileOf(...args)).entries(),
];

describe('A folded profile', () => {
	it('counts the time of a package together, the most first', () => {
		const nodes = [
			node(1, '(root)', '', [2, 3, 4]),
			node(2, 'one', 'file:///n8n/node_modules/axios/lib/one.js'),
			node(3, 'two', '/n8n/node_modules/axios/two.js'),
			node(4, 'core', '/n8n/node_modules/@n8n/core/dist/core.js'),
		];
		const samples: Array<[number, number]> = [
			[2, 1],
			[4, 2],
			[3, 4],
		];
		expect(folded(nodes, samples)).toEqual([
			['axios', 5],
			['@n8n/core', 2],
		]);
	});

	it('counts a package within another for itself', () => {
		const nodes = [
			node(1, '(root)', '', [2]),
			node(2, 'inner', '/node_modules/outer/node_modules/@scope/inner/index.js'),
		];
		expect(folded(nodes, [[2, 1]])).toEqual([['@scope/inner', 1]]);
	});

	it("counts what V8 brings along for its caller, and Node's own modules for Node.js", () => {
		const nodes = [
			node(1, '(root)', '', [2]),
			node(2, 'send', '/node_modules/axios/index.js', [3, 5]),
			node(3, 'parse', '', [4]),
			node(4, 'reviver', ''),
			node(5, 'write', 'node:net'),
		];
		const samples: Array<[number, number]> = [
			[3, 1],
			[4, 2],
			[5, 4],
		];
		expect(folded(nodes, samples)).toEqual([
			['Node.js itself', 4],
			['axios', 3],
		]);
	});

	it('leaves out the time in which nothing ran', () => {
		const nodes = [
			node(1, '(root)', '', [2, 3, 4, 5]),
			node(2, '(idle)', ''),
			node(3, '(garbage collector)', ''),
			node(4, '(program)', ''),
			node(5, 'execute', 'file:///tmp/bare/Bare.node.js'),
		];
		const samples: Array<[number, number]> = [
			[2, 100],
			[3, 1],
			[4, 2],
			[5, 3],
		];
		expect(folded(nodes, samples)).toEqual([
			['Bare.node.js', 3],
			['native code', 2],
			['garbage collection', 1],
		]);
	});
});
