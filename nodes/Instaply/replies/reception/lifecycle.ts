import type { InstaplyClient } from '../../api/client';
import type { RegisteredWebhook } from '../../api/responses';
import { isMissing } from '../../common/InstaplyError';
import { runInLanes } from '../../common/lanes';
import { toResult } from '../../common/result';
import { resumeInSame, resumesIn } from '../../n8n/address';
import { isExpired } from '../expiredWebhooks';
import { forgetReceptions } from './findReceptions';
import { listQuestions } from './knownQuestions';
import {
	announce,
	findListening,
	receptionsFor,
	receptionsIn,
	type IsListening,
} from './receptions';
import { byAge, canForward, questionsIn, type RegisteredQuestion } from './registeredQuestion';
import { createVersion, versionInUrl, withoutVersion } from './version';

/*
 * Who delivers replies to the questions that wait in an n8n: a reception, or Instaply itself. When
 * receptions come and go, that changes. A question may have both for a while, but is never without.
 */

type Lists = Pick<InstaplyClient, 'accountKey' | 'updateWebhook' | 'webhooks'>;

/** An n8n, as one of its triggers or executions knows it. */
interface Place {
	/** Tells whether an execution of it waits at a URL. */
	owns(resumeUrl: string): boolean;
	isListening: IsListening;
}

/**
 * Begins to forward, now that a trigger is registered. Never rejects: where that goes wrong, Instaply
 * goes on to deliver by itself.
 */
export async function openReception(instaply: Lists, triggerUrl: string): Promise<void> {
	await toResult(async () => {
		const webhooks = await listQuestions(instaply, versionInUrl(triggerUrl));
		await takeOverQuestions(instaply, triggerUrl, webhooks);
	});
}

/**
 * Makes a change after which a trigger forwards no more, if it did, and sees to it that the questions of
 * its n8n get their replies all the time.
 *
 * @param webhooks all of them, as listed just now
 * @param leaving the IDs of those of the trigger that forward
 * @throws InstaplyError when that is not certain, or what the change throws
 */
export async function closeReception(
	instaply: Lists,
	triggerUrl: string,
	isListening: IsListening,
	webhooks: readonly RegisteredWebhook[],
	leaving: readonly string[],
	change: () => Promise<void>,
): Promise<void> {
	const place = { owns: (resumeUrl: string) => resumesIn(triggerUrl, resumeUrl), isListening };
	if (leaving.length === 0) {
		await change();
		// Also of this trigger, when an earlier try to unpublish it came no further.
		return await recoverQuestions(instaply, place, webhooks);
	}
	// n8n may listen no more by now, whether or not Instaply lets the webhook go.
	forgetReceptions(instaply, triggerUrl);
	try {
		await stopTakingOver(triggerUrl);
		await handOverQuestions(instaply, place, webhooks, leaving);
		await change();
		// Others may have been asked meanwhile, and have found this trigger.
		await handOverQuestions(instaply, place, await instaply.webhooks(), leaving);
	} finally {
		forgetReceptions(instaply, triggerUrl);
	}
}

/** To other receptions, which look anew, or to Instaply itself. */
async function handOverQuestions(
	instaply: Lists,
	place: Place,
	webhooks: readonly RegisteredWebhook[],
	leaving: readonly string[],
): Promise<void> {
	const disabled = disabledIn(webhooks, place);
	const [first] = disabled;
	if (first === undefined) return;
	const others = receptionsFor(first.url, receptionsIn(webhooks)).filter(
		({ webhookId }) => !leaving.includes(webhookId),
	);
	const announced = await announce(instaply, others, createVersion());
	if (typeof (await findListening(announced, place.isListening)) === 'object') return;
	await setEnabled(instaply, disabled, true);
}

/**
 * Has Instaply deliver to the questions of an n8n in which no reception forwards any more, without
 * having handed them over: its webhook was changed by hand, or its workflow is unpublished, and Instaply
 * did not let the webhook go.
 *
 * @throws InstaplyError when some of them are left
 */
async function recoverQuestions(
	instaply: Lists,
	place: Place,
	webhooks: readonly RegisteredWebhook[],
): Promise<void> {
	const disabled = disabledIn(webhooks, place);
	const [first] = disabled;
	if (first === undefined) return;
	const receptions = receptionsFor(first.url, receptionsIn(webhooks));
	if ((await findListening(receptions, place.isListening)) !== 'none') return;
	await setEnabled(instaply, disabled, true);
}

