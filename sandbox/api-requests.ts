import { THREAD_STATUSES, WEBHOOK_EVENTS } from './api-types';
import { boolean, httpUrl, nonEmptyString, oneOfWords, strictObject, type Static } from './schemas';

/**
 * The bodies that Instaply's API accepts, section by section of its document. The schemas validate
 * the requests, and the types follow from them.
 */

/** "Send Message". */
export const sendMessageBody = {
	...strictObject(
		{
			customerThreadId: nonEmptyString,
			text: nonEmptyString,
			contentSid: nonEmptyString,
			internal: boolean,
		},
		'customerThreadId',
	),
	oneOf: [
		{ type: 'object', required: ['text'] },
		{ type: 'object', required: ['contentSid'] },
	],
} as const;
export type SendMessageBody = Static<typeof sendMessageBody>;

/** "Update Thread Status". */
export const updateThreadStatusBody = strictObject(
	{ customerThreadId: nonEmptyString, status: oneOfWords(THREAD_STATUSES) },
	'customerThreadId',
	'status',
);

const name = { type: 'string' } as const;

/** The update of "Get customer profile", which the newer customer profile page documents. */
export const updateProfileBody = strictObject({ firstName: name, lastName: name, company: name });
export type UpdateProfileBody = Static<typeof updateProfileBody>;

const extraHeader = strictObject(
	{
		name: { type: 'string', pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" },
		value: { type: 'string', pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$' },
	},
	'name',
	'value',
);
export type ExtraHeader = Static<typeof extraHeader>;

const webhookFields = {
	url: httpUrl,
	enabled: boolean,
	// Assumed: an empty list is refused.
	subscribedEvents: {
		type: 'array',
		minItems: 1,
		uniqueItems: true,
		items: oneOfWords(WEBHOOK_EVENTS),
	},
	extraHeaders: { type: 'array', items: extraHeader },
} as const;

/** "Create Webhook". */
export const createWebhookBody = strictObject(webhookFields, 'url', 'subscribedEvents');
export type CreateWebhookBody = Static<typeof createWebhookBody>;

/** "Update Webhook". */
export const updateWebhookBody = strictObject(webhookFields);
export type UpdateWebhookBody = Static<typeof updateWebhookBody>;

const user = {
	...strictObject({
		email: { type: 'string', format: 'email' },
		phoneNumber: { type: 'string', pattern: '^\\+[1-9][0-9]{6,14}$' },
		locale: nonEmptyString,
	}),
	anyOf: [
		{ type: 'object', required: ['email'] },
		{ type: 'object', required: ['phoneNumber'] },
	],
} as const;

/** "Send message to business" of the widget page. */
export const startThreadBody = strictObject(
	{ businessId: nonEmptyString, message: nonEmptyString, user },
	'businessId',
	'message',
	'user',
);
export type StartThreadBody = Static<typeof startThreadBody>;
