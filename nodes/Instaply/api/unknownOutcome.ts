import { InstaplyError } from '../common/InstaplyError';
import type { Json } from '../common/json';
import { doubtAbout } from './doubt';
import type { ApiRequest } from './request';

/** The effect of a request that is no read. */
type Write = Exclude<ApiRequest['effect'], 'none'>;

/** What the user reads when a write got no clear response: what is not known, and what to do. */
const UNKNOWN_OUTCOME: Record<Write, [message: string, advice: string]> = {
	change: [
		'It is not known whether Instaply made this change',
		'Look in Instaply before you run this item again.',
	],
	message: [
		'It is not known whether the customer got this message',
		'Look at the conversation in Instaply before you send it again.',
	],
	conversation: [
		'It is not known whether this conversation was started',
		'Look for it in Instaply before you start it again.',
	],
};

/** A write that Instaply may have done. It has no `retry`: doing it again could do it twice. */
export function unknownOutcome(effect: Write, why: string, httpStatus?: number): InstaplyError {
	const [message, advice] = UNKNOWN_OUTCOME[effect];
	return new InstaplyError(message, {
		description: `${why} ${advice}`,
		httpStatus,
		failure: { cause: 'temporarily-unavailable' },
		isOutcomeUnknown: true,
	});
}

/**
 * Checks a response with a status of success.
 *
 * @throws InstaplyError when it does not show that the write was done
 */
export function assertDone(effect: Write, content: Json): void {
	const doubt = doubtAbout(content);
	if (doubt !== undefined) throw unknownOutcome(effect, doubt);
}

/** The response to starting a thread names none: the message may be there all the same. */
export function threadNotNamed(): InstaplyError {
	return unknownOutcome(
		'conversation',
		"Instaply's answer does not name the thread. Check that 'Base URL' in the Instaply credential points to Instaply.",
	);
}
