import type { IDataObject } from 'n8n-workflow';

import { message } from '../../lab/events';
import { channelKey } from '../../nodes/Instaply/api/channel';
import { readAccount } from '../../nodes/Instaply/api/credential';
import { messageIn } from '../../nodes/Instaply/api/errorMessage';
import { errorFromNetwork, errorFromResponse } from '../../nodes/Instaply/api/errors';
import { readResponse } from '../../nodes/Instaply/api/readResponse';
import { tokenRedaction } from '../../nodes/Instaply/api/redaction';
import type { ApiRequest } from '../../nodes/Instaply/api/request';
import {
	readTemplates,
	readThreadDetails,
	readWebhook,
	readWebhooks,
} from '../../nodes/Instaply/api/responses';
import { retryAfterMs } from '../../nodes/Instaply/api/retryAfter';
import { assertDone } from '../../nodes/Instaply/api/unknownOutcome';
import { isAsDesired } from '../../nodes/Instaply/api/webhookState';
import { toAsciiDigits } from '../../nodes/Instaply/common/digits';
import { readId } from '../../nodes/Instaply/common/id';
import { InstaplyError } from '../../nodes/Instaply/common/InstaplyError';
import { parseJson } from '../../nodes/Instaply/common/json';
import { toResult } from '../../nodes/Instaply/common/result';
import { shorten } from '../../nodes/Instaply/common/shorten';
import {
	foldAccents,
	foldCase,
	foldSpelling,
	foldTyping,
	plainSigns,
} from '../../nodes/Instaply/common/spelling';
import { withoutFinalSlashes } from '../../nodes/Instaply/common/text';
import { hasOneOf } from '../../nodes/Instaply/common/words';
import {
	parseDelivery,
	parseLegacyDelivery,
	type MessageEvent,
} from '../../nodes/Instaply/delivery/event';
import { isSafe } from '../../nodes/Instaply/delivery/isSafe';
import {
	hasSecretHeader,
	hasValidSecret,
	hasValidUrlSecret,
} from '../../nodes/Instaply/delivery/secret';
import { aiAgentFields, simplifyEvent } from '../../nodes/Instaply/delivery/simplify';
import { PLAIN_TEXT, WHATSAPP } from '../../nodes/Instaply/markdown/format';
import { fromMarkdown } from '../../nodes/Instaply/markdown/fromMarkdown';
import { toHttpResponse } from '../../nodes/Instaply/n8n/http';
import { assertComplete, isLocal } from '../../nodes/Instaply/n8n/reachable';
import { statusOf } from '../../nodes/Instaply/n8n/webhookStatus';
import { matching } from '../../nodes/Instaply/operations/listSearch';
import { describeValue } from '../../nodes/Instaply/parameters/describeValue';
import { field, shownFor } from '../../nodes/Instaply/parameters/field';
import { refuseFixedExpressions } from '../../nodes/Instaply/parameters/fixedExpressions';
import * as parse from '../../nodes/Instaply/parameters/parse';
import { phoneNumber } from '../../nodes/Instaply/parameters/phoneNumber';
import { acceptedReplies, choiceIn } from '../../nodes/Instaply/replies/acceptedReplies';
import { assertListable, choiceByNumber, withList } from '../../nodes/Instaply/replies/listReplies';
import { ownText } from '../../nodes/Instaply/replies/ownText';
import { replyItem } from '../../nodes/Instaply/replies/replyItem';
import { TYPES_WITH_VALUE } from '../../nodes/Instaply/replies/replyType';
import { storedReplyCount } from '../../nodes/Instaply/replies/replyWebhook';
import { ticketFromQuery, ticketFromUrl } from '../../nodes/Instaply/replies/resumeTicket';
import { openAccount } from '../../nodes/Instaply/replies/sealedAccount';
import { readEmail } from '../../nodes/Instaply/replies/types/email';
import { readNumber } from '../../nodes/Instaply/replies/types/number';
import { readPhone } from '../../nodes/Instaply/replies/types/phoneNumber';
import { judge } from '../../nodes/Instaply/replies/verdict';
import { endOfWait } from '../../nodes/Instaply/replies/waitLimit';
import { isWanted } from '../../nodes/Instaply/trigger/filter';
import { ownedBy } from '../../nodes/Instaply/trigger/reconcile';
import { quadraticGrowth } from '../support/unit/growth';

