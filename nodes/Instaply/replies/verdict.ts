import { isEmail } from '../api/channel';
import { choiceIn, type Choice } from './acceptedReplies';
import { choiceByNumber } from './listReplies';
import { ownText } from './ownText';
import { readAs, type Moment, type TypeWithValue } from './replyType';
import type { WaitSettings } from './settings';

/** What a customer wrote. */
export interface Written extends Moment {
	text: string;
	channel: string | null;
}

/** What the item says about a reply, beside the reply itself. */
export interface VerdictFields {
	/** With a reply type only: what was understood. */
	value?: string | number | null;
	/** With accepted replies only: which of them it is. */
	choice?: string | null;
	/** With either: whether the reply is accepted. */
	matched?: boolean;
	/** In a review only: what n8n's AI Agent looks for, and what it tells the model otherwise. */
	approved?: boolean;
	chatInput?: string;
}

export interface Verdict {
	fields: VerdictFields;
	isAccepted: boolean;
	/** Something of the wanted type is in it, but there is no telling what exactly. */
	isUnclear: boolean;
}

/** @param reply undefined when there is none */
export function judge(reply: Written | undefined, settings: WaitSettings): Verdict {
	const { choices, replyType } = settings;
	if (replyType !== undefined) return judgeByType(reply, replyType);
	const [first] = choices;
	if (first === undefined) return { fields: {}, isAccepted: true, isUnclear: false };
	return judgeByChoice(reply, settings, first);
}

function judgeByType(reply: Written | undefined, type: TypeWithValue): Verdict {
	const reading = reply === undefined ? 'none' : readAs(type, ownTextOf(reply), reply);
	if (typeof reading === 'object') {
		return { fields: { ...reading, matched: true }, isAccepted: true, isUnclear: false };
	}
	const isUnclear = reading === 'unclear';
	return { fields: { value: null, matched: false }, isAccepted: false, isUnclear };
}

function judgeByChoice(
	reply: Written | undefined,
	{ choices, isReview, isListed }: WaitSettings,
	first: Choice,
): Verdict {
	const choice = reply && chosenIn(reply, choices, isListed === true);
	const isAccepted = choice !== undefined;
	const match = { choice: choice ?? null, matched: isAccepted };
	const approved = choice === first.reply;
	const review = { approved, ...(!approved && reply && { chatInput: reply.text }) };
	return { fields: { ...match, ...(isReview && review) }, isAccepted, isUnclear: false };
}

/** Around a reply by e-mail, there may be a signature and quotes. */
function chosenIn(reply: Written, choices: Choice[], isListed: boolean): string | undefined {
	const inText = (text: string) =>
		choiceIn(text, choices) ?? (isListed ? choiceByNumber(text, choices) : undefined);
	return inText(reply.text) ?? (isEmail(reply.channel) ? inText(ownText(reply.text)) : undefined);
}

function ownTextOf(reply: Written): string {
	return isEmail(reply.channel) ? ownText(reply.text) : reply.text;
}
