import type { INodeParameters } from 'n8n-workflow';

import { TEMPLATES, THREADS } from '../../../sandbox/server';
import type { ExampleCall, ExampleCalls } from '../../support/engine/exampleCalls';
import { byId, byTitle, fromList } from '../../support/engine/locators';
import type { Sent } from '../../support/engine/sandbox';

const MESSAGE = 'POST /api/send-message-to-customer-thread';
const DETAILS = 'GET /api/get-customer-thread-details';
const TEMPLATE_LIST = 'GET /api/get-whatsapp-templates';
const DAY_S = 24 * 60 * 60;

const { webchat, whatsappOpen, whatsappClosed } = THREADS;
const text = 'Hello, your order is on its way.';
const response = { result: 'ok' };
const contentSid = TEMPLATES.orderShipped;
const template = byId(contentSid);

/** Each way to choose a template, and what goes out for it. */
const templateChoices: Array<[title: string, template: INodeParameters, sends: Sent[]]> = [
	[
		'chosen from the list',
		fromList(contentSid),
		[[MESSAGE, { customerThreadId: whatsappClosed, contentSid }]],
	],
	[
		'of a title, which is looked up',
		byTitle('order_shipped'),
		[
			[TEMPLATE_LIST, { customerThreadId: whatsappClosed }],
			[MESSAGE, { customerThreadId: whatsappClosed, contentSid }],
		],
	],
	['of a content SID', template, [[MESSAGE, { customerThreadId: whatsappClosed, contentSid }]]],
];

/** What may stand in the fields that an internal note does not need. */
const notes: Array<[title: string, choices: INodeParameters]> = [
	...['sendAnyway', 'sendTemplate', 'stop', 'skip'].map(
		(whenWindowClosed): [string, INodeParameters] => [
			whenWindowClosed,
			{ whenWindowClosed, template },
		],
	),
	['sendTemplate, and no template', { whenWindowClosed: 'sendTemplate' }],
	['sendTemplate, and an empty one', { whenWindowClosed: 'sendTemplate', template: fromList('') }],
	[
		'sendTemplate, and an unusable one',
		{ whenWindowClosed: 'sendTemplate', template: byId('../webhooks') },
	],
	['no choice', { whenWindowClosed: '={{ $json.none }}' }],
];

const markdown = '# Hello\n\nYour **order** is [here](https://example.com/4711).';

/** What goes out of a text in Markdown, by channel. */
const formats: Array<[title: string, thread: string, text: string, sent: string]> = [
	[
		'what WhatsApp shows',
		whatsappOpen,
		markdown,
		'*Hello*\n\nYour *order* is here (https://example.com/4711).',
	],
	[
		'plain text for the web chat',
		webchat,
		markdown,
		'Hello\n\nYour order is here (https://example.com/4711).',
	],
];

