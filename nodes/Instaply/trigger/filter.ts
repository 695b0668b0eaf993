import type { InstaplyEvent } from '../delivery/event';
import type { TriggerParameters } from './fields';

/** Tells whether the user wants an event to start the workflow. */
export function isWanted(event: InstaplyEvent, parameters: TriggerParameters): boolean {
	const { options } = parameters;
	return (
		isWantedKind(event, parameters) &&
		isListed(options.customerThreadIds, [event.customerThreadId]) &&
		isListed(options.businessIds, event.businessIds) &&
		isListed(options.channels, event.channel === undefined ? [] : [event.channel])
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

/** Without a list, everything passes. Instaply writes channels in upper and in lower case. */
function isListed(list: string[] | undefined, values: string[]): boolean {
	if (list === undefined || list.length === 0) return true;
	const listed = new Set(list.map((entry) => entry.toLowerCase()));
	return values.some((value) => listed.has(value.toLowerCase()));
}
