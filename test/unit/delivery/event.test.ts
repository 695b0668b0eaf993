import { parseDelivery, parseLegacyDelivery } from '../../../nodes/Instaply/delivery/event';

const time = 1700000000000;
const data = {
	fromCustomer: true,
	invisible: false,
	customerThreadId: 123456,
	businessId: 1001,
	messageId: 555001,
	messageBody: 'Hello',
	channel: 'webchat',
};
const message = (changes: object = {}) => ({
	eventType: 'message',
	timestamp: time,
	data: { ...data, ...changes },
});
const moved = {
	customerThreadId: '123456',
	previousBusinessId: 1001,
	newBusinessId: '2002',
	customerChannel: 'EMAIL',
};
const transfer = (changes: object = {}) => ({
	eventType: 'transfer',
	timestamp: time,
	data: { ...moved, ...changes },
});

/** Nothing that a delivery can be. */
const NOTHING = [undefined, null, true, 17, 'message', [], [message()], () => message()];
const NO_TIME = [undefined, null, '1700000000000', NaN, Infinity, 8.64e15 + 1, {}];
const NO_ID = [undefined, null, '', true, {}, ['1']];

describe('parseDelivery', () => {
	it('reads a message', () => {
		expect(parseDelivery(message())).toEqual({
			eventType: 'message',
			timestamp: time,
			writtenAt: time,
			fromCustomer: true,
			invisible: false,
			messageId: '555001',
			customerThreadId: '123456',
			businessIds: ['1001'],
			channel: 'webchat',
			data,
		});
	});

	it('reads a transfer, with both of its businesses', () => {
		expect(parseDelivery(transfer())).toEqual({
			eventType: 'transfer',
			timestamp: time,
			customerThreadId: '123456',
			businessIds: ['1001', '2002'],
			channel: 'EMAIL',
			data: moved,
		});
	});

	const visible = { invisible: false };
	it.each([
		['a message that does not say that it is internal', message({ invisible: undefined }), visible],
		['a message that is internal or not: null', message({ invisible: null }), visible],
		['an internal message', message({ invisible: true }), { invisible: true }],
		['a message without a channel', message({ channel: null }), {}],
		['a message with fields to come', message({ priority: [1] }), {}],
		['a transfer from nowhere', transfer({ previousBusinessId: null }), { businessIds: ['2002'] }],
		['a transfer to nowhere', transfer({ newBusinessId: null }), { businessIds: ['1001'] }],
	])('takes %s', (_, body, event) => {
		expect(parseDelivery(body)).toMatchObject({ timestamp: time, ...event });
	});

	const ANYTHING = [undefined, null, '', 0, 1.5, 2 ** 60, true, {}, ['1']];
	const UNDECIDING = ['customerId', 'organizationId', 'customerType', 'employeeUserId', 'channel'];
	it.each(UNDECIDING)('takes whatever is in %s, and keeps it', (name) => {
		for (const value of ANYTHING) {
			expect(parseDelivery(message({ [name]: value }))).toMatchObject({ messageId: '555001' });
			expect(parseDelivery(transfer({ [name]: value }))).toMatchObject({
				data: { [name]: value },
			});
		}
	});

	it('takes whatever is in a business ID, and knows those that are one', () => {
		for (const businessId of [undefined, null, '', 1.5, 2 ** 60, true, {}, ['1']]) {
			expect(parseDelivery(message({ businessId }))).toMatchObject({ businessIds: [] });
		}
	});

	it.each([
		['of the message', { timestamp: time + 1, messageTimestamp: time }, [time + 1, time]],
		['of the event', { timestamp: time }, [time, time]],
		['of the event', { timestamp: time, messageTimestamp: 1e20 }, [time, time]],
		['of the message', { timestamp: null, messageTimestamp: time }, [time, time]],
	])('takes a message as written at the time %s: %j', (_, times, [timestamp, writtenAt]) => {
		const { messageTimestamp } = { messageTimestamp: undefined, ...times };
		const body = { ...message({ messageTimestamp }), timestamp: times.timestamp };
		expect(parseDelivery(body)).toMatchObject({ timestamp, writtenAt });
	});

	it.each([
		...NOTHING,
		{},
		{ ...message(), eventType: undefined },
		{ ...message(), eventType: ['message'] },
		...[undefined, null, [], 'x'].map((wrong) => ({ ...message(), data: wrong })),
		...NO_TIME.map((timestamp) => ({ ...message(), timestamp })),
		...NO_TIME.map((timestamp) => ({ ...transfer(), timestamp })),
		...[undefined, null, 'true', 1].map((fromCustomer) => message({ fromCustomer })),
		...['true', 1].map((invisible) => message({ invisible })),
		...NO_ID.map((customerThreadId) => message({ customerThreadId })),
		...NO_ID.map((messageId) => message({ messageId })),
		...[1.5, 2 ** 53].map((customerThreadId) => message({ customerThreadId })),
		...NO_ID.map((customerThreadId) => transfer({ customerThreadId })),
		data,
	])('finds malformed: %j', (body) => {
		expect(parseDelivery(body)).toBe('malformed');
	});

	it.each(['survey', 'messages', 'MESSAGE', '', '__proto__'])('does not know %j', (eventType) => {
		expect(parseDelivery({ eventType })).toBe('unknown event');
	});
});

describe('parseLegacyDelivery', () => {
	const legacy = (changes: object = {}) => ({ ...data, messageTimestamp: time, ...changes });

	it('reads a message, whose time is that of the event', () => {
		expect(parseLegacyDelivery(legacy())).toEqual({
			eventType: 'message',
			timestamp: time,
			writtenAt: time,
			fromCustomer: true,
			invisible: false,
			messageId: '555001',
			customerThreadId: '123456',
			businessIds: ['1001'],
			channel: 'webchat',
			data: legacy(),
		});
	});

	it.each([
		...NOTHING,
		{},
		message(),
		...NO_TIME.map((messageTimestamp) => legacy({ messageTimestamp })),
		...NO_ID.map((messageId) => legacy({ messageId })),
	])('finds malformed: %j', (body) => {
		expect(parseLegacyDelivery(body)).toBe('malformed');
	});
});
