import type { MessageEvent } from '../../../nodes/Instaply/delivery/event';
import { cameBefore, recordArrival } from '../../../nodes/Instaply/replies/arrivals';

/*
 * A message that was here before a question is no reply to it. What is protected: whatever the clock does,
 * a reply is not taken for such a message.
 */

const NOON = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;

const message = (messageId: string): MessageEvent => ({
	eventType: 'message',
	timestamp: NOON,
	writtenAt: NOON,
	fromCustomer: true,
	invisible: false,
	messageId,
	customerThreadId: '1',
	businessIds: [],
	data: {},
});

beforeEach(() => jest.useFakeTimers({ now: NOON }));
afterEach(() => jest.useRealTimers());

it('A message came before what was asked since, also when it comes again', () => {
	const event = message('1');
	recordArrival(event);
	jest.setSystemTime(NOON + 2 * MINUTE);
	recordArrival(event);
	expect(cameBefore(event, NOON + MINUTE)).toBe(true);
});

it('A message did not come before what was asked until then, nor in the same moment', () => {
	const event = message('2');
	recordArrival(event);
	expect([NOON - MINUTE, NOON].map((since) => cameBefore(event, since))).toEqual([false, false]);
});

it('Of a message that this process has not seen, nothing is known', () => {
	expect(cameBefore(message('3'), NOON)).toBe(false);
});

it('A question that was asked before the clock was set back gets its reply', () => {
	const event = message('4');
	recordArrival(event);
	expect(cameBefore(event, NOON + MINUTE)).toBe(false);
});
