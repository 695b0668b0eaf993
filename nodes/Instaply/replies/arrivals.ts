import { RecentValues } from '../common/recent';
import type { MessageEvent } from '../delivery/event';
import { messageKey } from './takenMessages';

/*
 * When a message was first here, in this process. A message can be delivered late or again, after the
 * workflow that it started has asked something: it is no reply to that, although ten minutes are allowed
 * for clocks that differ.
 */

/** By the clock of this n8n, in milliseconds since 1970. */
const arrivals = new RecentValues<number>(10_000);

/** Called for each delivery of a message; the first one counts. */
export function recordArrival(event: MessageEvent): void {
	const key = messageKey(event);
	if (arrivals.get(key) === undefined) arrivals.set(key, Date.now());
}

/**
 * Tells whether a message was here before a question was asked. What was asked later than now was asked
 * before the clock was set back: that says nothing.
 */
export function cameBefore(event: MessageEvent, since: number): boolean {
	const arrival = arrivals.get(messageKey(event));
	return arrival !== undefined && arrival < since && since <= Date.now();
}
