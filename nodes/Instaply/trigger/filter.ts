import { channelKey, isEmail } from '../api/channel';
import { hasOneOf } from '../common/words';
import type { InstaplyEvent } from '../delivery/event';
import { textOf } from '../delivery/simplify';
import { ownText } from '../replies/ownText';
import type { TriggerParameters } from './fields';

/** Tells whether the user wants an event to start the workflow. */
export function isWanted(event: InstaplyEvent, parameters: TriggerParameters): boolean {
	const { options } = parameters;
	return (
		isWantedKind(event, parameters) &&
		isListed(options.customerThreadIds, [event.customerThreadId]) &&
		isListed(options.businessIds, event.businessIds) &&
		isListed(options.channels, event.channel === undefined ? [] : [channelKey(event.channel)]) &&
		hasWantedText(event, options.textContains)
	);
}

function isWantedKind(
	event: InstaplyEvent,
	{ events, sentBy, options }: TriggerParameters,
): boolean {
	if (event.eventType === 'transfer') return events.includes('transfers');
	if (!events.includes('messages')) return false;
	if (event.invisible && !options.includeInternal) return false;
	return sentBy === 'anyone' || event.fromCustomer === (sentBy === 'customer');
}

/** Without a list, everything passes. */
function isListed(list: string[] | undefined, values: string[]): boolean {
	if (list === undefined || list.length === 0) return true;
	const listed = new Set(list.map((entry) => entry.toLowerCase()));
	return values.some((value) => listed.has(value.toLowerCase()));
}

/**
 * Without a list, everything passes; so does a transfer, which has no text. Of an e-mail, what the
 * customer typed counts: a reply to "Write STOP if ..." may quote it.
 */
function hasWantedText(event: InstaplyEvent, phrases: string[] | undefined): boolean {
	if (phrases === undefined || phrases.length === 0 || event.eventType !== 'message') return true;
	const text = textOf(event);
	return hasOneOf(isEmail(event.channel) ? ownText(text) : text, phrases);
}
