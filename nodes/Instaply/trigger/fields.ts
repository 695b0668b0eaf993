import type { IDisplayOptions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { channelKey, type Channel } from '../api/channel';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../api/types';
import { InstaplyError } from '../common/InstaplyError';
import { ORIGIN_PARAMETER } from '../delivery/secret';
import { parametersOf } from '../n8n/parameters';
import { beforeVersion12, sinceVersion12 } from '../n8n/triggerVersion';
import { describeValue } from '../parameters/describeValue';
import {
	collection,
	field,
	offered,
	readFields,
	shownFor,
	type Field,
	type Values,
} from '../parameters/field';
import * as parse from '../parameters/parse';
import { extraHeaders, simplify } from '../parameters/sharedFields';

const automatic = { registration: ['automatic'] };

/** For an option of one kind of registration. */
const offeredFor = (registration: string) => ({ show: { '/registration': [registration] } });

/** A filter: a list that an event has to match. Left empty by the user, it lets everything through. */
function filterList(parseList: parse.Parse<string[]>): parse.Parse<string[]> {
	return (value, label) => {
		const list = parseList(value, label);
		const isLeftEmpty = value === '' || (Array.isArray(value) && value.length === 0);
		if (list.length > 0 || isLeftEmpty) return list;
		// Otherwise, an expression that finds nothing would let everything through.
		throw new InstaplyError(parse.missing(label).message, {
			description: `Fill in '${label}', or remove this option to let everything through. If it is an expression, it gave nothing.`,
		});
	};
}

/** Channels in any spelling. */
const channelList: parse.Parse<string[]> = (value, label) =>
	parse.textList(value, label).map((entry) => {
		const key = channelKey(entry);
		if (key !== '') return key;
		throw parse.unusable(label, 'It has to be the name of a channel.', describeValue(entry));
	});

const chosenEvents = shownFor(
	automatic,
	field(
		{
			displayName: 'Trigger On',
			name: 'events',
			type: 'multiOptions',
			required: true,
			default: ['messages'],
			options: [
				{
					name: 'Message',
					value: 'messages',
					description: 'A message was sent or received',
				},
				{
					name: 'Transfer',
					value: 'transfers',
					description: 'A conversation was transferred to another business',
				},
			],
		},
		parse.someOf(WEBHOOK_EVENTS),
	),
);

/** With a legacy registration, only messages arrive. */
const events: Field<'events', WebhookEvent[]> = {
	...chosenEvents,
	value: (read) => chosenEvents.value(read) ?? ['messages'],
};

const sentBy = field(
	{
		displayName: 'Messages Sent By',
		name: 'sentBy',
		type: 'options',
		default: 'customer',
		options: [
			{
				name: 'Anyone',
				value: 'anyone',
				description: 'Also the messages that this or another workflow sends',
			},
			{
				name: 'Customer',
				value: 'customer',
				description: 'Only what customers write',
			},
			{
				name: 'Employee',
				value: 'employee',
				description: 'Only what employees, bots and workflows write',
			},
		],
		description: 'Whose messages start the workflow. Transfers always do.',
	},
	parse.oneOf(['customer', 'employee', 'anyone']),
);

const registration = field(
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		noDataExpression: true,
		default: 'automatic',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'The workflow registers itself at Instaply when it is published',
			},
			{
				name: 'Legacy',
				value: 'legacy',
				description:
					'You give the webhook URL of this node to Instaply yourself, and only messages arrive',
			},
		],
		description: 'How Instaply learns about this workflow',
	},
	parse.oneOf(['automatic', 'legacy']),
);

const channels = field(
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'multiOptions',
		default: [],
		options: [
			{ name: 'Email', value: 'email' },
			{ name: 'Messenger', value: 'messenger' },
			{ name: 'SMS', value: 'sms' },
			{ name: 'Web Chat', value: 'webchat' },
			{ name: 'WhatsApp', value: 'whatsapp' },
		] satisfies Array<{ name: string; value: Channel }>,
		// Without it, n8n marks other channels that an expression gives as not supported.
		allowArbitraryValues: true,
		displayOptions: sinceVersion12,
		description:
			'Only events of these channels. An expression can name others. With the registration Legacy, events tell no channel.',
	},
	filterList(channelList),
);

const channelsAsText = field(
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'string',
		default: '',
		placeholder: 'e.g. whatsapp, sms, webchat',
		displayOptions: beforeVersion12,
		description:
			'Only events of these channels, separated by commas. With the registration Legacy, events tell no channel.',
	},
	filterList(channelList),
);

