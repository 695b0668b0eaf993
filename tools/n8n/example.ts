/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import type { StoredCredential, Workflow } from './types';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const FILE = /^(.+)\.json$/;
const OURS = 'n8n-nodes-instaply.';

/** The credentials that the examples leave to the user, by the nodes that want them. */
const CREDENTIAL_TYPES: Record<string, string> = {
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.httpRequest': 'httpHeaderAuth',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

/** The names of all workflows of `examples/`, without what their files end with. */
export function exampleNames(): string[] {
	return readdirSync(EXAMPLES).flatMap((file) => FILE.exec(file)?.[1] ?? []);
}

/**
 * Reads a workflow of `examples/` and fills credentials into the nodes that want them, as a user
 * does after importing it.
 */
export async function readExample(
	name: string,
	...credentials: StoredCredential[]
): Promise<Workflow> {
	const workflow: Workflow = JSON.parse(await readFile(join(EXAMPLES, `${name}.json`), 'utf8'));
	return credentials.reduce(withCredential, workflow);
}

/** The same workflow, with the credential in each node that wants one of its type. */
export function withCredential(workflow: Workflow, { id, name, type }: StoredCredential): Workflow {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			credentialTypeOf(node) === type ? { ...node, credentials: { [type]: { id, name } } } : node,
		),
	};
}

function credentialTypeOf({ type }: INode): string | undefined {
	return type.startsWith(OURS) ? 'instaplyApi' : CREDENTIAL_TYPES[type];
}
