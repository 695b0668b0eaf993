/** @import { Attachment, Channel, Listener, Message, Thread } from '../model' */
/** @import { Activity } from '../activities' */
/** @import { DeliveryRecord } from '../deliveries' */
/** @import { RefusalReason, UnusedStatus } from '../../nodes/Instaply/delivery/respond' */

/** @type {Record<Channel, string>} */
export const CHANNELS = { WEBCHAT: 'Web chat', SMS: 'SMS', WHATSAPP: 'WhatsApp', EMAIL: 'E-mail' };

/** Who can write, with the fields for `POST /sandbox/threads/:id/messages`. */
export const WRITERS = {
	customer: { option: 'Customer', label: 'Write as the customer', fields: { from: 'customer' } },
	employee: { option: 'Employee', label: 'Write as an employee', fields: { from: 'employee' } },
	note: {
		option: 'Internal note',
		label: 'Write a note for employees only',
		fields: { from: 'employee', internal: true },
	},
};

/** @param {Channel | undefined} channel */
export const channelName = (channel) => (channel ? CHANNELS[channel] : '');

/** Why n8n writes nothing in a thread although it gets the customer's messages. */
export const UNAVAILABLE =
	'The Instaply user of the API token cannot see this thread, so n8n cannot answer here.';

/** @param {number | null} timestamp milliseconds since 1970 */
export const isoTime = (timestamp) => new Date(timestamp ?? 0).toISOString();

/**
 * The time of day.
 * @param {number | null} timestamp milliseconds since 1970
 * @param {'minutes' | 'seconds'} precision
 */
export const clock = (timestamp, precision = 'minutes') =>
	new Date(timestamp ?? 0).toLocaleTimeString([], {
		timeStyle: precision === 'seconds' ? 'medium' : 'short',
	});

/** @param {Attachment | null} attachment */
export const file = (attachment) =>
	attachment
		? `Attachment: ${attachment.name} (${attachment.contentType}, ${attachment.contentLength} bytes)`
		: '';

/** @param {Message | null} message */
export const excerpt = (message) =>
	message ? (message.body ?? file(message.attachment)) : 'No message yet';

/** @param {Message} message */
export function side({ from, invisible }) {
	if (invisible) return 'note';
	return from === 'customer' ? 'customer' : 'business';
}

/**
 * Who wrote it, and whether it is a note or a template.
 * @param {Message} message
 * @param {Thread | undefined} thread
 */
export function author({ from, invisible, contentSid }, thread) {
	const name = { customer: 'Customer', employee: 'Employee', api: 'Bot' }[from];
	if (invisible) return `${name} · internal note, employees only`;
	if (contentSid === null) return name;
	const template = thread?.templates.find((one) => one.contentSid === contentSid);
	return `${name} · template ${template?.title ?? contentSid}`;
}

/**
 * Host and path; the rest of a URL may be secret.
 * @param {string} url
 */
export function shortUrl(url) {
	const { host, pathname, search } = new URL(url);
	const path = pathname.length > 28 ? `${pathname.slice(0, 14)}…${pathname.slice(-10)}` : pathname;
	return `${host}${path}${search && '?…'}`;
}

/** How much of a text that was refused is shown. */
const EXCERPT_LENGTH = 120;

/** @param {string | null} text */
const quoted = (text) =>
	text !== null && text.length > EXCERPT_LENGTH
		? `“${text.slice(0, EXCERPT_LENGTH)}…”`
		: `“${text}”`;

const WEEK_MS = 6 * 24 * 3_600_000;

/**
 * A time near or far: today's without a day, this week's without a date.
 * @param {number} timestamp milliseconds since 1970
 */
export function moment(timestamp, now = Date.now()) {
	const date = new Date(timestamp);
	if (date.toDateString() === new Date(now).toDateString()) return clock(timestamp);
	const isNear = Math.abs(timestamp - now) < WEEK_MS;
	const day = date.toLocaleDateString([], isNear ? { weekday: 'long' } : { dateStyle: 'long' });
	return `${day}, ${clock(timestamp)}`;
}

const TRIED = {
	send: 'send',
	'send template': 'send a template',
	'send note': 'leave the note',
	'set status': 'set the status to',
	look: 'look up this thread',
};

/**
 * What n8n did, beside writing.
 * @param {Activity} activity
 */
export function deed(activity) {
	switch (activity.kind) {
		case 'refused': {
			const { tried, text, reason } = activity;
			const what = text === null ? TRIED[tried] : `${TRIED[tried]} ${quoted(text)}`;
			return `n8n tried to ${what}, but ${reason[0]?.toLowerCase()}${reason.slice(1)}.`;
		}
		case 'status':
			return `n8n set the status to ${activity.status}.`;
		case 'window closed':
			return 'n8n looked whether the messaging window is open: it is closed.';
		case 'profile read':
			return "n8n read the customer's profile.";
		case 'profile changed':
			return "n8n changed the customer's profile.";
		case 'asks':
			return `n8n is about to ask, and to wait for the reply until ${moment(activity.until)}.`;
		case 'waits no longer':
			return 'n8n no longer waits for a reply here.';
	}
}