const send: ExampleCall[] = [
	{
		title: 'sends a text, and looks up nothing before',
		parameters: { customerThreadId: webchat, text },
		sends: [[MESSAGE, { customerThreadId: webchat, text }]],
		items: [{ customerThreadId: webchat, sent: true, via: 'text', response }],
	},
	{
		title: 'sends a text that is said not to be a note',
		parameters: { customerThreadId: webchat, text, options: { internal: false } },
		sends: [[MESSAGE, { customerThreadId: webchat, text }]],
		items: [{ customerThreadId: webchat, sent: true, via: 'text', response }],
	},
	...['sendTemplate', 'stop', 'skip'].map((whenWindowClosed): ExampleCall => ({
		title: `sends the text while the window is open (${whenWindowClosed})`,
		parameters: { customerThreadId: whatsappOpen, text, whenWindowClosed, template },
		sends: [
			[DETAILS, { customerThreadId: whatsappOpen }],
			[MESSAGE, { customerThreadId: whatsappOpen, text }],
		],
		items: [
			{ customerThreadId: whatsappOpen, sent: true, via: 'text', windowOpen: true, response },
		],
	})),
	...templateChoices.map(([title, chosen, sends]): ExampleCall => ({
		title: `sends the template ${title} in place of the text when the window is closed`,
		parameters: {
			customerThreadId: whatsappClosed,
			text,
			whenWindowClosed: 'sendTemplate',
			template: chosen,
		},
		sends: [[DETAILS, { customerThreadId: whatsappClosed }], ...sends],
		items: [
			{
				customerThreadId: whatsappClosed,
				sent: true,
				via: 'template',
				windowOpen: false,
				contentSid,
				response,
			},
		],
	})),
	{
		title: 'skips the item when the window is closed',
		parameters: { customerThreadId: whatsappClosed, text, whenWindowClosed: 'skip' },
		sends: [[DETAILS, { customerThreadId: whatsappClosed }]],
		items: [
			{
				customerThreadId: whatsappClosed,
				sent: false,
				via: 'none',
				windowOpen: false,
				response: null,
			},
		],
	},
	...formats.map(([title, customerThreadId, body, sent]): ExampleCall => ({
		title: `turns Markdown into ${title}`,
		parameters: { customerThreadId, text: body, options: { textFormat: 'fromMarkdown' } },
		sends: [
			[DETAILS, { customerThreadId }],
			[MESSAGE, { customerThreadId, text: sent }],
		],
		items: [{ customerThreadId, sent: true, via: 'text', response }],
	})),
	{
		title: 'turns Markdown into what WhatsApp shows, and looks up the thread once',
		parameters: {
			customerThreadId: whatsappOpen,
			text: '**Hello**',
			whenWindowClosed: 'stop',
			options: { textFormat: 'fromMarkdown' },
		},
		sends: [
			[DETAILS, { customerThreadId: whatsappOpen }],
			[MESSAGE, { customerThreadId: whatsappOpen, text: '*Hello*' }],
		],
		items: [
			{ customerThreadId: whatsappOpen, sent: true, via: 'text', windowOpen: true, response },
		],
	},
	{
		title: 'looks up no channel for a text that all of them show alike',
		parameters: { customerThreadId: webchat, text, options: { textFormat: 'fromMarkdown' } },
		sends: [[MESSAGE, { customerThreadId: webchat, text }]],
		items: [{ customerThreadId: webchat, sent: true, via: 'text', response }],
	},
	{
		title: 'sends Markdown to the letter unless it is told otherwise',
		parameters: {
			customerThreadId: whatsappOpen,
			text: markdown,
			options: { textFormat: 'asWritten' },
		},
		sends: [[MESSAGE, { customerThreadId: whatsappOpen, text: markdown }]],
		items: [{ customerThreadId: whatsappOpen, sent: true, via: 'text', response }],
	},
	{
		title: 'leaves a note as it is written',
		parameters: {
			customerThreadId: whatsappOpen,
			text: markdown,
			options: { internal: true, textFormat: 'fromMarkdown' },
		},
		sends: [[MESSAGE, { customerThreadId: whatsappOpen, text: markdown, internal: true }]],
		items: [{ customerThreadId: whatsappOpen, sent: true, via: 'internalNote', response }],
	},
	...notes.map(([title, choices]): ExampleCall => ({
		title: `leaves an internal note while the window is closed (${title})`,
		parameters: {
			customerThreadId: whatsappClosed,
			text,
			options: { internal: true },
			...choices,
		},
		sends: [[MESSAGE, { customerThreadId: whatsappClosed, text, internal: true }]],
		items: [{ customerThreadId: whatsappClosed, sent: true, via: 'internalNote', response }],
	})),
];

const sendTemplate = templateChoices.map(([title, chosen, sends]): ExampleCall => ({
	title: `sends the template ${title}`,
	parameters: { customerThreadId: whatsappClosed, template: chosen },
	sends,
	items: [{ customerThreadId: whatsappClosed, sent: true, via: 'template', contentSid, response }],
}));

/** Triggers and waits that are over are looked for, then the question's webhook is registered. */
const registering = (extraHeaders: object[] = []): Sent => [
	'POST /api/webhooks/',
	{
		url: expect.stringContaining('/webhook-waiting/test-execution/id-of-Instaply?'),
		enabled: true,
		subscribedEvents: ['messages'],
		extraHeaders: [
			...extraHeaders,
			{ name: 'x-n8n-trigger-secret', value: expect.stringMatching(/^[0-9a-f]{64}$/) },
		],
	},
];
const lookingForOthers: Sent = ['GET /api/webhooks/'];
const question = 'Is it you?';
const asking = (customerThreadId: string, extraHeaders?: object[]): Sent[] => [
	lookingForOthers,
	registering(extraHeaders),
	[MESSAGE, { customerThreadId, text: question }],
];
const gatewayKey = { name: 'X-Gateway-Key', value: 'very-secret' };
const withoutReply = (customerThreadId: string, waitedSeconds: number = DAY_S) => ({
	customerThreadId,
	reply: null,
	respondedAt: null,
	timedOut: true,
	waitedSeconds,
});

