import { isJsonObject, parseJson } from '../common/json';
import { toResult } from '../common/result';
import { withoutFinalSlashes } from '../common/text';
import type { HttpResponse } from './http';
import type { Probe } from './probe';

/**
 * What happens to events sent to an address of n8n:
 * - `active`: a workflow listens there
 * - `orphaned`: n8n says that no workflow listens there, or the wait of an execution there is over
 * - `waiting`: an execution waits there, or is about to
 * - `unknown`: n8n could not be reached, or did not say
 */
export const WEBHOOK_STATUSES = ['active', 'orphaned', 'unknown', 'waiting'] as const;

export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/**
 * Finds out from n8n whether a workflow listens at one of its addresses. Starts nothing: n8n responds
 * to OPTIONS by itself, and a GET follows only where n8n has said that no workflow takes one.
 */
export async function statusOf(url: string, probe: Probe): Promise<WebhookStatus> {
	const address = bareAddress(url);
	const result = await toResult(async () => {
		const options = await probe('OPTIONS', address);
		if (saysNobodyListens(options, address)) return 'orphaned';
		const methods = listenedMethods(options);
		if (methods?.includes('POST')) return 'active';
		if (methods?.length !== 0) return 'unknown';
		return saysNobodyListens(await probe('GET', address), address) ? 'orphaned' : 'unknown';
	});
	return 'value' in result ? result.value : 'unknown';
}

/**
 * The methods for which workflows listen, from n8n's response to OPTIONS with an `Origin`. n8n names
 * OPTIONS first, unlike most servers (measured on 2.41.1).
 */
function listenedMethods({ status, headers }: HttpResponse): string[] | undefined {
	const allowed = headers['access-control-allow-methods'];
	if (status !== 204 || typeof allowed !== 'string') return undefined;
	const [first, ...methods] = allowed.split(',').map((method) => method.trim());
	return first === 'OPTIONS' ? methods : undefined;
}

const NOT_REGISTERED = /^The requested webhook "(?:[A-Z]+ )?(.+)" is not registered\.$/;

/**
 * Tells whether this is n8n's own response for an address without a listening workflow, and not the
 * 404 of somebody else, such as a proxy. The sentence is that of n8n 1.123 to 2.41 (measured).
 */
function saysNobodyListens({ status, body }: HttpResponse, address: string): boolean {
	const content = parseJson(body);
	if (status !== 404 || !isJsonObject(content) || typeof content.message !== 'string') return false;
	const [, path] = NOT_REGISTERED.exec(content.message) ?? [];
	return path !== undefined && decodeURIComponent(new URL(address).pathname).endsWith(`/${path}`);
}

/** Without a query, and without a final slash, which makes n8n respond wrongly to OPTIONS. */
function bareAddress(url: string): string {
	const { origin, pathname } = new URL(url);
	return `${origin}${withoutFinalSlashes(pathname)}`;
}

/** Of the address of an execution that was put to wait. */
export type WaitStatus = Exclude<WebhookStatus, 'active'>;

/** What our node responds to a probe of the address at which it waits. */
export const PROBE_STATUS = { waiting: 'waiting', over: 'no longer awaited' } as const;

/**
 * Finds out from n8n whether an execution still waits at its address. Resumes nothing: the request is
 * less than what Instaply delivers there for each message of anybody, and our node only responds to it.
 * A GET would not tell, because n8n has the same page for a node that waits and for one that went on.
 *
 * @param url with the query that n8n gave it: without its signature, n8n says nothing
 */
export async function waitStatusOf(url: string, probe: Probe): Promise<WaitStatus> {
	const result = await toResult(async () => await probe('POST', url));
	return 'value' in result ? judgeWait(result.value, url) : 'unknown';
}

/** Judges what n8n responds to a POST at the address of an execution. */
export function judgeWait({ status, headers, body }: HttpResponse, url: string): WaitStatus {
	if (status === 200 && String(headers['content-type']).startsWith('text/html')) {
		return body.includes(NOT_WAITING) ? 'orphaned' : 'unknown';
	}
	const content = parseJson(body);
	if (!isJsonObject(content)) return 'unknown';
	if (status === 200) return saidByNode(content.status);
	const [, id = '', rest = ''] = ABOUT_EXECUTION.exec(String(content.message)) ?? [];
	// A proxy, or an n8n that knows of something else.
	if (!new URL(url).pathname.split('/').includes(id)) return 'unknown';
	return SAID_OF_EXECUTION[`${status} ${rest}`] ?? 'unknown';
}

function saidByNode(status: unknown): WaitStatus {
	if (status === PROBE_STATUS.waiting) return 'waiting';
	return status === PROBE_STATUS.over ? 'orphaned' : 'unknown';
}

/** The heading of n8n's page where a node has waited for a person (1.123 to 2.41, measured). */
const NOT_WAITING = '<h1>No action required</h1>';

const ABOUT_EXECUTION = /^The execution "(\w+)"? (.+)$/;

/** What n8n says of an execution, by status (1.123 to 2.41, measured). */
const SAID_OF_EXECUTION: Record<string, WaitStatus> = {
	// Also when it was deleted.
	'404 does not exist.': 'orphaned',
	// Also when it was stopped.
	'409 has finished with error.': 'orphaned',
	'409 has finished already.': 'orphaned',
	// It has asked and is not stored yet, or a reply has just resumed it.
	'409 is running already.': 'waiting',
};
