import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import type { InstaplyClient } from '../../api/client';
import { connect } from '../../api/transport';
import { waitAtMost } from '../../api/waitAtMost';
import { toResult } from '../../common/result';
import type { MessageEvent } from '../../delivery/event';
import { waitsKnownToTrigger } from '../../n8n/ownWaits';
import { webhookUrl } from '../../n8n/webhook';
import { isStillOpen } from '../isStillOpen';
import { isReply, mayBeReply } from '../reply';
import { messageKey, takenBy } from '../takenMessages';
import { forwardTo } from './forwardTo';
import { forgetQuestion, knownQuestions, listInTurn } from './knownQuestions';
import { canForward, type RegisteredQuestion } from './registeredQuestion';
import { versionInQuery } from './version';

/**
 * What became of a message at a reception:
 * - `taken`: it is the reply to a question
 * - `awaited`: Instaply delivers it to a question by itself
 * - `not awaited`
 * - `not taken`: it is the reply to a question that could not be reached
 */
export type Forwarded = 'taken' | 'awaited' | 'not awaited' | 'not taken';

/** Several triggers of this n8n get the same message. */
const underWay = new Map<string, Promise<Forwarded>>();

/**
 * Forwards a message to the question whose reply it is, if there is one. The newest question of a
 * thread gets it.
 *
 * When Instaply does not say in time which questions wait, the message is not held back, but looked
 * after in the background.
 *
 * @returns undefined when this delivery came to no reception
 */
export async function forwardReply(
	context: IWebhookFunctions,
	event: MessageEvent,
): Promise<Forwarded | undefined> {
	const version = versionInQuery(context.getQueryData());
	if (version === undefined) return undefined;
	if (!mayBeReply(event)) return 'not awaited';
	if (takenBy(event) !== undefined) return 'taken';
	if (knownQuestions(version, event.customerThreadId)?.length === 0) return 'not awaited';
	const key = messageKey(event);
	const forwarding = underWay.get(key) ?? forwardInTime({ context, event, version });
	underWay.set(key, forwarding);
	try {
		return await forwarding;
	} finally {
		if (underWay.get(key) === forwarding) underWay.delete(key);
	}
}

/** A message at a reception. */
interface Received {
	context: IWebhookFunctions;
	event: MessageEvent;
	version: string;
}

/** Meanwhile the message waits, and so does Instaply for a response. */
const MAX_LOOK_MS = 3_000;

async function forwardInTime(received: Received): Promise<Forwarded> {
	const looked = await waitAtMost(MAX_LOOK_MS, look(received));
	if (looked !== undefined && 'value' in looked) {
		const forwarded = await forward(received, looked.value);
		if (forwarded === 'not taken') void forwardLater(received);
		return forwarded;
	}
	void forwardLater(received);
	return 'not awaited';
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

/** @throws InstaplyError when Instaply does not say */
async function look({ context, event, version }: Received): Promise<Look> {
	const instaply = await connect(context, { timeoutMs: LIST_TIMEOUT_MS });
	const { customerThreadId } = event;
	const known = knownQuestions(version, customerThreadId);
	if (known !== undefined) return { instaply, questions: [...known], isNew: false };
	await listInTurn(instaply, version);
	const questions = knownQuestions(version, customerThreadId) ?? [];
	return { instaply, questions: [...questions], isNew: true };
}

async function forward(
	received: Received,
	{ instaply, questions, isNew }: Look,
): Promise<Forwarded> {
	const { context, event, version } = received;
	const url = webhookUrl(context);
	const waits = waitsKnownToTrigger(context, MAX_PROBE_MS);
	for (const question of questions) {
		if (!isReply(event, question.ticket)) continue;
		const current = await currentState(question, instaply);
		if (current === undefined) {
			forgetQuestion(version, question);
			if (isNew) return 'taken';
			continue;
		}
		if (current.isEnabled || !canForward(url, current)) {
			if (await isStillOpen(current, waits)) return 'awaited';
			continue;
		}
		const response = await forwardTo(current, event, context, instaply);
		if (response === 'over') forgetQuestion(version, question);
		else if (response !== 'not wanted') return response;
	}
	// Instaply may have delivered it to a question by itself in the meantime.
	return takenBy(event) === undefined ? 'not awaited' : 'taken';
}

const MAX_READ_MS = 1_500;
const MAX_PROBE_MS = 2_000;

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

/** In seconds, some five minutes in all. */
const LATER = [5, 10, 20, 40, 60, 60, 60, 60];
const MAX_LATER = 1_000;
let laterCount = 0;

/** Looks after a message that Instaply has a response to already. Never rejects. */
async function forwardLater(received: Received): Promise<void> {
	if (laterCount >= MAX_LATER) return;
	laterCount += 1;
	for (const pause of LATER) {
		await sleep(pause * 1000);
		if (takenBy(received.event) !== undefined) break;
		const forwarded = await toResult(async () => await forward(received, await look(received)));
		if ('value' in forwarded && forwarded.value !== 'not taken') break;
	}
	laterCount -= 1;
}
