/*
 * The addresses of webhooks in one n8n, `<public address of n8n>/<endpoint>/…` (measured on 2.41.1).
 */

/**
 * The endpoint, `webhook-waiting` unless N8N_ENDPOINT_WEBHOOK_WAIT names another one, the number of the
 * execution, and the node.
 */
const WAITING = /\/[^/]+\/\d+(?:\/[^/]+)?$/;

/** The endpoint, the workflow or an ID, perhaps the name of the node, and the path of its webhook. */
const PARTS_OF_A_TRIGGER = [3, 4];

/** Tells whether a URL resumes executions of the n8n in which a trigger has this URL. */
export function resumesIn(triggerUrl: string, resumeUrl: string): boolean {
	const base = baseOf(resumeUrl);
	if (base === undefined || !URL.canParse(triggerUrl)) return false;
	const { origin, pathname } = new URL(triggerUrl);
	const address = `${origin}${pathname}`;
	return (
		address.startsWith(base) &&
		PARTS_OF_A_TRIGGER.includes(address.slice(base.length).split('/').length)
	);
}

/** Tells whether two URLs resume executions of the same n8n. */
export function resumeInSame(one: string, other: string): boolean {
	const base = baseOf(one);
	return base !== undefined && base === baseOf(other);
}

/** @returns undefined when a URL resumes no execution */
function baseOf(resumeUrl: string): string | undefined {
	if (!URL.canParse(resumeUrl)) return undefined;
	const { origin, pathname } = new URL(resumeUrl);
	const at = pathname.search(WAITING);
	return at < 0 ? undefined : `${origin}${pathname.slice(0, at + 1)}`;
}