const sendAndWait: ExampleCall[] = [
	{
		title: 'asks, and waits for a day',
		parameters: { customerThreadId: webchat, text: question },
		sends: asking(webchat),
		items: [withoutReply(webchat)],
	},
	{
		title: 'asks for one of several replies, and waits for some hours',
		parameters: {
			customerThreadId: webchat,
			text: question,
			options: {
				acceptedReplies: { reply: [{ reply: 'yes', alsoAccept: 'y, ok' }] },
				clarification: 'Yes or no?',
				maxTries: 2,
				limitWaitTime: {
					values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'hours' },
				},
			},
		},
		sends: asking(webchat),
		items: [{ ...withoutReply(webchat, 2 * 60 * 60), matched: false, choice: null }],
	},
	{
		title: 'asks for one of several replies, and lists them',
		parameters: {
			customerThreadId: webchat,
			text: question,
			options: {
				acceptedReplies: { reply: [{ reply: 'yes' }, { reply: 'no' }] },
				listReplies: true,
			},
		},
		sends: [
			lookingForOthers,
			registering(),
			[MESSAGE, { customerThreadId: webchat, text: 'Is it you?\n\n1. yes\n2. no' }],
		],
		items: [{ ...withoutReply(webchat), matched: false, choice: null }],
	},
	{
		title: 'asks for a date',
		parameters: {
			customerThreadId: webchat,
			text: question,
			options: { replyType: 'date', clarificationWhenUnclear: 'Such as 4 March 2026, please.' },
		},
		sends: asking(webchat),
		items: [{ ...withoutReply(webchat), matched: false, value: null }],
	},
	{
		title: 'asks in Markdown, as the channel shows it',
		parameters: {
			customerThreadId: whatsappOpen,
			text: '**Is it you?**',
			options: { textFormat: 'fromMarkdown' },
		},
		sends: [
			lookingForOthers,
			registering(),
			[DETAILS, { customerThreadId: whatsappOpen }],
			[MESSAGE, { customerThreadId: whatsappOpen, text: '*Is it you?*' }],
		],
		items: [withoutReply(whatsappOpen)],
	},
	{
		title: 'asks, and has a header added to each delivery',
		parameters: {
			customerThreadId: webchat,
			text: question,
			options: { extraHeaders: { header: [gatewayKey] } },
		},
		sends: asking(webchat, [gatewayKey]),
		items: [withoutReply(webchat)],
	},
	{
		title: 'asks, and waits until a moment',
		parameters: {
			customerThreadId: webchat,
			text: question,
			options: {
				limitWaitTime: {
					values: {
						limitType: 'atSpecifiedTime',
						maxDateAndTime: new Date(Date.now() + DAY_S * 1000).toISOString(),
					},
				},
			},
		},
		sends: asking(webchat),
		items: [withoutReply(webchat, expect.any(Number))],
	},
	...templateChoices.map(([title, chosen, sends]): ExampleCall => ({
		title: `asks with the template ${title} when the window is closed`,
		parameters: {
			customerThreadId: whatsappClosed,
			text: question,
			whenWindowClosed: 'sendTemplate',
			template: chosen,
		},
		sends: [
			lookingForOthers,
			registering(),
			[DETAILS, { customerThreadId: whatsappClosed }],
			...sends,
		],
		items: [withoutReply(whatsappClosed)],
	})),
	{
		title: 'skips the item when the window is closed, and leaves no webhook behind',
		parameters: { customerThreadId: whatsappClosed, text: question, whenWindowClosed: 'skip' },
		sends: [
			lookingForOthers,
			registering(),
			[DETAILS, { customerThreadId: whatsappClosed }],
			['POST /api/webhooks/303/delete'],
		],
		items: [{ ...withoutReply(whatsappClosed, 0), timedOut: false }],
	},
];

const note = [webchat, whatsappClosed].map((customerThreadId): ExampleCall => ({
	title: `adds a note to thread ${customerThreadId}, and looks up nothing before`,
	parameters: { customerThreadId, text: 'Calls back' },
	sends: [[MESSAGE, { customerThreadId, text: 'Calls back', internal: true }]],
	items: [{ customerThreadId, sent: true, via: 'internalNote', response }],
}));

export const message: ExampleCalls = { send, sendTemplate, sendAndWait, note };
