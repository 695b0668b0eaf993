import type { IWebhookFunctions } from 'n8n-workflow';

import { waitsBeside } from '../n8n/ownWaits';
import { connectAsAsked } from './connectAsAsked';
import { MAX_PROBE_MS, questionLister, takesReply } from './openQuestions';
import { byAge } from './reception/registeredQuestion';
import { isReply, type Reply } from './reply';
import { takenBy } from './takenMessages';

/**
 * Tells whether a reply belongs to a newer question in the same thread, as far as Instaply's list and
 * this process know. False when Instaply does not say so within seconds: that two questions take a
 * reply is better than that none does.
 */
export async function isForNewer(context: IWebhookFunctions, reply: Reply): Promise<boolean> {
	if (isTakenByOther(reply)) return true;
	const { event, ticket, question, secret } = reply;
	const list = questionLister(
		async (options) => await connectAsAsked(context, question, secret, options),
	);
	const questions = (await list()) ?? [];
	// It may have been taken, and the webhook removed, in the meantime.
	if (isTakenByOther(reply)) return true;
	const own = questions.find((one) => one.ticket.fingerprint === ticket.fingerprint);
	const newer = questions
		.filter((one) => byAge(one, reply) > 0 && isReply(event, one.ticket))
		.sort((one, other) => byAge(other, one));
	const waits = waitsBeside(context, own?.url ?? '', MAX_PROBE_MS);
	return (await takesReply(newer, waits, list)) || isTakenByOther(reply);
}

function isTakenByOther({ event, ticket }: Reply): boolean {
	const fingerprint = takenBy(event);
	return fingerprint !== undefined && fingerprint !== ticket.fingerprint;
}
