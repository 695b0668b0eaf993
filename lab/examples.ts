/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import type { StoredCredential, Workflow } from '../tools/n8n/types';
import { CREDENTIAL_NAME, INSTAPLY, WEBHOOK } from './nodes';

const EXAMPLES = join(__dirname, '..', 'examples');
/** The folder of those in French, below the others. */
const FRENCH = 'fr';
const FILE = /^(.+)\.json$/;

/** The credentials that the examples leave to the user, by the nodes that want them. */
const CREDENTIAL_NAMES: Record<string, string> = {
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.httpRequest': 'httpHeaderAuth',
	'n8n-nodes-base.n8n': 'n8nApi',
	[WEBHOOK]: 'httpHeaderAuth',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

/** The names of all workflows of `examples/`, without what their files end with. */
export function exampleNames(): string[] {
	return namesIn(EXAMPLES);
}

/** The names of those that exist in French, too. */
export function translatedNames(): string[] {
	return namesIn(join(EXAMPLES, FRENCH));
}

/** Under which name an example is read in French. */
export function inFrench(name: string): string {
	return `${FRENCH}/${name}`;
}

function namesIn(folder: string): string[] {
	return readdirSync(folder).flatMap((file) => FILE.exec(file)?.[1] ?? []);
}

/** Reads a workflow of `examples/`, as its file holds it. */
export async function readExampleFile(name: string): Promise<Workflow> {
	return JSON.parse(await readFile(join(EXAMPLES, `${name}.json`), 'utf8'));
}

/**
 * Reads a workflow of `examples/`, gives its webhooks addresses of their own, as n8n's editor does
 * on import, and fills credentials into the nodes that want them, as a user does then.
 */
export async function readExample(
	name: string,
	...credentials: StoredCredential[]
): Promise<Workflow> {
	return credentials.reduce(withCredential, withAddresses(await readExampleFile(name)));
}

/** The same workflow with some of its nodes changed, as a user changes them after importing it. */
export function withChanged(workflow: Workflow, change: (node: INode) => INode): Workflow {
	return { ...workflow, nodes: workflow.nodes.map(change) };
}

/** The same workflow, with the credential in each node that wants one of its type and has none. */
export function withCredential(workflow: Workflow, { id, name, type }: StoredCredential): Workflow {
	return withChanged(workflow, (node) =>
		credentialTypeOf(node) === type && node.credentials?.[type] === undefined
			? { ...node, credentials: { [type]: { id, name } } }
			: node,
	);
}

function withAddresses(workflow: Workflow): Workflow {
	return withChanged(workflow, (node) =>
		node.type === WEBHOOK || isOurs(node) ? { ...node, webhookId: randomUUID() } : node,
	);
}

function credentialTypeOf(node: INode): string | undefined {
	return isOurs(node) ? CREDENTIAL_NAME : CREDENTIAL_NAMES[node.type];
}

/** The trigger and the AI tools, too: their types begin with that of the node. */
function isOurs({ type }: INode): boolean {
	return type.startsWith(INSTAPLY);
}
