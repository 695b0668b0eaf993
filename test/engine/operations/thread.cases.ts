import { BUSINESSES, THREADS } from '../../../sandbox/server';
import type { ExampleCall, ExampleCalls } from '../../support/engine/exampleCalls';

const START = 'POST /api/widget/send-message-to-business';

const customerThreadId = THREADS.whatsappClosed;
const businessId = BUSINESSES.support;
const text = 'Please call me back.';
/** The first thread that the sandbox opens. */
const opened = '200001';

export const thread: ExampleCalls = {
	get: [
		{
			title: 'gets a thread',
			parameters: { customerThreadId },
			sends: [['GET /api/get-customer-thread-details', { customerThreadId }]],
			items: [
				{
					customerThreadId,
					customerChannel: 'WHATSAPP',
					status: 'replied',
					isMessagingWindowOpen: false,
				},
			],
		},
	],
	updateStatus: ['waiting', 'replied', 'resolved'].map((status): ExampleCall => ({
		title: `sets a thread to ${status}`,
		parameters: { customerThreadId, status },
		sends: [['POST /api/update-thread-status', { customerThreadId, status }]],
		items: [{ customerThreadId, status, response: { result: 'ok' } }],
	})),
	start: [
		{
			title: 'starts a thread for an e-mail address',
			parameters: { businessId, text, additionalFields: { email: 'ada@example.com' } },
			sends: [[START, { businessId, message: text, user: { email: 'ada@example.com' } }]],
			items: [
				{
					customerThreadId: opened,
					response: { result: 'ok', customerThreadId: opened },
				},
			],
		},
		{
			title: 'starts a thread for a phone number, in a language',
			parameters: {
				businessId,
				text,
				additionalFields: { phoneNumber: '+1 (555) 123-4567', locale: 'fr' },
			},
			sends: [
				[START, { businessId, message: text, user: { phoneNumber: '+15551234567', locale: 'fr' } }],
			],
			items: [
				{
					customerThreadId: opened,
					response: { result: 'ok', customerThreadId: opened },
				},
			],
		},
	],
};
