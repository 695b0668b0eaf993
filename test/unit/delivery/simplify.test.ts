import {
	message as delivered,
	transfer as deliveredTransfer,
	legacyMessage,
} from '../../../lab/events';
import type { JsonObject } from '../../../nodes/Instaply/common/json';
import {
	parseDelivery,
	parseLegacyDelivery,
	type InstaplyEvent,
	type NoEvent,
} from '../../../nodes/Instaply/delivery/event';
import { aiAgentFields, simplifyEvent } from '../../../nodes/Instaply/delivery/simplify';

const common = { timestamp: 0, customerThreadId: '7', businessIds: [] };
const message = (data: JsonObject): InstaplyEvent => ({
	...common,
	eventType: 'message',
	messageId: '1',
	writtenAt: 0,
	fromCustomer: true,
	invisible: false,
	data,
});
const transfer = (data: JsonObject): InstaplyEvent => ({ ...common, eventType: 'transfer', data });
const epoch = '1970-01-01T00:00:00.000Z';

describe('simplifyEvent', () => {
	it.each<[string, JsonObject, object]>([
		['ids to text', { customerId: 7, messageId: '8' }, { customerId: '7', messageId: '8' }],
		[
			'no id to text that is not exact',
			{ otherId: 2 ** 53, halfId: 1.5 },
			{ otherId: 2 ** 53, halfId: 1.5 },
		],
		['no id that is text', { otherId: '9007199254740993' }, { otherId: '9007199254740993' }],
		['times to ISO 8601', { messageTimestamp: 0 }, { messageTimestamp: epoch }],
		['nothing else', { count: 7, Idea: 8, valid: true }, { count: 7, Idea: 8, valid: true }],
		['nothing that is not there', { employeeUserId: null }, { employeeUserId: null }],
		['nothing deep inside', { extra: { someId: 7 } }, { extra: { someId: 7 } }],
	])('turns %s', (_, data, fields) => {
		expect(simplifyEvent(transfer(data))).toEqual({
			eventType: 'transfer',
			timestamp: epoch,
			...fields,
		});
	});

	it.each<[string, JsonObject, unknown]>([
		['none', {}, null],
		[
			'null in all four',
			{
				messageAttachmentUUID: null,
				messageAttachmentName: null,
				messageAttachmentContentType: null,
				messageAttachmentContentLength: null,
			},
			null,
		],
		[
			'all four',
			{
				messageAttachmentUUID: 'u',
				messageAttachmentName: 'n',
				messageAttachmentContentType: 't',
				messageAttachmentContentLength: 0,
			},
			{ uuid: 'u', name: 'n', contentType: 't', contentLength: 0 },
		],
		[
			'one of them',
			{ messageAttachmentName: 'n' },
			{ uuid: null, name: 'n', contentType: null, contentLength: null },
		],
	])('gathers the attachment from %s', (_, data, attachment) => {
		expect(simplifyEvent(message(data))).toEqual({
			eventType: 'message',
			timestamp: epoch,
			attachment,
		});
	});

	it.each<[string, InstaplyEvent | NoEvent, string[]]>([
		[
			'a message',
			parseDelivery(delivered()),
			['customerThreadId', 'messageBody', 'customerId', 'channel'],
		],
		[
			'a legacy message',
			parseLegacyDelivery(legacyMessage()),
			['customerThreadId', 'messageBody', 'customerId'],
		],
		['a transfer', parseDelivery(deliveredTransfer()), ['customerThreadId', 'customerChannel']],
	])('begins %s with what people look for, and keeps the order of the rest', (_, event, first) => {
		if (typeof event !== 'object') throw new Error(`Not taken for an event: ${event}`);
		const rest = Object.keys(event.data).filter(
			(name) => !first.includes(name) && !name.startsWith('messageAttachment'),
		);
		const last = event.eventType === 'message' ? ['attachment'] : [];
		expect(Object.keys(simplifyEvent(event))).toEqual([
			...first,
			...['eventType', 'timestamp'],
			...rest,
			...last,
		]);
	});

	it('gives a transfer no attachment', () => {
		expect(simplifyEvent(transfer({}))).not.toHaveProperty('attachment');
	});

	it('does not copy a prototype', () => {
		const item = simplifyEvent(message(JSON.parse('{"__proto__":{"admin":true}}')));
		expect(Object.getOwnPropertyNames(item)).toEqual(['eventType', 'timestamp', 'attachment']);
		expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
	});

	it.each(['eventType', 'timestamp'])('lets no field of the data replace %s', (name) => {
		const item = simplifyEvent(message({ [name]: 'other' }));
		expect(item).toMatchObject({ eventType: 'message', timestamp: epoch });
	});

	it.each([1e20, NaN, Infinity])(
		'copes with a time that is out of range: %d',
		(messageTimestamp) => {
			expect(() => simplifyEvent(message({ messageTimestamp }))).not.toThrow();
		},
	);

	it('does not change the event', () => {
		const data = Object.freeze({ messageId: 1, messageAttachmentName: 'n' });
		expect(() => simplifyEvent(message(data))).not.toThrow();
	});
});

describe('aiAgentFields', () => {
	it.each<[JsonObject, string]>([
		[{ messageBody: 'Hello' }, 'Hello'],
		[{ messageBody: '' }, ''],
		[{ messageBody: null }, ''],
		[{}, ''],
		[{ messageBody: 7 }, '7'],
		[{ messageBody: 0 }, '0'],
		[{ messageBody: { text: 'Hello' } }, ''],
	])('%j', (data, chatInput) => {
		expect(aiAgentFields(message(data))).toEqual({ sessionId: '7', chatInput });
	});
});