/**
 * The question that waits for a reply in a thread.
 * @param {Listener[]} listeners
 * @param {string} threadId
 */
export function questionIn(listeners, threadId, now = Date.now()) {
	const open = listeners.flatMap(({ receiver }) =>
		receiver.kind === 'question' && receiver.threadId === threadId && receiver.until > now
			? [receiver]
			: [],
	);
	return open.sort((one, other) => other.until - one.until)[0];
}

/**
 * What to do for a test in n8n's editor, which waits for it.
 * @param {Listener[]} listeners
 */
export function testHint(listeners) {
	const tests = listeners.filter(({ enabled, receiver }) => enabled && receiver.kind === 'test');
	const events = tests.flatMap(({ subscribedEvents }) => subscribedEvents);
	if (events.includes('messages')) return 'n8n waits for a test message: write as the customer.';
	if (events.includes('transfers')) {
		return 'n8n waits for a test transfer: move a thread to another business.';
	}
	return '';
}

/**
 * What is behind a webhook, and what it gets.
 * @param {Audience} audience
 * @param {(threadId: string) => string} customerIn
 */
export function listening({ first, count }, customerIn, now = Date.now()) {
	const { webhookId, enabled, subscribedEvents, receiver } = first;
	const events = subscribedEvents.join(' and ');
	if (receiver.kind === 'question') {
		const whose = `${customerIn(receiver.threadId)}: a question`;
		const until = moment(receiver.until, now);
		if (receiver.until <= now) return `${whose} waited for the reply until ${until}`;
		return `${whose} waits for the reply until ${until}`;
	}
	const who = count === 1 ? WHO[receiver.kind] : `${count} published workflows`;
	if (!enabled) return `${who}, switched off`;
	if (receiver.kind === 'test') return `n8n's editor waits for test ${events}`;
	const passesOn = receiver.kind === 'workflow' && receiver.forwards;
	const [gets, passes] = count === 1 ? ['gets', 'passes'] : ['get', 'pass'];
	const replies = passesOn ? `, and ${passes} replies on to the questions that wait` : '';
	const format = webhookId === null ? ' in the legacy format' : '';
	return `${who} ${gets} ${events}${format}${replies}`;
}

const WHO = { workflow: 'A published workflow', test: "n8n's editor", other: 'This address' };

/** @typedef {{ key: string, first: Listener, count: number }} Audience webhooks that are one line */

/**
 * The webhooks with the questions behind the others, the next to end first. Published workflows that
 * get the same are one line.
 * @param {Listener[]} listeners
 * @returns {Audience[]}
 */
export function audiences(listeners) {
	/** @param {Listener} listener */
	const rank = ({ receiver }) => (receiver.kind === 'question' ? receiver.until : 0);
	/** @type {Map<string, Audience>} */
	const lines = new Map();
	for (const first of listeners.toSorted((one, other) => rank(one) - rank(other))) {
		const { webhookId, url, enabled, subscribedEvents, receiver } = first;
		const what = { ...receiver, enabled, subscribedEvents, isLegacy: webhookId === null };
		const key = receiver.kind === 'workflow' ? JSON.stringify(what) : `${webhookId} ${url}`;
		const line = lines.get(key);
		if (line) line.count += 1;
		else lines.set(key, { key, first, count: 1 });
	}
	return [...lines.values()];
}

/**
 * Whether nothing was to be expected of a delivery: what n8n itself wrote and no workflow wanted, and
 * what went to a question of another thread. A question is there before n8n waits for the reply, and
 * so refuses itself with 409.
 * @param {DeliveryRecord} delivery
 */
export function isAside(delivery) {
	const { writer, receiver, delivered, answer, status, endedAt } = delivery;
	if (endedAt === null) return writer === 'api';
	if (delivered && !UNUSED_BY_STATUS.has(statusIn(answer))) return false;
	const isForQuestion = receiver.kind === 'question';
	if (isForQuestion && receiver.threadId !== threadOf(delivery)) return delivered || status === 409;
	return (
		writer === 'api' && (delivered || isTestOver(delivery) || (isForQuestion && status === 409))
	);
}

/**
 * The same in words.
 * @param {DeliveryRecord} delivery
 * @param {string} customer
 */
export function aside(delivery, customer) {
	if (delivery.writer === 'api') {
		return `n8n's own ${isNote(delivery) ? '' : 'message '}${content(delivery, customer)}`;
	}
	return `Not for the questions to other customers: ${content(delivery, customer)}`;
}

/**
 * n8n answers so when nobody tests any more, or the secret was that of an earlier test.
 * @param {DeliveryRecord} delivery
 */
function isTestOver({ receiver, status }) {
	return receiver.kind === 'test' && (status === 401 || status === 404);
}

/** @param {DeliveryRecord} delivery */
export const threadOf = ({ payload }) =>
	String('data' in payload ? payload.data.customerThreadId : payload.customerThreadId);

/** @param {DeliveryRecord} delivery */
export function state(delivery) {
	if (delivery.endedAt === null) return 'waiting';
	if (delivery.delivered) return 'delivered';
	return isTestOver(delivery) ? 'over' : 'failed';
}

