import type { InstaplyEvent } from '../delivery/event';
import type { TriggerParameters } from './fields';

/** Tells whether an event is one that the user wants to start the workflow. */
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
	{ events = ['messages'], sentBy, options }: TriggerParameters,
): boolean {
	if (event.eventType === 'transfer') return events.includes('transfers');
	if (!events.includes('messages')) return false;
	if (event.invisible && !options.includeInternal) return false;
	return sentBy === 'anyone' || event.fromCustomer === (sentBy === 'customer');
}

/** No list lets everything through. Instaply writes channels in upper and in lower case. */
function isListed(list: string[] | undefined, values: string[]): boolean {
	if (list === undefined || list.length === 0) return true;
	const wanted = new Set(list.map((entry) => entry.toLowerCase()));
	return values.some((value) => wanted.has(value.toLowerCase()));
}
