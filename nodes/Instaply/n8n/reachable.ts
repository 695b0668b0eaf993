import { InstaplyError } from '../common/InstaplyError';

/**
 * Refuses to register a URL of this n8n that Instaply cannot call.
 *
 * @param baseUrl where Instaply is reached; an Instaply on this machine or its network, such as a
 * test server, can call local URLs
 * @throws InstaplyError saying what to do
 */
export function assertReachable(url: string, baseUrl: string): void {
	if (!isLocal(url) || isLocal(baseUrl)) return;
	// Where a workflow is published, n8n shows the message alone (measured on 2.41.1).
	throw new InstaplyError(
		'Instaply cannot reach this n8n: WEBHOOK_URL has to be its public address',
		{
			description: `Instaply would have to call ${new URL(url).origin}, an address that only this computer or its network knows. Set n8n's environment variable WEBHOOK_URL to the public address of n8n, or open a tunnel to it and set WEBHOOK_URL to the address of the tunnel. Then restart n8n and try again.`,
			failure: { cause: 'configuration-invalid' },
		},
	);
}

/** Names that are never in the public DNS, and names without a dot, such as those of containers. */
const LOCAL_NAME = /^[^.]*$|\.(localhost|local|internal|lan|home\.arpa)$/;

/** IPv4: this host, private networks, shared address space, loopback, link-local. */
const LOCAL_IPV4 =
	/^(0|10|127)\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^169\.254\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** IPv6, as URL writes it: this host, loopback, IPv4-mapped, unique local, link-local. */
const LOCAL_IPV6 = /^\[(::1?\]|::ffff:|f[cd]|fe[89ab])/;

/** Tells whether a URL has an address that only this machine or its network can reach. */
export function isLocal(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const host = new URL(url).hostname.replace(/\.$/, '');
	if (host.startsWith('[')) return LOCAL_IPV6.test(host);
	return /^[\d.]+$/.test(host) ? LOCAL_IPV4.test(host) : LOCAL_NAME.test(host);
}