/** @param {DeliveryRecord} delivery */
export function response({ endedAt, status }) {
	if (endedAt === null) return 'under way';
	return status === null ? 'no answer' : String(status);
}

const SECRET_IS_WRONG =
	'n8n refused it, because the secret is wrong. Unpublish the workflow and publish it again.';
const NOT_READY = 'n8n is not ready. Is it running, or just starting?';

/** Why a delivery failed, and what to do, by status or error code. */
const FAILURES = new Map([
	['ECONNREFUSED', 'Nothing answers at this address. Is n8n running?'],
	[
		'ENOTFOUND',
		"There is no such address. Correct n8n's WEBHOOK_URL (or N8N_WEBHOOK_URL), restart n8n, and publish the workflow again.",
	],
	['timeout', 'n8n took too long to answer. Is it busy, or does it hang?'],
	['401', SECRET_IS_WRONG],
	['404', 'No workflow listens at this address. Is it published in n8n?'],
	['409', 'The workflow does not wait for this now: it is at work, or has ended.'],
	['502', NOT_READY],
	['503', NOT_READY],
	['504', NOT_READY],
]);

/**
 * Why nothing started although n8n took a delivery.
 * @type {Record<UnusedStatus, string>}
 */
const UNUSED = {
	ignored: 'Nothing started: the workflow does not listen to such events.',
	duplicate:
		'Nothing started: the workflow has had this message before (its option Ignore Duplicates).',
	'awaited elsewhere': 'Nothing started: a waiting workflow takes this reply.',
	collected:
		'The workflow takes this message together with what the customer writes in the next seconds (its option Collect Messages).',
	'not an accepted reply': 'The workflow waits on: it does not accept this reply.',
	'no longer awaited': 'Nothing happened: the workflow does not wait for a reply any more.',
};
const UNUSED_BY_STATUS = new Map(Object.entries(UNUSED));

/** A workflow passes replies on whether they start it or not. */
const PASSED_ON = ' If a question waits for this reply, it gets it.';

/** @param {DeliveryRecord} delivery */
const passesRepliesOn = ({ receiver, writer }) =>
	writer === 'customer' && receiver.kind === 'workflow' && receiver.forwards;

/**
 * Why a workflow refused a delivery, and what to do.
 * @type {Record<RefusalReason, string>}
 */
const REFUSED = {
	Unauthorized: SECRET_IS_WRONG,
	'Too large': 'n8n refused it, because no message is as large.',
	'Not an event of Instaply': 'n8n refused it, because Instaply delivers nothing like it.',
	'Not taken': 'Something went wrong in n8n: its log says what. Deliver it again.',
	'Already under way':
		'n8n is still at work on an earlier delivery of this message. Deliver it again in a minute.',
};
const REFUSED_BY_STATUS = new Map(Object.entries(REFUSED));

/**
 * What happened to a delivery, and what to do; empty when all went well.
 * @param {DeliveryRecord} delivery
 */
export function advice(delivery) {
	const { endedAt, delivered, status, answer, failure } = delivery;
	if (endedAt === null) return '';
	if (isTestOver(delivery)) return 'The test in the editor was over.';
	if (delivered) {
		const unused = UNUSED_BY_STATUS.get(statusIn(answer)) ?? '';
		return unused === UNUSED.ignored && passesRepliesOn(delivery) ? unused + PASSED_ON : unused;
	}
	const known = REFUSED_BY_STATUS.get(statusIn(answer)) ?? FAILURES.get(failure ?? String(status));
	if (known) return known;
	if (status === null) return 'n8n cannot be reached. Is it running, and is this its address?';
	if (status >= 500) return 'Something went wrong in n8n: its executions or its log say what.';
	return 'n8n did not take it: its log may say why.';
}

/**
 * The `status` in the body of a response.
 * @param {string | null} body
 */
function statusIn(body) {
	try {
		return JSON.parse(body ?? '')?.status;
	} catch {
		return undefined;
	}
}

/** @param {DeliveryRecord} delivery */
export const eventName = ({ payload }) =>
	'eventType' in payload ? payload.eventType : 'legacy message';

/**
 * Whose conversation it is, and what happened in it.
 * @param {DeliveryRecord} delivery
 * @param {string} customer
 */
export function content({ payload }, customer) {
	const data = 'data' in payload ? payload.data : payload;
	if ('newBusinessName' in data) return `${customer}, to ${data.newBusinessName}`;
	const said = data.messageBody ?? data.messageAttachmentName;
	if (data.invisible) return `note about ${customer}: ${said}`;
	return `${data.fromCustomer ? customer : `to ${customer}`}: ${said}`;
}

/** @param {DeliveryRecord} delivery */
function isNote({ payload }) {
	const data = 'data' in payload ? payload.data : payload;
	return 'invisible' in data && data.invisible;
}

/** @param {unknown} value */
export const pretty = (value) => JSON.stringify(value, null, 2);

/**
 * Why something did not work. Browsers throw a TypeError when there is no response.
 * @param {unknown} error
 */
export function reason(error) {
	if (error instanceof TypeError) return 'The sandbox does not answer.';
	return error instanceof Error ? error.message : String(error);
}
