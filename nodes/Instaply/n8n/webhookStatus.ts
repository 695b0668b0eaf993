import { isJsonObject, parseJson } from '../common/json';
import { toResult } from '../common/result';
import { withoutFinalSlashes } from '../common/text';
import type { HttpResponse } from './http';

/**
 * What happens to events sent to an address of n8n:
 * - `active`: a workflow listens there
 * - `orphaned`: n8n says that no workflow listens there, or the wait of an execution there is over
 * - `waiting`: the address of a waiting execution, judged by its URL alone: n8n does not tell
 * - `unknown`: n8n could not be reached, or did not say
 */
export const WEBHOOK_STATUSES = ['active', 'orphaned', 'unknown', 'waiting'] as const;

export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** A request without a body and without credentials, which follows no redirects. */
export type Probe = (method: 'OPTIONS' | 'GET', url: string) => Promise<HttpResponse>;

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
