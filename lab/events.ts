import type { IDataObject } from 'n8n-workflow';

/** The document's sample of a message ("Webhook Delivery"), with other values where given. */
export const message = (data: IDataObject = {}) => ({
	eventType: 'message',
	timestamp: 1700000000000,
	data: {
		fromCustomer: true,
		invisible: false,
		customerThreadId: 123456,
		businessId: 1001,
		organizationId: 200,
		customerId: 'cust_001',
		customerType: 'prospect',
		messageId: 555001,
		messageBody: 'Hello',
		messageTimestamp: 1700000000000,
		messageAttachmentUUID: null,
		messageAttachmentContentType: null,
		messageAttachmentName: null,
		messageAttachmentContentLength: null,
		channel: 'webchat',
		...data,
	},
});

/** The same of a transfer. */
export const transfer = (data: IDataObject = {}) => ({
	eventType: 'transfer',
	timestamp: 1700000000000,
	data: {
		customerThreadId: '123456',
		organizationId: 200,
		previousBusinessId: 1001,
		newBusinessId: 2002,
		newBusinessName: 'Support Team',
		employeeUserId: 7890,
		businessParticipationId: 456789,
		customerChannel: 'EMAIL',
		...data,
	},
});

/** The document's sample of what a legacy webhook delivers. */
export const legacyMessage = (data: IDataObject = {}) => ({
	customerId: 'cust_001',
	customerThreadId: 123456,
	messageTimestamp: 1700000000000,
	employeeUserId: 1001,
	messageId: 555001,
	messageBody: 'Hello, I would like more information.',
	businessId: 2001,
	messageAttachmentName: null,
	messageAttachmentContentType: null,
	messageAttachmentUUID: null,
	messageAttachmentContentLength: null,
	fromCustomer: true,
	messageExternalId: null,
	invisible: false,
	customerType: 'prospect',
	...data,
});
