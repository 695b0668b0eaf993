import type { InstaplyEvent, MessageEvent } from '../../../nodes/Instaply/delivery/event';
import type { TriggerParameters } from '../../../nodes/Instaply/trigger/fields';
import { isWanted } from '../../../nodes/Instaply/trigger/filter';

const wants = (changes: Partial<TriggerParameters> = {}): TriggerParameters => ({
	events: ['messages', 'transfers'],
	sentBy: 'customer',
	registration: 'automatic',
	simplify: true,
	options: {},
	...changes,
});
const common = { timestamp: 0, writtenAt: 0, customerThreadId: '7', businessIds: ['1'], data: {} };
const message = (fromCustomer = true, invisible = false): MessageEvent => ({
	...common,
	eventType: 'message',
	messageId: '1',
	channel: 'webchat',
	fromCustomer,
	invisible,
});
const transfer: InstaplyEvent = {
	...common,
	eventType: 'transfer',
	businessIds: ['1', '2'],
	channel: 'EMAIL',
};

describe('isWanted', () => {
	it.each([
		['customer', true, true],
		['customer', false, false],
		['employee', true, false],
		['employee', false, true],
		['anyone', true, true],
		['anyone', false, true],
	] as const)('sent by %s, from a customer: %s, is wanted: %s', (sentBy, fromCustomer, wanted) => {
		expect(isWanted(message(fromCustomer), wants({ sentBy }))).toBe(wanted);
	});

	it.each([
		[{}, false],
		[{ includeInternal: false }, false],
		[{ includeInternal: true }, true],
	])('an internal note with %j is wanted: %s', (options, wanted) => {
		expect(isWanted(message(false, true), wants({ sentBy: 'anyone', options }))).toBe(wanted);
	});

	it.each([
		[['messages'] as const, true, false],
		[['transfers'] as const, false, true],
		[['messages', 'transfers'] as const, true, true],
	])('events %j: message %s, transfer %s', (events, ofMessage, ofTransfer) => {
		const parameters = wants({ events: [...events] });
		expect(isWanted(message(), parameters)).toBe(ofMessage);
		expect(isWanted(transfer, parameters)).toBe(ofTransfer);
	});

	it.each<[TriggerParameters['options'], boolean, boolean]>([
		[{ channels: ['webchat'] }, true, false],
		[{ channels: ['email', 'webchat'] }, true, true],
		[{ channels: [] }, true, true],
		[{ channels: ['web'] }, false, false],
		[{ businessIds: ['1'] }, true, true],
		[{ businessIds: ['2'] }, false, true],
		[{ businessIds: ['12'] }, false, false],
		[{ customerThreadIds: ['7', '8'] }, true, true],
		[{ customerThreadIds: ['8'] }, false, false],
		[{ customerThreadIds: ['7'], businessIds: ['2'] }, false, true],
	])('with %j: message %s, transfer %s', (options, ofMessage, ofTransfer) => {
		expect(isWanted(message(), wants({ options }))).toBe(ofMessage);
		expect(isWanted(transfer, wants({ options }))).toBe(ofTransfer);
	});

	const saying = (messageBody: string | null, changes: Partial<MessageEvent> = {}) => ({
		...message(),
		data: { messageBody },
		...changes,
	});

	it.each([
		['STOP', true],
		['Please stop it.', true],
		['I have nothing to stopper', false],
		['', false],
		[null, false],
	])('with words to look for, a message that says %j is wanted: %s', (body, wanted) => {
		const options = { textContains: ['stop', 'refund'] };
		expect(isWanted(saying(body), wants({ options }))).toBe(wanted);
	});

	it('wants transfers whatever words are looked for, and all messages without any', () => {
		expect(isWanted(transfer, wants({ options: { textContains: ['stop'] } }))).toBe(true);
		expect(isWanted(saying('Hello'), wants({ options: { textContains: [] } }))).toBe(true);
	});

	const QUOTING = 'Great, thanks!\n\n> Write STOP if you want no more messages.';
	it.each([
		['EMAIL', 'STOP, please', true],
		['EMAIL', QUOTING, false],
		['E-mail', QUOTING, false],
		['sms', QUOTING, true],
	])('in %s, %j is wanted: %s', (channel, body, wanted) => {
		const options = { textContains: ['stop'] };
		expect(isWanted(saying(body, { channel }), wants({ options }))).toBe(wanted);
	});

	it('wants no message of an unknown channel when some channels are chosen', () => {
		const unknown = { ...message(), channel: undefined };
		expect(isWanted(unknown, wants({ options: { channels: ['sms'] } }))).toBe(false);
		expect(isWanted(unknown, wants())).toBe(true);
	});
});
