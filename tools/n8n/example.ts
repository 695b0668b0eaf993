/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { StoredCredential, Workflow } from './types';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const OURS = 'n8n-nodes-instaply.';

/**
 * Reads a workflow of `examples/` and fills the credential into the nodes that want one, as a user
 * does after importing it.
 */
export async function readExample(name: string, credential: StoredCredential): Promise<Workflow> {
	const workflow: Workflow = JSON.parse(await readFile(join(EXAMPLES, `${name}.json`), 'utf8'));
	return withCredential(workflow, credential);
}

/** The same workflow, with the credential in each node of this package. */
export function withCredential(workflow: Workflow, { id, name, type }: StoredCredential): Workflow {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.type.startsWith(OURS) ? { ...node, credentials: { [type]: { id, name } } } : node,
		),
	};
}
