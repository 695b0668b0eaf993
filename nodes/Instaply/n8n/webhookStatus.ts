import { isJsonObject, parseJson } from '../common/json';
import { toResult } from '../common/result';
import type { HttpResponse } from './http';

/**
 * What becomes of events that are sent to an address of n8n:
 * - `active`: n8n expects them, for a workflow
 * - `orphaned`: n8n says itself that no workflow listens there, or the time is up until which an
 *   execution waited there
 * - `waiting`: the address of an execution that waits, as far as is known: n8n tells nobody
 * - `unknown`: n8n could not be asked, or did not say
 */
export const WEBHOOK_STATUSES = ['active', 'orphaned', 'unknown', 'waiting'] as const;

export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** Asks without sending anything but the question, and without following redirects. */
export type Probe = (method: 'OPTIONS' | 'GET', url: string) => Promise<HttpResponse>;

/**
 * Asks n8n whether a workflow listens at one of its addresses. Starts nothing: n8n answers OPTIONS
 * by itself, and a GET follows only where it has said that no workflow takes one.
 */
export async function statusOf(url: string, ask: Probe): Promise<WebhookStatus> {
	const address = bareAddress(url);
	const outcome = await toResult(async () => {
		const options = await ask('OPTIONS', address);
		if (saysNobodyListens(options, address)) return 'orphaned';
		const methods = listenedMethods(options);
		if (methods?.includes('POST')) return 'active';
		if (methods?.length !== 0) return 'unknown';
		return saysNobodyListens(await ask('GET', address), address) ? 'orphaned' : 'unknown';
	});
	return 'value' in outcome ? outcome.value : 'unknown';
}

/**
 * The methods for which workflows listen at an address, from n8n's answer to OPTIONS with an
 * `Origin`. n8n names OPTIONS first (measured on 2.41.1), which few others do.
 */
function listenedMethods({ status, headers }: HttpResponse): string[] | undefined {
	const allowed = headers['access-control-allow-methods'];
	if (status !== 204 || typeof allowed !== 'string') return undefined;
	const [first, ...methods] = allowed.split(',').map((method) => method.trim());
	return first === 'OPTIONS' ? methods : undefined;
}

const NOT_REGISTERED = /^The requested webhook "(?:[A-Z]+ )?(.+)" is not registered\.$/;

/**
 * Tells whether an answer is n8n's own for an address at which no workflow listens. A 404 of anybody
 * else, such as a proxy before n8n, is not.
 */
function saysNobodyListens({ status, body }: HttpResponse, address: string): boolean {
	const content = parseJson(body);
	if (status !== 404 || !isJsonObject(content) || typeof content.message !== 'string') return false;
	const [, path] = NOT_REGISTERED.exec(content.message) ?? [];
	return path !== undefined && decodeURIComponent(new URL(address).pathname).endsWith(`/${path}`);
}

/** Without a slash at the end, with which n8n's answer to OPTIONS is wrong, and without a query. */
function bareAddress(url: string): string {
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname.replace(/\/+$/, '')}`;
}