/*
 * Anybody can write to a business, as much as they like. Whatever a function does with such a text, it
 * takes time that grows with the length and no faster.
 */

/** Runs of the same between two letters make a pattern try again and again. */
const UNITS = [
	...[
		'-',
		'.',
		',',
		'/',
		'\\',
		"'",
		'"',
		'_',
		'@',
		':',
		'>',
		'{',
		'{{',
		'}}',
		'[',
		'(',
		'7',
		'解',
		'ก็',
	],
	...[' ', '\t', '\n', '\r\n', '\u00a0', 'a', 'A ', 'ß', 'İ', '\u0301', 'e\u0301', 'कि'],
	...['\u200b', '\u200d', '\ufe0f', '👍🏽', '\ud83d', 'a.', '.@', ', ', '(0)', '<p>', '../'],
	...['> \n', 'On 5 ', 'On 5 wrote:\n', 'From: 5\nSent: 5\n', 'Best ', '--\n'],
];

const TEXTS: Record<string, (length: number) => string> = {
	...Object.fromEntries(UNITS.map((unit) => [JSON.stringify(unit), cached(runOf(unit))])),
	'lists in lists': cached((length) => '['.repeat(length / 2) + ']'.repeat(length / 2)),
	'objects in objects': cached(
		(length) => `${'{"a":'.repeat(length / 6)}1${'}'.repeat(length / 6)}`,
	),
	'a list': cached((length) => JSON.stringify(Array(length / 2).fill(1))),
	'a list of objects': cached((length) => JSON.stringify(Array(length / 8).fill({ a: 1 }))),
	'an object': cached((length) => JSON.stringify({ ...Array(length / 16).fill('a') })),
};

function runOf(unit: string) {
	return (length: number) => `a${unit.repeat(length / unit.length)}z`;
}

/** All functions are given the same texts. */
function cached(textOf: (length: number) => string) {
	const texts = new Map<number, string>();
	return (length: number) => {
		const text = texts.get(length) ?? textOf(length);
		texts.set(length, text);
		return text;
	};
}

const SENDING: ApiRequest = {
	method: 'POST',
	path: '/api/send-message-to-customer-thread',
	effect: 'message',
	subject: { kind: 'thread', id: '1' },
};
const WAIT = { customerThreadId: '123456', fingerprint: 'a', since: 0, until: 1 };
const SETTINGS = {
	choices: [{ reply: 'yes', alsoAccept: ['ok', '1'] }],
	maxTries: 3,
	isReview: true,
};
const REPLY = { time: 0, timezone: 'UTC' };
const PROPERTY = { displayName: 'Text', name: 'text', type: 'string', default: '' } as const;

const received = (data: object): MessageEvent => {
	const event = parseDelivery(message({ ...data }));
	if (typeof event === 'string' || event.eventType !== 'message') throw new Error('No message');
	return event;
};
const webhook = (text: string) => ({
	webhookId: text,
	url: `https://example.com/${text}`,
	extraHeaders: [{ name: text, value: text }],
});
/** As n8n hands it over. */
const responseOf = (headers: IDataObject, body: string) =>
	toHttpResponse({ statusCode: 200, headers, body: Buffer.from(body) });
const contentOf = (body: string) =>
	readResponse(responseOf({}, body), tokenRedaction('tok-secret')).content;
const urlOf = (text: string) => `https://example.com/${text}`;

const LABEL = 'Some Field';

