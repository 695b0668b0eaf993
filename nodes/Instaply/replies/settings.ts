import { isJsonObject } from '../common/json';
import type { Choice } from './acceptedReplies';
import { DEFAULT_MAX_REPLIES, type WaitOptions } from './options';

/** What counts as a reply, and what to do about others. Stored with a pending question. */
export interface WaitSettings {
	/** The accepted replies; without any, every reply is accepted. */
	choices: Choice[];
	maxTries: number;
	clarification?: string;
	/**
	 * Whether an AI agent wants to use a tool, and a person is asked: the first accepted reply approves,
	 * any other refuses.
	 */
	isReview: boolean;
}

const APPROVING: Choice = { reply: 'yes', alsoAccept: ['y', 'ok', '1'] };

export function waitSettings(
	{ acceptedReplies = [], maxTries = DEFAULT_MAX_REPLIES, clarification }: WaitOptions,
	isReview: boolean,
): WaitSettings {
	// Anything but a yes is for the agent to read, so there is no clarification.
	if (isReview && acceptedReplies.length === 0) {
		return { choices: [APPROVING], maxTries: 1, isReview };
	}
	return { choices: acceptedReplies, maxTries, clarification, isReview };
}

/** Tells whether a stored value is such settings. */
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