/** The same in all versions of the trigger, but for what counts when the user does not add it. */
const ignoreAwaitedReplies = ({ show }: IDisplayOptions, withoutIt: string) =>
	offered(
		{ show: { ...offeredFor('automatic').show, ...show } },
		field(
			{
				displayName: 'Ignore Awaited Replies',
				name: 'ignoreAwaitedReplies',
				type: 'boolean',
				default: true,
				description: `Whether a reply that a 'Send and Wait for Reply' is waiting for, in this or in another workflow, does not start this workflow as well. ${withoutIt} When you stop an execution that waits, messages in its thread start this workflow again: at once, or when its time is up if it is in another n8n or n8n cannot reach its own public address.`,
			},
			parse.boolean,
		),
	);

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add option' }, [
	field(
		{
			displayName: 'Add AI Agent Fields',
			name: 'aiAgentFields',
			type: 'boolean',
			default: false,
			description:
				"Whether to add 'chatInput' (the text) and 'sessionId' (the thread), which the AI Agent node and its memory read by default",
		},
		parse.boolean,
	),
	field(
		{
			displayName: 'Business IDs',
			name: 'businessIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1001, 2002',
			description:
				'Only events of these businesses, separated by commas. A transfer counts for both of its businesses.',
		},
		filterList(parse.idList),
	),
	channelsAsText,
	channels,
	field(
		{
			displayName: 'Collect Messages',
			name: 'collectMessages',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 60 },
			default: 5,
			description:
				'How many seconds a customer has to write nothing more, before the workflow starts with all messages in a row at once. It starts at the latest 60 seconds after the first of them. If n8n stops or restarts in the meantime, they are lost.',
		},
		parse.integerFrom1To(60),
	),
	ignoreAwaitedReplies(
		beforeVersion12,
		'Without this option, such a reply does: only newer Instaply Triggers ignore it by themselves.',
	),
	ignoreAwaitedReplies(
		sinceVersion12,
		'Without this option, such a reply does not: add it and switch it off to have all messages.',
	),
	field(
		{
			displayName: 'Ignore Duplicates',
			name: 'ignoreDuplicates',
			type: 'boolean',
			default: true,
			description: 'Whether a message that Instaply delivers twice starts the workflow only once',
		},
		parse.boolean,
	),
	field(
		{
			displayName: 'Include Internal Notes',
			name: 'includeInternal',
			type: 'boolean',
			default: false,
			description: 'Whether messages that only employees see start the workflow too',
		},
		parse.boolean,
	),
	offered(
		offeredFor('legacy'),
		field(
			{
				displayName: 'Secret in URL',
				name: 'urlSecret',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description: `Whatever calls the webhook URL without '?${ORIGIN_PARAMETER}=' and this text at its end is refused. Choose a long text of letters and digits, and give Instaply the URL with it.`,
			},
			parse.text,
		),
	),
	field(
		{
			displayName: 'Text Contains',
			name: 'textContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. stop, human, my money back',
			description:
				'Only messages whose text has one of these words or phrases, separated by commas. They are whole words; case, accents and punctuation do not matter. Transfers always start the workflow.',
		},
		filterList(parse.phraseList),
	),
	field(
		{
			displayName: 'Thread IDs',
			name: 'customerThreadIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 123456, 123457',
			description: 'Only events of these threads, separated by commas',
		},
		filterList(parse.idList),
	),
	offered(offeredFor('automatic'), extraHeaders),
]);

/** The trigger's parameters, in the order in which the editor shows them. */
export const triggerFields = [registration, events, sentBy, simplify, options] as const;

export type TriggerParameters = Values<typeof triggerFields>;

/** @throws InstaplyError when a parameter is unusable */
export function readTriggerParameters(
	context: IHookFunctions | IWebhookFunctions,
): TriggerParameters {
	const parameters = readFields(triggerFields, parametersOf(context));
	assertPossible(parameters);
	return parameters;
}

/**
 * n8n drops an option that is not offered. So 'Channels' is offered with both registrations: a filter
 * that was added before the change to Legacy would be dropped without a word.
 */
function assertPossible({ registration, options: { channels = [] } }: TriggerParameters): void {
	if (registration !== 'legacy' || channels.length === 0) return;
	throw new InstaplyError("'Channels' cannot be used with the registration Legacy", {
		description:
			"Legacy events do not tell the channel, so none would start the workflow. Remove the option 'Channels', or set 'Registration' to Automatic.",
	});
}

/** Tells whether the user gives the URL to Instaply; reads no other parameter. */
export function isLegacy(context: IHookFunctions | IWebhookFunctions): boolean {
	return context.getNodeParameter('registration', 'automatic') === 'legacy';
}
