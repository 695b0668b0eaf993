import type { StartThreadUser } from '../../api/types';
import { InstaplyError } from '../../common/InstaplyError';
import { checked, collection, field } from '../../parameters/field';
import * as parse from '../../parameters/parse';
import { phoneNumber as parsePhoneNumber } from '../../parameters/phoneNumber';
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
			"The customer's phone number with plus sign and country code, in any common notation",
	},
	parse.optional(parsePhoneNumber),
);

/** Instaply knows a customer by these, and refuses a start with neither. */
function requireContact(
	{ email, phoneNumber, locale }: { email?: string; phoneNumber?: string; locale?: string },
	displayName: string,
): StartThreadUser {
	const language = locale === undefined ? {} : { locale };
	if (email !== undefined) {
		return { email, ...(phoneNumber !== undefined && { phoneNumber }), ...language };
	}
	if (phoneNumber !== undefined) return { phoneNumber, ...language };
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
	builderHint: {
		propertyHint:
			'For requests of customers that come in elsewhere, such as by a form. It does not write to the customer, so it is no way to send the first message to a phone number. It gives customerThreadId.',
	},
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
	// Limitation: the same customer given once by e-mail and once by phone counts as two.
	target: ({ additionalFields: user }) =>
		user.email === undefined ? user.phoneNumber : user.email.toLowerCase(),
	async run({ businessId, text, additionalFields }, { instaply }) {
		return await instaply.startThread({ businessId, message: text, user: additionalFields });
	},
});
