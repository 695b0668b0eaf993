import { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';
import type { Choice } from './acceptedReplies';
import { assertListable, withList } from './listReplies';
import { DEFAULT_MAX_REPLIES, type WaitOptions } from './options';
import { TYPE_NAMES, TYPES_WITH_VALUE, type TypeWithValue } from './replyType';
import type { Verdict } from './verdict';

/** What counts as a reply, and what to do about others. Stored with a pending question. */
export interface WaitSettings {
	/** The accepted replies; without any, and without a type, every reply is accepted. */
	choices: Choice[];
	maxTries: number;
	clarification?: string;
	/**
	 * Whether an AI agent wants to use a tool, and a person is asked: the first accepted reply approves,
	 * any other refuses.
	 */
	isReview: boolean;
	/** Version 0.1.0 stored none of these; missing unless they matter. */
	replyType?: TypeWithValue;
	clarificationWhenUnclear?: string;
	/** Whether the number of an accepted reply is a reply, too. */
	isListed?: true;
}

/** No word of these means no in another of the languages. */
const APPROVING: Choice = { reply: 'yes', alsoAccept: ['y', 'oui', 'ok', 'si', 'ja', '1'] };
const HOW_TO_APPROVE = 'Answer yes to allow it.';

/**
 * @param isReview whether an AI agent wants to use a tool, and a person is asked
 * @throws InstaplyError when the options contradict each other
 */
export function waitSettings(options: WaitOptions, isReview: boolean): WaitSettings {
	const { acceptedReplies: choices = [], maxTries = DEFAULT_MAX_REPLIES, clarification } = options;
	const { replyType = 'text', listReplies = false, clarificationWhenUnclear } = options;
	if (listReplies) assertListable(choices);
	if (replyType !== 'text') {
		assertPossible(replyType, choices, isReview);
		return { choices, maxTries, clarification, isReview, replyType, clarificationWhenUnclear };
	}
	// Anything but a yes is for the agent to read, so there is no clarification.
	if (isReview && choices.length === 0) return { choices: [APPROVING], maxTries: 1, isReview };
	if (!listReplies) return { choices, maxTries, clarification, isReview };
	const repeated = clarification === undefined ? undefined : withList(clarification, choices);
	return { choices, maxTries, clarification: repeated, isReview, isListed: true };
}

function assertPossible(type: TypeWithValue, choices: Choice[], isReview: boolean): void {
	const typeName = `'Reply Type' ${TYPE_NAMES[type]}`;
	if (choices.length > 0) {
		throw new InstaplyError(`'Accepted Replies' cannot be used with the ${typeName}`, {
			description:
				"The customer was not asked. Remove the option 'Accepted Replies', or set 'Reply Type' to Text.",
		});
	}
	if (isReview) {
		throw new InstaplyError(`A human review cannot be answered with the ${typeName}`, {
			description:
				"Nobody was asked. Remove the option 'Reply Type': a person allows it with yes, or with the first of the accepted replies.",
		});
	}
}

/** The text of a question, and below it what the options add. */
export function questionText(
	text: string,
	{ acceptedReplies: choices = [], listReplies = false }: WaitOptions,
	isReview: boolean,
): string {
	if (listReplies) return withList(text, choices);
	return isReview && choices.length === 0 ? `${text.trimEnd()}\n\n${HOW_TO_APPROVE}` : text;
}

/** What to send after a reply that is not accepted; undefined for nothing. */
export function clarificationFor(
	{ isUnclear }: Verdict,
	{ clarification, clarificationWhenUnclear }: WaitSettings,
): string | undefined {
	return isUnclear ? (clarificationWhenUnclear ?? clarification) : clarification;
}

/** Tells whether a stored value is such settings. */
export function isWaitSettings(value: unknown): value is WaitSettings {
	if (!isJsonObject(value) || !Array.isArray(value.choices)) return false;
	const { choices, maxTries, clarification, isReview } = value;
	const { replyType, clarificationWhenUnclear, isListed } = value;
	return (
		choices.every(isChoice) &&
		typeof maxTries === 'number' &&
		isOptionalText(clarification) &&
		typeof isReview === 'boolean' &&
		(replyType === undefined || TYPES_WITH_VALUE.some((type) => type === replyType)) &&
		isOptionalText(clarificationWhenUnclear) &&
		(isListed === undefined || isListed === true)
	);
}

function isOptionalText(value: unknown): boolean {
	return value === undefined || typeof value === 'string';
}

function isChoice(value: unknown): value is Choice {
	return (
		isJsonObject(value) &&
		typeof value.reply === 'string' &&
		Array.isArray(value.alsoAccept) &&
		value.alsoAccept.every((spelling) => typeof spelling === 'string')
	);
}