/** A new one has to be here, too: the type demands it. */
const PARSES: Record<Exclude<keyof typeof parse, 'missing' | 'unusable'>, parse.Parse<unknown>> = {
	boolean: parse.boolean,
	email: parse.email,
	extraHeaders: (text, label) => parse.extraHeaders([{ name: text, value: text }], label),
	id: parse.id,
	idList: parse.idList,
	isBlank: parse.isBlank,
	integerFrom1To: parse.integerFrom1To(20),
	oneOf: parse.oneOf(['one', 'other']),
	optional: parse.optional(parse.text),
	phraseList: parse.phraseList,
	positiveInteger: parse.positiveInteger,
	positiveNumber: parse.positiveNumber,
	someOf: parse.someOf(['one', 'other']),
	text: parse.text,
	textList: parse.textList,
	trimmedText: parse.trimmedText,
	url: parse.url,
};

/** All that reads a text of customers, of Instaply, of whoever calls, or of an expression. */
const FUNCTIONS: Record<string, (text: string) => unknown> = {
	...Object.fromEntries(
		Object.entries(PARSES).map(([name, read]) => [
			`parse.${name}`,
			(text: string) => read(text, LABEL),
		]),
	),
	'parse.email, a domain': (text) => parse.email(`a@${text}@`, LABEL),
	'parse.extraHeaders, the value': (text) =>
		parse.extraHeaders([{ name: 'a', value: text }], LABEL),
	'parse.extraHeaders, a list': (text) => parse.extraHeaders(parseJson(text) ?? [], LABEL),
	'parse.idList, a list': (text) => parse.idList(parseJson(text) ?? [], LABEL),
	phoneNumber: (text) => phoneNumber(text, LABEL),
	describeValue,
	refuseFixedExpressions: (text) => refuseFixedExpressions([PROPERTY], { text }),
	shownFor: (text) => shownFor({ kind: ['one'] }, field(PROPERTY, parse.text)).value(() => text),
	acceptedReplies: (text) =>
		acceptedReplies.value(() => [{ reply: text, alsoAccept: text }, { reply: text.slice(1) }]),
	endOfWait: (text) => endOfWait({ at: text }, 0, 'UTC'),
	matching: (text) => matching([{ name: text, value: '1' }], `b${text}`),
	'matching, a filter with a hole': (text) => {
		const half = text.slice(text.length / 2);
		return matching([{ name: `${text}${text}`, value: '1' }], `${half}b${half}`);
	},

	'fromMarkdown, for WhatsApp': (text) => fromMarkdown(text, WHATSAPP),
	'fromMarkdown, for other channels': (text) => fromMarkdown(text, PLAIN_TEXT),

	foldCase,
	foldTyping,
	foldAccents,
	foldSpelling,
	hasOneOf: (text) => hasOneOf(text, ['stop', 'aa', '7 7', 'कि', '--', "' '"]),
	'hasOneOf, of a phrase': (text) => hasOneOf('stop it, now', [text]),
	channelKey,
	ownText,
	choiceIn: (text) => choiceIn(text, SETTINGS.choices),
	choiceByNumber: (text) => choiceByNumber(text, SETTINGS.choices),
	withList: (text) => withList(text, [{ reply: text, alsoAccept: [] }]),
	assertListable: (text) => assertListable([{ reply: text, alsoAccept: [text] }]),
	'judge, by e-mail': (text) => judge({ ...REPLY, text, channel: 'email' }, SETTINGS),
	'judge, of a channel': (text) => judge({ ...REPLY, text: 'no', channel: text }, SETTINGS),
	...Object.fromEntries(
		TYPES_WITH_VALUE.map((replyType) => [
			`judge, a reply of the type ${replyType}`,
			(text: string) => judge({ ...REPLY, text, channel: 'email' }, { ...SETTINGS, replyType }),
		]),
	),
	readNumber,
	readEmail,
	readPhone,
	replyItem: (text) =>
		replyItem(
			WAIT,
			received({ messageBody: text, channel: text }),
			{ fields: {}, isAccepted: true, isUnclear: false },
			0,
		),
	toAsciiDigits,
	plainSigns,
	ticketFromUrl: (text) => ticketFromUrl(`https://example.com/?${text}`),
	ticketFromQuery: (text) =>
		ticketFromQuery({ instaplyThread: text, instaplyKey: text, instaplySince: text }),
	storedReplyCount: (text) => storedReplyCount({ 'x-n8n-reply-tries': text }),

	parseDelivery: (text) => parseDelivery(parseJson(text)),
	'parseDelivery, its fields': (text) =>
		parseDelivery(message({ customerThreadId: text, customerId: text, channel: text })),
	'parseDelivery, its data': (text) => parseDelivery({ ...message(), data: parseJson(text) }),
	parseLegacyDelivery: (text) =>
		parseLegacyDelivery({ ...message().data, customerThreadId: text, messageBody: text }),
	isSafe: (text) => isSafe(parseJson(text)),
	hasValidSecret: (text) => hasValidSecret({ 'x-n8n-trigger-secret': text }, 'a'),
	hasValidUrlSecret: (text) => hasValidUrlSecret({ secret: text }, 'a'),
	hasSecretHeader: (text) => hasSecretHeader([{ name: text, value: text }], 'a'),
	simplifyEvent: (text) => simplifyEvent(received({ [text]: text, messageBody: text })),
	aiAgentFields: (text) => aiAgentFields(received({ messageBody: text })),
	isWanted: (text) =>
		isWanted(received({ channel: text }), {
			registration: 'automatic',
			events: ['messages'],
			sentBy: 'anyone',
			simplify: true,
			options: { channels: [text, 'a'] },
		}),
	'isWanted, of an e-mail': (text) =>
		isWanted(received({ channel: 'E-mail', messageBody: text }), {
			registration: 'automatic',
			events: ['messages'],
			sentBy: 'anyone',
			simplify: true,
			options: { textContains: ['stop', 'a a'] },
		}),
	ownedBy: (text) => ownedBy(urlOf('1'), { webhookId: text, secret: 'a' }, [webhook(text)]),
	isAsDesired: (text) =>
		isAsDesired(webhook(text), {
			url: urlOf(text),
			enabled: true,
			subscribedEvents: ['messages'],
			extraHeaders: [],
		}),

	withoutFinalSlashes,
	assertComplete,
	isLocal: (text) => isLocal(`https://${text}/`),
	'isLocal, a path': (text) => isLocal(urlOf(text)),
	'statusOf, of an address': (text) =>
		statusOf(urlOf(text), async () => ({ status: 204, headers: {}, body: '' })),
	'statusOf, of a response': (text) =>
		statusOf(urlOf('1'), async () => ({
			status: 404,
			headers: {},
			body: JSON.stringify({ message: `The requested webhook "${text}" is not registered.` }),
		})),
	'statusOf, of methods': (text) =>
		statusOf(urlOf('1'), async () => ({
			status: 204,
			headers: { 'access-control-allow-methods': `OPTIONS,${text}` },
			body: '',
		})),

	parseJson,
	'parseJson, beside a long number': (text) =>
		parseJson(`[9007199254740993,${JSON.stringify([text, text])}]`),
	'parseJson, of numbers': (text) => parseJson(`[9007199254740993,${text.slice(1, -1)}]`),
	readId,
	shorten: (text) => shorten(text, 300),
	'readAccount, a token': (text) => readAccount({ token: text, baseUrl: urlOf('') }),
	'readAccount, an address': (text) => readAccount({ token: 'a', baseUrl: text }),
	'readAccount, a path': (text) => readAccount({ token: 'a', baseUrl: urlOf(text) }),
	openAccount: (text) => openAccount(text, 'a'),
	'toHttpResponse, a body': (text) => responseOf({}, text),
	'toHttpResponse, a charset': (text) => responseOf({ 'content-type': `text/html;${text}` }, 'a'),
	readResponse: (text) => contentOf(text),
	'readResponse, with escapes': (text) => contentOf(`\\u0074${text}`),
	assertDone: (text) => assertDone('message', contentOf(text)),
	'assertDone, of JSON': (text) => assertDone('message', { error: [text], status: text }),
	messageIn,
	'messageIn, of JSON': (text) => messageIn(contentOf(text)),
	errorFromResponse: (text) =>
		errorFromResponse(SENDING, {
			status: 400,
			headers: { 'retry-after': text },
			content: contentOf(text),
		}),
	errorFromNetwork: (text) => errorFromNetwork(SENDING, text),
	retryAfterMs: (text) => retryAfterMs({ 'retry-after': text }),
	readThreadDetails: (text) => readThreadDetails({ customerChannel: text, status: text }),
	readTemplates: (text) => readTemplates({ templates: parseJson(text) ?? null }),
	readWebhook: (text) => readWebhook({ id: text, url: text, extraHeaders: parseJson(text) ?? [] }),
	readWebhooks: (text) => readWebhooks(parseJson(text) ?? []),
};

