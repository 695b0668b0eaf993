import type { IWebhookFunctions } from 'n8n-workflow';

import type { InstaplyClient } from '../../api/client';
import { connect } from '../../api/transport';
import { waitAtMost } from '../../api/waitAtMost';
import type { MessageEvent } from '../../delivery/event';
import { waitsKnownToTrigger } from '../../n8n/ownWaits';
import { webhookUrl } from '../../n8n/webhook';
import { isStillOpen } from '../isStillOpen';
import { isReply } from '../reply';
import { isAnswered, takenBy } from '../takenMessages';
import { forwardTo } from './forwardTo';
import { forgetQuestion, knownQuestions, listInTurn } from './knownQuestions';
import { asReceived, canForward, type RegisteredQuestion } from './registeredQuestion';

/** A message at a reception. */
export interface Received {
	context: IWebhookFunctions;
	event: MessageEvent;
	version: string;
}

/**
 * What became of a message at a reception:
 * - `taken`: it is the reply to a question
 * - `awaited`: Instaply, or another n8n, delivers it to a question
 * - `not awaited`
 * - `not taken`: it is the reply to a question that could not be reached
 */
export type Forwarded = 'taken' | 'awaited' | 'not awaited' | 'not taken';

/** One attempt to forward a message. */
export interface Attempt {
	forwarded: Forwarded;
	/** The question that may not have it, as Instaply showed it. Another attempt has to follow. */
	left?: RegisteredQuestion;
}

interface Look {
	instaply: InstaplyClient;
	/** Of the thread, the newest first. */
	questions: readonly RegisteredQuestion[];
	/** Listed since the message came: a question that is gone by now has just taken it. */
	isNew: boolean;
}

/** Long enough for the list of some thousand questions. */
const LIST_TIMEOUT_MS = 10_000;

/**
 * Looks which questions wait.
 *
 * @throws InstaplyError when Instaply does not say
 */
export async function look({ context, event, version }: Received): Promise<Look> {
	const instaply = await connect(context, { timeoutMs: LIST_TIMEOUT_MS });
	const { customerThreadId } = event;
	const known = knownQuestions(version, customerThreadId);
	if (known !== undefined) return { instaply, questions: [...known], isNew: false };
	await listInTurn(instaply, version);
	const questions = knownQuestions(version, customerThreadId) ?? [];
	return { instaply, questions: [...questions], isNew: true };
}

const MAX_PROBE_MS = 2_000;

/**
 * Forwards a message to the newest of the questions that it is the reply to.
 *
 * @param left by the attempt before
 */
export async function forward(
	{ context, event, version }: Received,
	{ instaply, questions, isNew }: Look,
	left?: RegisteredQuestion,
): Promise<Attempt> {
	const url = webhookUrl(context);
	const waits = waitsKnownToTrigger(context, MAX_PROBE_MS);
	for (const question of questions) {
		if (!isReply(event, question.ticket)) continue;
		const current = await currentState(question, instaply);
		if (takenBy(event) !== undefined) return { forwarded: 'taken' };
		const isOver = isAnswered(question.ticket.fingerprint);
		if (isOver || current === undefined) {
			forgetQuestion(version, question);
			if (isNew && !isOver) return { forwarded: 'taken' };
			continue;
		}
		const way = wayTo(current, url, left);
		if (way !== 'forwarded') {
			if (!(await isStillOpen(current, waits))) continue;
			return { forwarded: 'awaited', ...(way === 'unclear' && { left: current }) };
		}
		const isGone = async () => (await currentState(current, instaply)) === undefined;
		const response = await forwardTo(current, event, context, isGone);
		if (response === 'not taken') return { forwarded: response, left: current };
		if (response === 'taken') return { forwarded: response };
		if (response === 'over') forgetQuestion(version, question);
	}
	// Instaply may have delivered it to a question by itself in the meantime.
	return { forwarded: takenBy(event) === undefined ? 'not awaited' : 'taken' };
}

/**
 * Tells how a message comes to a question. Instaply delivers it to one that is enabled, if it was so when
 * the message went out, which does not show. Such a question is left to Instaply at first: forwarded at
 * once, the message could come to two processes of n8n at the same time, which do not know of each other.
 *
 * @param left by the attempt before
 */
function wayTo(
	question: RegisteredQuestion,
	triggerUrl: string,
	left: RegisteredQuestion | undefined,
): 'forwarded' | 'delivered' | 'unclear' {
	if (!canForward(triggerUrl, question)) return 'delivered';
	if (!question.isEnabled) return 'forwarded';
	if (left?.webhookId !== question.webhookId) return 'unclear';
	// Its headers count the replies that were not accepted, and it has just counted one.
	return left.isEnabled && !isSame(left, question) ? 'delivered' : 'forwarded';
}

function isSame(one: RegisteredQuestion, other: RegisteredQuestion): boolean {
	const [before, after] = [one, other].map(({ headers }) => JSON.stringify(asReceived(headers)));
	return before === after;
}

const MAX_READ_MS = 1_500;

/**
 * As Instaply shows it by now, because its headers change with each reply that is not accepted.
 *
 * @returns undefined when it is gone
 */
async function currentState(
	question: RegisteredQuestion,
	instaply: InstaplyClient,
): Promise<RegisteredQuestion | undefined> {
	const read = await waitAtMost(MAX_READ_MS, instaply.findWebhook(question.webhookId));
	// It may have been enabled when it was listed, and disabled since.
	if (read === undefined || 'error' in read) return { ...question, isEnabled: false };
	if (read.value === undefined) return undefined;
	const { enabled, extraHeaders = question.headers } = read.value;
	return { ...question, isEnabled: enabled ?? question.isEnabled, headers: extraHeaders };
}
