/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { inspect } from 'node:util';
import type { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Run } from './run';

/** What a user reads of why the node stopped. Checks that it is an explanation and plain. */
export function explanation({ error }: Pick<Run, 'error'>): {
	message: string;
	description: string;
} {
	const { message, description } = asExplained(error);
	expectPlainWords(`${message} ${description}`);
	return { message, description };
}

/** n8n asks for these words to be avoided: they frighten and explain nothing. */
export function expectPlainWords(text: string): void {
	expect(text).not.toMatch(/\b(error|errors|failed|failure|problem|problems|undefined|null)\b/i);
	expect(text).not.toMatch(/\[object|NaN|<\w/);
}

/** Everything that can be seen of a value, however deep, hidden properties included. */
export function everythingIn(value: unknown): string {
	return inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity });
}

function asExplained(error: NodeApiError | NodeOperationError | undefined) {
	expect(error?.name).toMatch(/^Node(Api|Operation)Error$/);
	expect(error?.description).toMatch(/\w/);
	return { message: error?.message ?? '', description: error?.description ?? '' };
}
