import { InstaplyError } from '../../common/InstaplyError';
import { checked, collection, field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { operation } from '../operation';

const businessId = field(
	{
		displayName: 'Business ID',
		name: 'businessId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1001',
		description:
			"The store or team that the customer is to talk with. The Instaply Trigger gives it as 'businessId'.",
	},
	parse.id,
);

const firstMessage = field(
	{
		displayName: 'Text From the Customer',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Please call me back about my order.',
		description:
			'The first message. In Instaply it appears as written by the customer, not by you.',
	},
	parse.text,
);

const email = field(
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		description: "The customer's e-mail address",
	},
	parse.optional(parse.email),
);

const locale = field(
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'string',
		default: '',
		placeholder: 'e.g. en',
		description: "The customer's language",
	},
	parse.optional(parse.trimmedText),
);

const phoneNumber = field(
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15551234567',
		description:
			"The customer's phone number with plus sign and country code. Spaces, dots, dashes and brackets are taken out.",
	},
	parse.optional(parse.phoneNumber),
);

/** Instaply knows a customer by these; it takes a start with neither for a mistake. */
function requireContact(given: { email?: string; phoneNumber?: string }, displayName: string) {
	if (given.email !== undefined || given.phoneNumber !== undefined) return;
	throw new InstaplyError('There is no e-mail address and no phone number', {
		description: `Add 'Email' or 'Phone Number' under '${displayName}': Instaply has to know which customer the conversation is with.`,
	});
}

export const start = operation({
	value: 'start',
	name: 'Start as Customer',
	action: 'Start thread as customer',
	description:
		'Open a conversation by writing its first message in the name of a customer: it appears as coming from the customer. To write to a customer, use Message > Send.',
	fields: [
		businessId,
		firstMessage,
		checked(
			collection(
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					placeholder: 'Add field',
					description: "Who the customer is: at least 'Email' or 'Phone Number'",
				},
				[email, locale, phoneNumber],
			),
			requireContact,
		),
	],
	// Who is named once by e-mail address and once by phone number alone is taken for two customers.
	target: ({ additionalFields: { email, phoneNumber } }) =>
		email?.toLowerCase() ?? String(phoneNumber),
	async run({ businessId, text, additionalFields }, instaply) {
		return await instaply.startThread({ businessId, message: text, user: additionalFields });
	},
});
