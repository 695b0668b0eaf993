/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/*
 * n8n calls servers of this machine: the sandbox, and what stands in for other services. An n8n that
 * runs elsewhere, such as in a container, reaches none that listens on 127.0.0.1.
 */

/** Where such servers listen; the variable TEST_SERVERS_LISTEN overrides it. */
export function listenHost(env = process.env): string {
	return env.TEST_SERVERS_LISTEN ?? '127.0.0.1';
}

/**
 * The URL of such a server as n8n has to call it: at the host that TEST_SERVERS_HOST names, or else
 * where it listens.
 */
export function urlForN8n(url: string, env = process.env): string {
	const host = env.TEST_SERVERS_HOST ?? listenHost(env);
	return url.replace(/\/\/(\[[^\]]*\]|[^/:]*)/, `//${host}`);
}
