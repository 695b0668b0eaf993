import type { INode } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import type { Choice } from './acceptedReplies';
import { DEFAULT_MAX_REPLIES, type waitOptions } from './options';

/** What counts as a reply, and what to do about others. */
export interface WaitSettings {
	/** The accepted replies; none means that every reply is. */
	choices: Choice[];
	maxTries: number;
	clarification?: string;
	/**
	 * Whether n8n asks, with this node, if an AI agent may use a tool: the first accepted reply
	 * approves, any other refuses.
	 */
	isReview: boolean;
}

const APPROVING: Choice = { reply: 'yes', alsoAccept: ['y', 'ok', '1'] };

export function waitSettings(
	{
		acceptedReplies = [],
		maxTries = DEFAULT_MAX_REPLIES,
		clarification,
	}: ReturnType<typeof waitOptions.value>,
	{ type }: Pick<INode, 'type'>,
): WaitSettings {
	const isReview = type.endsWith('HitlTool');
	// What a reviewer writes instead of a yes is for the agent to read.
	if (isReview && acceptedReplies.length === 0) {
		return { choices: [APPROVING], maxTries: 1, isReview };
	}
	return { choices: acceptedReplies, maxTries, clarification, isReview };
}

/** Tells whether something that n8n stored is such settings. */
export function isWaitSettings(value: unknown): value is WaitSettings {
	if (!isJsonObject(value) || !Array.isArray(value.choices)) return false;
	const { choices, maxTries, clarification, isReview } = value;
	return (
		choices.every(isChoice) &&
		typeof maxTries === 'number' &&
		(clarification === undefined || typeof clarification === 'string') &&
		typeof isReview === 'boolean'
	);
}

function isChoice(value: unknown): value is Choice {
	return (
		isJsonObject(value) &&
		typeof value.reply === 'string' &&
		Array.isArray(value.alsoAccept) &&
		value.alsoAccept.every((spelling) => typeof spelling === 'string')
	);
}
