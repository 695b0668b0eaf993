import type { IDisplayOptions, INode } from 'n8n-workflow';

/**
 * The versions of the trigger's node type. 1 and 1.1 are the same. n8n takes every trigger of version 1
 * for its own first Webhook node and evaluates an expression for each delivery: tens of milliseconds
 * (measured on 2.41.1). Since 1.2, lists to choose from take the place of texts: where a text is stored,
 * n8n's editor shows a list as empty, and drops the text at the first choice (measured on 2.41.1). And
 * since 1.2, a trigger leaves out awaited replies unless it is told not to.
 */
export const triggerVersions = { version: [1, 1.1, 1.2], defaultVersion: 1.2 };

/** For what is otherwise since 1.2, and for what it was before. */
export const beforeVersion12: IDisplayOptions = { show: { '@version': [{ _cnd: { lt: 1.2 } }] } };
export const sinceVersion12: IDisplayOptions = { show: { '@version': [{ _cnd: { gte: 1.2 } }] } };

/** Whether awaited replies are left out where no option says so. */
export function ignoresAwaitedByDefault({ typeVersion }: Pick<INode, 'typeVersion'>): boolean {
	return typeVersion >= 1.2;
}
