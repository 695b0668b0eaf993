import type { IDisplayOptions, INode, INodeProperties } from 'n8n-workflow';

/*
 * Human review: an AI agent of n8n asks a person, with a node that can send and wait, before it uses
 * a tool (measured on 2.41.1).
 */

/** n8n makes a second node type of each such node, with this at the end of its name. */
export function isReview({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('HitlTool');
}

/**
 * In a review, n8n fills in a parameter of this name. Declared here although it stays empty
 * otherwise, because n8n 1 knows no conditions on parameters that are not declared.
 */
export const reviewMessageProperty = {
	displayName: 'Message',
	name: 'message',
	type: 'hidden',
	default: '',
} as const satisfies INodeProperties;

/** Hides a parameter whose place is taken by the message of a review. */
export const hiddenInReview: IDisplayOptions = {
	hide: { [reviewMessageProperty.name]: [{ _cnd: { exists: true } }] },
};
