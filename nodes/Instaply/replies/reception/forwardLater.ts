import { systemClock } from '../../api/clock';
import { connect } from '../../api/transport';
import { toResult } from '../../common/result';
import { warn } from '../../n8n/warn';
import { messageKey, takenBy } from '../takenMessages';
import { forward, look, type Received } from './attempt';
import type { RegisteredQuestion } from './registeredQuestion';

/** In seconds, some five minutes in all. */
const PAUSES = [5, 10, 20, 40, 60, 60, 60, 60];
const MAX_MESSAGES = 1_000;

/** The messages that are looked after. */
const messages = new Set<string>();

/**
 * Looks after a message that Instaply has a response to already. Never rejects.
 *
 * @param left by the first attempt, if there was one
 */
export async function forwardLater(received: Received, left?: RegisteredQuestion): Promise<void> {
	const key = messageKey(received.event);
	if (messages.has(key)) return;
	let unreached = left;
	if (messages.size < MAX_MESSAGES) {
		messages.add(key);
		unreached = await tryAgain(received, left);
		messages.delete(key);
	}
	if (unreached !== undefined && !unreached.isEnabled) await leaveToInstaply(received, unreached);
}

/** @returns the question that could not be reached, up to the last attempt */
async function tryAgain(
	received: Received,
	first: RegisteredQuestion | undefined,
): Promise<RegisteredQuestion | undefined> {
	let left = first;
	for (const pause of PAUSES) {
		await systemClock.sleep(pause * 1000);
		if (takenBy(received.event) !== undefined) return undefined;
		const attempt = await toResult(async () => await forward(received, await look(received), left));
		if ('error' in attempt) continue;
		left = attempt.value.left;
		if (left === undefined) return undefined;
	}
	return left;
}

/**
 * Has Instaply deliver the next messages to a question that n8n cannot reach. Not before: Instaply
 * delivers a message to the webhooks that are enabled when it goes out, and whoever sees one enabled takes
 * it that this was so.
 */
async function leaveToInstaply(
	{ context }: Received,
	{ webhookId }: RegisteredQuestion,
): Promise<void> {
	warn(
		context,
		'An execution that waits for a reply cannot be reached: Instaply delivers to it now',
	);
	await toResult(async () => {
		const instaply = await connect(context);
		await instaply.updateWebhook(webhookId, { enabled: true });
	});
}
