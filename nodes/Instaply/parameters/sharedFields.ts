import { field, shownFor } from './field';
import { idFromTrigger } from './idFromTrigger';
import * as parse from './parse';

/** The fields of several operations, or of both nodes. Each has one name everywhere. */

export const threadId = idFromTrigger(
	'Thread ID',
	'customerThreadId',
	'e.g. 123456',
	"The conversation with a customer. The Instaply Trigger gives it as 'customerThreadId'. Where 'undefined' stands below, the node before does not pass it on.",
);

export const customerId = idFromTrigger(
	'Customer ID',
	'customerId',
	'e.g. cust_001',
	"The Instaply Trigger gives it as 'customerId'",
);

export const returnAll = field(
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	parse.boolean,
);

export const limit = shownFor(
	{ returnAll: [false] },
	field(
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
		},
		parse.positiveInteger,
	),
);

export const simplify = field(
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	parse.boolean,
);

export const extraHeaders = field(
	{
		displayName: 'Extra Headers',
		name: 'extraHeaders',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add header',
		default: {},
		description: 'Headers that Instaply adds to every event, for example to authenticate itself',
		options: [
			{
				displayName: 'Header',
				name: 'header',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Authorization',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						typeOptions: { password: true },
						default: '',
						placeholder: 'e.g. Bearer my-key',
					},
				],
			},
		],
	},
	parse.extraHeaders,
);

export const textFormat = field(
	{
		displayName: 'Text Format',
		name: 'textFormat',
		type: 'options',
		default: 'asWritten',
		options: [
			{
				name: 'As Written',
				value: 'asWritten',
				description: 'Send the text to the letter',
			},
			{
				name: 'From Markdown',
				value: 'fromMarkdown',
				description:
					"Turn Markdown, such as **bold**, into WhatsApp's formatting, and on other channels into plain text",
			},
		],
		description:
			'How the text is written. AI models write Markdown: choose From Markdown when one of them writes the text, so that customers read no asterisks.',
	},
	parse.oneOf(['asWritten', 'fromMarkdown']),
);
