/** @import { Attachment, Channel, Listener, Message, Thread } from '../model' */
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

/**
 * What a webhook gets.
 * @param {Listener} listener
 */
export function subscription({ webhookId, enabled, subscribedEvents }) {
	const events = subscribedEvents.join(' and ');
	if (!enabled) return 'is disabled';
	return `gets ${events}${webhookId === null ? ' in the legacy format' : ''}`;
}

/** @param {DeliveryRecord} delivery */
export function state({ endedAt, delivered }) {
	if (endedAt === null) return 'waiting';
	return delivered ? 'delivered' : 'failed';
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
export function advice({ endedAt, delivered, status, answer, failure }) {
	if (endedAt === null) return '';
	if (delivered) return UNUSED_BY_STATUS.get(statusIn(answer)) ?? '';
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
	if (data.invisible) return `${customer}, note: ${said}`;
	return `${data.fromCustomer ? customer : `to ${customer}`}: ${said}`;
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