/** By account: each question that is asked meanwhile sees the same that are left. */
const recovering = new Set<string>();

/** The same, after a question was asked. Never rejects. */
export async function recoverInBackground(
	instaply: Lists,
	place: Place,
	webhooks: readonly RegisteredWebhook[],
): Promise<void> {
	const { accountKey } = instaply;
	if (recovering.has(accountKey)) return;
	recovering.add(accountKey);
	await toResult(async () => await recoverQuestions(instaply, place, webhooks));
	recovering.delete(accountKey);
}

/**
 * The questions of an n8n to which Instaply does not deliver, the newest first: customers answer within
 * minutes if at all, and until a question is enabled, its reply may find nobody.
 */
function disabledIn(
	webhooks: readonly RegisteredWebhook[],
	{ owns }: Pick<Place, 'owns'>,
): RegisteredQuestion[] {
	return waitingIn(webhooks, owns)
		.filter(({ isEnabled }) => !isEnabled)
		.sort((one, other) => byAge(other, one));
}

/** The number of other executions of an n8n to each of which Instaply delivers every message. */
export function deliveredTo(resumeUrl: string, webhooks: readonly RegisteredWebhook[]): number {
	const questions = waitingIn(webhooks, (url) => url !== resumeUrl && resumeInSame(url, resumeUrl));
	return questions.filter(({ isEnabled }) => isEnabled).length;
}

/** The taking over that goes on in this process, by the URL of the trigger. */
const takingOver = new Map<string, { isStopped: boolean; ended: Promise<void> }>();

/** Has a reception forward to the questions to which Instaply delivered by itself until now. */
async function takeOverQuestions(
	instaply: Lists,
	triggerUrl: string,
	webhooks: readonly RegisteredWebhook[],
): Promise<void> {
	const questions = waitingIn(webhooks, (url) => resumesIn(triggerUrl, url)).filter(
		(question) => question.isEnabled && canForward(triggerUrl, question),
	);
	const [first] = questions;
	if (first === undefined) return;
	const key = withoutVersion(triggerUrl);
	const run = { isStopped: false, ended: Promise.resolve() };
	const work = toResult(async () => {
		await setEnabled(instaply, questions, false, () => run.isStopped);
		if (run.isStopped) return;
		const receptions = receptionsIn(await instaply.webhooks());
		if (receptionsFor(first.url, receptions).length > 0) return;
		// The trigger is gone by now, in some other process.
		await setEnabled(instaply, questions, true);
	});
	run.ended = work.then(() => {
		if (takingOver.get(key) === run) takingOver.delete(key);
	});
	takingOver.set(key, run);
	await run.ended;
}

/** Ends what a trigger takes over, before it is unpublished. */
async function stopTakingOver(triggerUrl: string): Promise<void> {
	const run = takingOver.get(withoutVersion(triggerUrl));
	if (run === undefined) return;
	run.isStopped = true;
	await run.ended;
}

function waitingIn(
	webhooks: readonly RegisteredWebhook[],
	isOwn: (resumeUrl: string) => boolean,
): RegisteredQuestion[] {
	const now = Date.now();
	return questionsIn(webhooks).filter(({ url }) => isOwn(url) && !isExpired(url, now));
}

const CHANGES_AT_A_TIME = 10;

/** @throws InstaplyError when one of them could not be changed; the others are all the same */
async function setEnabled(
	instaply: Lists,
	questions: readonly RegisteredQuestion[],
	enabled: boolean,
	isStopped = () => false,
): Promise<void> {
	const errors: unknown[] = [];
	const tasks = questions.map(({ webhookId }) => ({
		run: async () => {
			const change = async () => await instaply.updateWebhook(webhookId, { enabled });
			const changed = await toResult(change);
			// It is gone when its question was answered in the meantime.
			if ('error' in changed && !isMissing(changed.error)) errors.push(changed.error);
		},
	}));
	await runInLanes(tasks, CHANGES_AT_A_TIME, isStopped);
	if (errors.length > 0) throw errors[0];
}