/** It may refuse a text, and that is all that may go wrong. */
const refusing = (read: (text: string) => unknown) => async (text: string) => {
	const result = await toResult(async () => await read(text));
	if ('error' in result && !(result.error instanceof InstaplyError)) throw result.error;
};

describe('The time that a text takes grows no faster than its length', () => {
	it.each(Object.entries(FUNCTIONS))(
		'%s',
		async (_, read) => {
			for (const [kind, textOf] of Object.entries(TEXTS)) {
				const found = await quadraticGrowth(refusing(read), textOf);
				expect({ kind, found }).toEqual({ kind, found: undefined });
			}
		},
		120_000,
	);
});

/** What a reader of Markdown may look for again and again, or count again and again. */
const MARKDOWN = [
	...[
		'**a',
		'*a_ ',
		'*_',
		'~~',
		'`a``',
		'![',
		'](',
		'[a](b',
		'[a](/)',
		'[a](/ "',
		'<a:',
		'|',
		'\\*',
	],
	...['- ', '>- ', '  - a\n', '```\n', '|-|\n', 'a\n---\n', 'www.', '# a #'],
];

describe('The time that Markdown takes grows no faster than its length', () => {
	it.each(MARKDOWN)('made of %j', async (unit) => {
		const read = (text: string) => fromMarkdown(text, WHATSAPP);
		expect(await quadraticGrowth(read, runOf(unit))).toBeUndefined();
	});

	it.each(['\n', 'a\n', '> \n', '|'])('below a list of lists, made of %j', async (unit) => {
		const list = (length: number) => '- '.repeat(length / 4) + runOf(unit)(length / 2);
		const read = (text: string) => fromMarkdown(text, WHATSAPP);
		expect(await quadraticGrowth(read, list)).toBeUndefined();
	});

	it.each(['a|', '|', '\\|', 'a|b\n'])('in a table, made of %j', async (unit) => {
		const read = (text: string) => fromMarkdown(`a|b\n-|-\n${text}`, WHATSAPP);
		expect(await quadraticGrowth(read, runOf(unit))).toBeUndefined();
	});
});

describe('Time that grows faster is found', () => {
	it.each<[string, (text: string) => unknown, (length: number) => string]>([
		['a pattern tried again at each sign', (text) => text.replace(/-+$/, ''), runOf('-')],
		['a pattern that can divide a text', (text) => /^[^@]+\.[^@]+$/.test(`${text}@`), runOf('.')],
		[
			'a copy for each character',
			(text) => [...text].map((_, index) => text.slice(index).split('z', 1)),
			runOf('-'),
		],
	])('with %s', async (_, read, textOf) => {
		expect(await quadraticGrowth(read, textOf)).toMatch(
			/^Time grows faster than the text\. 4 kB: /,
		);
	});
});
