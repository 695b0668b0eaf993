import type { IDataObject } from 'n8n-workflow';

import { legacyMessage, message } from '../../../lab/events';
import { parseDelivery, parseLegacyDelivery } from '../../../nodes/Instaply/delivery/event';
import { collectedItem, type ReadMessage } from '../../../nodes/Instaply/trigger/collect';
import type { TriggerParameters } from '../../../nodes/Instaply/trigger/fields';

const NOW = 1700000000000;

function read(data: IDataObject, isLegacy = false): ReadMessage {
	const body = isLegacy ? legacyMessage(data) : message(data);
	const event = isLegacy ? parseLegacyDelivery(body) : parseDelivery(body);
	if (typeof event !== 'object' || event.eventType !== 'message') throw new Error(String(event));
	return { body, event };
}

const parameters = (
	simplify: boolean,
	options: TriggerParameters['options'] = {},
): TriggerParameters => ({
	registration: 'automatic',
	events: ['messages'],
	sentBy: 'customer',
	simplify,
	options: { collectMessages: 5, ...options },
});

const three = [
	read({ messageId: 1, messageBody: 'Hi' }),
	read({ messageId: 2, messageBody: 'one question', messageTimestamp: NOW + 1000 }),
	read({
		messageId: 3,
		messageBody: 'where is 4711?',
		messageTimestamp: NOW + 2000,
		channel: 'sms',
	}),
];

describe('The item of messages that were collected', () => {
	it('joins their texts, and is the newest in all else', () => {
		expect(collectedItem(three, parameters(true))).toEqual({
			eventType: 'message',
			timestamp: '2023-11-14T22:13:20.000Z',
			fromCustomer: true,
			invisible: false,
			customerThreadId: '123456',
			businessId: '1001',
			organizationId: '200',
			customerId: 'cust_001',
			customerType: 'prospect',
			messageId: '3',
			messageBody: 'Hi\none question\nwhere is 4711?',
			messageTimestamp: '2023-11-14T22:13:22.000Z',
			channel: 'sms',
			attachment: null,
			messageCount: 3,
			messages: [
				['1', 'Hi'],
				['2', 'one question'],
				['3', 'where is 4711?'],
			].map(([messageId, messageBody]) => ({
				messageId,
				messageBody,
				timestamp: '2023-11-14T22:13:20.000Z',
				attachment: null,
			})),
		});
	});

	it('has them in the order in which they were written, however they came', () => {
		const [one, two, last] = three;
		if (!one || !two || !last) throw new Error('There are three');
		const item = collectedItem([last, one, two], parameters(true, { aiAgentFields: true }));
		expect(item).toEqual(collectedItem(three, parameters(true, { aiAgentFields: true })));
	});

	it('has them as they came, when they were written at the same time', () => {
		const same = ['b', 'a', 'c'].map((messageBody) => read({ messageBody }));
		expect(collectedItem(same, parameters(true)).messageBody).toBe('b\na\nc');
	});

	it('has the same fields when there is only one', () => {
		const item = collectedItem(three.slice(0, 1), parameters(true));
		expect(item).toMatchObject({
			messageBody: 'Hi',
			messageCount: 1,
			messages: [{ messageId: '1' }],
		});
		expect(Object.keys(item)).toEqual(Object.keys(collectedItem(three, parameters(true))));
	});

	it('begins with what people look for, and ends with what is there only when collected', () => {
		const names = Object.keys(collectedItem(three, parameters(true, { aiAgentFields: true })));
		expect(names.slice(0, 4)).toEqual(['customerThreadId', 'messageBody', 'customerId', 'channel']);
		expect(names.slice(-4)).toEqual(['messageCount', 'messages', 'sessionId', 'chatInput']);
	});

	it('has no empty line for a message without a text, and all attachments', () => {
		const photo = {
			messageBody: null,
			messageAttachmentUUID: 'abc',
			messageAttachmentName: 'a.png',
		};
		const messages = [read({ messageBody: 'Look' }), read(photo), read({ messageBody: 'at this' })];
		const item = collectedItem(messages, parameters(true));
		expect(item).toMatchObject({
			messageBody: 'Look\nat this',
			attachment: null,
			messages: [
				{ attachment: null },
				{ messageBody: null, attachment: { uuid: 'abc', name: 'a.png' } },
				{ attachment: null },
			],
		});
		const only = collectedItem(
			[read(photo), read(photo)],
			parameters(true, { aiAgentFields: true }),
		);
		expect(only).toMatchObject({ messageBody: null, chatInput: '', attachment: { uuid: 'abc' } });
	});

	it('has the fields that the AI Agent node reads, of all texts', () => {
		expect(collectedItem(three, parameters(true, { aiAgentFields: true }))).toMatchObject({
			sessionId: '123456',
			chatInput: 'Hi\none question\nwhere is 4711?',
		});
	});

	it('holds what Instaply delivered, and no more, when it is not simplified', () => {
		const messages = three.map(({ body }) => body);
		expect(collectedItem(three, parameters(false))).toEqual({ messages });
		expect(collectedItem(three, parameters(false, { aiAgentFields: true }))).toEqual({
			messages,
			sessionId: '123456',
			chatInput: 'Hi\none question\nwhere is 4711?',
		});
	});

	it('is the same from a legacy registration', () => {
		const messages = ['Hi', 'there'].map((messageBody, index) =>
			read({ messageId: index, messageBody, messageTimestamp: NOW + index }, true),
		);
		expect(collectedItem(messages, parameters(true))).toMatchObject({
			eventType: 'message',
			messageBody: 'Hi\nthere',
			messageCount: 2,
			messages: [
				{ messageId: '0', timestamp: '2023-11-14T22:13:20.000Z' },
				{ messageId: '1', timestamp: '2023-11-14T22:13:20.001Z' },
			],
		});
	});
});
