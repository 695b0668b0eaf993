import type { IWebhookFunctions } from 'n8n-workflow';

import type { RegisteredWebhook } from '../api/responses';
import { waitAtMost } from '../api/waitAtMost';
import { waitsBeside } from '../n8n/ownWaits';
import { connectAsAsked } from './connectAsAsked';
import { isStillOpen } from './isStillOpen';
import { byAge, questionsIn } from './reception/registeredQuestion';
import { isReply, type Reply } from './reply';
import { takenBy } from './takenMessages';

/**
 * Tells whether a reply belongs to a newer question in the same thread, as far as Instaply's list and
 * this process know. False when Instaply does not say so within seconds: that two questions take a
 * reply is better than that none does.
 */
export async function isForNewer(context: IWebhookFunctions, reply: Reply): Promise<boolean> {
	if (isTakenByOther(reply)) return true;
	const { event, ticket } = reply;
	const questions = questionsIn(await listWebhooks(context, reply));
	// It may have been taken, and the webhook removed, in the meantime.
	if (isTakenByOther(reply)) return true;
	const own = questions.find((question) => question.ticket.fingerprint === ticket.fingerprint);
	const newer = questions.filter(
		(question) => byAge(question, reply) > 0 && isReply(event, question.ticket),
	);
	if (newer.length === 0) return false;
	const waits = waitsBeside(context, own?.url ?? '', MAX_PROBE_MS);
	for (const question of newer) if (await isStillOpen(question, waits)) return true;
	if (isTakenByOther(reply)) return true;
	// One that has just taken this reply, in another process, has ended, too. But its webhook goes.
	const left = new Set((await listWebhooks(context, reply)).map(({ url }) => url));
	return newer.some(({ url }) => !left.has(url));
}

function isTakenByOther({ event, ticket }: Reply): boolean {
	const fingerprint = takenBy(event);
	return fingerprint !== undefined && fingerprint !== ticket.fingerprint;
}

const MAX_LOOK_MS = 3_000;
const MAX_PROBE_MS = 2_000;

/** @returns none when Instaply does not say in time */
async function listWebhooks(
	context: IWebhookFunctions,
	{ question, secret }: Reply,
): Promise<RegisteredWebhook[]> {
	const list = connectAsAsked(context, question, secret).then(
		async (instaply) => await instaply.webhooks(),
	);
	const listed = await waitAtMost(MAX_LOOK_MS, list);
	return listed !== undefined && 'value' in listed ? listed.value : [];
}
