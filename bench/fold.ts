/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Profiler } from 'node:inspector';

/** The time in which n8n did nothing. */
const IDLE = '(idle)';
const GARBAGE_COLLECTION = 'garbage collection';
/** Outside of all JavaScript: starting up, say, or a library in C++ between two calls. */
const NATIVE = 'native code';
const NODE = 'Node.js itself';

type ProfileNode = Profiler.ProfileNode;

/**
 * Folds a CPU profile by package: the ms in which code of each was running, the most first. A function
 * that V8 brings along, such as `JSON.parse`, counts for the package that has called it, and so does
 * code that was made of a text. The time in which nothing ran is left out.
 */
export function foldByPackage({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) {
	const packages = packagesOf(nodes);
	const ms = new Map<string, number>();
	// A delta is the time up to its sample: how long the one before it lasted.
	timeDeltas.slice(1).forEach((delta, index) => {
		const name = packages.get(samples[index] ?? 0) ?? NATIVE;
		if (name !== IDLE) ms.set(name, (ms.get(name) ?? 0) + delta / 1000);
	});
	return new Map([...ms].sort(([, one], [, other]) => other - one));
}

function packagesOf(nodes: ProfileNode[]): Map<number, string> {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const packages = new Map<number, string>();
	const visit = (node: ProfileNode, caller: string) => {
		const name = packageOf(node) ?? caller;
		packages.set(node.id, name);
		for (const id of node.children ?? []) {
			const child = byId.get(id);
			if (child !== undefined) visit(child, name);
		}
	};
	const [root] = nodes;
	if (root !== undefined) visit(root, NATIVE);
	return packages;
}

/** @returns undefined for what counts for its caller */
function packageOf({ callFrame: { functionName, url } }: ProfileNode): string | undefined {
	if (functionName === IDLE) return IDLE;
	if (functionName === '(garbage collector)') return GARBAGE_COLLECTION;
	if (functionName === '(program)') return NATIVE;
	if (url.startsWith('node:')) return NODE;
	const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
	if (name !== undefined) return name;
	return url === '' ? undefined : url.slice(url.lastIndexOf('/') + 1);
}
