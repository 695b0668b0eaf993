import type { InstaplyClient } from '../../api/client';
import type { RegisteredWebhook } from '../../api/responses';
import { RecentValues } from '../../common/recent';
import { toResult } from '../../common/result';
import { byAge, questionsIn, type RegisteredQuestion } from './registeredQuestion';

/*
 * What Instaply's last list of webhooks said about questions, in this process: one list for each
 * account, for all versions that were current when it was requested.
 */

/** One list of an account's questions. */
interface KnownQuestions {
	/** Counts up with each list that is requested. */
	order: number;
	byThread: Map<string, RegisteredQuestion[]>;
}

const MAX_ACCOUNTS = 1_000;
const MAX_VERSIONS = 10_000;

const known = new RecentValues<KnownQuestions>(MAX_ACCOUNTS);
/** The account of each version that the list of the account is as new as. */
const accountByVersion = new RecentValues<string>(MAX_VERSIONS);
let lastOrder = 0;

type Lists = Pick<InstaplyClient, 'accountKey' | 'webhooks'>;

/**
 * Lists all webhooks of an account, and keeps its questions in mind.
 *
 * @param version that was current before this was called
 */
export async function listQuestions(
	instaply: Lists,
	version?: string,
): Promise<RegisteredWebhook[]> {
	const order = ++lastOrder;
	const webhooks = await instaply.webhooks();
	const account = instaply.accountKey;
	if ((known.get(account)?.order ?? 0) < order) {
		known.set(account, { order, byThread: byThread(webhooks) });
	}
	if (version !== undefined) accountByVersion.set(version, account);
	return webhooks;
}

/** @returns the questions of a thread, the newest first; undefined when they have to be listed */
export function knownQuestions(
	version: string,
	customerThreadId: string,
): RegisteredQuestion[] | undefined {
	const account = accountByVersion.get(version);
	const list = account === undefined ? undefined : known.get(account);
	return list === undefined ? undefined : (list.byThread.get(customerThreadId) ?? []);
}

/** For a question that waits no more. */
export function forgetQuestion(version: string, { webhookId, ticket }: RegisteredQuestion): void {
	const questions = knownQuestions(version, ticket.customerThreadId);
	const index = questions?.findIndex((question) => question.webhookId === webhookId) ?? -1;
	if (index >= 0) questions?.splice(index, 1);
}

function byThread(webhooks: RegisteredWebhook[]): Map<string, RegisteredQuestion[]> {
	const threads = new Map<string, RegisteredQuestion[]>();
	for (const question of questionsIn(webhooks)) {
		const { customerThreadId } = question.ticket;
		const others = threads.get(customerThreadId);
		if (others === undefined) threads.set(customerThreadId, [question]);
		else others.push(question);
	}
	for (const questions of threads.values()) questions.sort((one, other) => byAge(other, one));
	return threads;
}

/** The list of an account that is under way, and the one that follows it. */
interface Turn {
	ended: Promise<void>;
	following?: Promise<void>;
}

const turns = new Map<string, Turn>();

/**
 * The same, with one request at a time for each account: those who come while one is under way share
 * the next, because the one under way may lack what is new for them.
 */
export async function listInTurn(instaply: Lists, version: string): Promise<void> {
	const account = instaply.accountKey;
	const turn = turns.get(account);
	if (turn === undefined) {
		await begin(instaply, account);
	} else {
		turn.following ??= turn.ended.then(async () => await begin(instaply, account));
		await turn.following;
	}
	accountByVersion.set(version, account);
}

async function begin(instaply: Lists, account: string): Promise<void> {
	const list = listQuestions(instaply);
	const turn: Turn = {
		ended: toResult(async () => await list).then(() => {
			if (turns.get(account) === turn) turns.delete(account);
		}),
	};
	turns.set(account, turn);
	await list;
}
