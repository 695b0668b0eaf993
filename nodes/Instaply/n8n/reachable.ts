import { InstaplyError } from '../common/InstaplyError';

/*
 * n8n makes its addresses of N8N_WEBHOOK_URL as that was set, without a look at it. Older versions call
 * the variable WEBHOOK_URL: 2.0 knows that name alone, 2.41.1 takes both and warns of the old one.
 */

const VARIABLE = 'N8N_WEBHOOK_URL (or WEBHOOK_URL)';
const SET_VARIABLE =
	"Set n8n's environment variable N8N_WEBHOOK_URL, which older versions of n8n call WEBHOOK_URL,";

/**
 * Refuses an address of this n8n that nobody can call, such as n8n.example.com/webhook/abc.
 *
 * @throws InstaplyError saying what to do
 */
export function assertComplete(url: string): void {
	if (/^https?:\/\/[^/?#]/i.test(url) && URL.canParse(url)) return;
	const [found = ''] = /^([a-z]+:)?\/*[^/?#]*/i.exec(url) ?? [];
	throw new InstaplyError(
		`${VARIABLE} has to begin with https://, but this n8n has the address '${found.slice(0, 100)}'`,
		{
			description: `${SET_VARIABLE} to the complete public address of n8n, beginning with https://. Then restart n8n and try again.`,
			failure: { cause: 'configuration-invalid' },
		},
	);
}

/**
 * Refuses to register a URL of this n8n that Instaply cannot call.
 *
 * @param baseUrl where Instaply is reached; an Instaply on this machine or its network, such as a
 * test server, can call local URLs
 * @throws InstaplyError saying what to do
 */
export function assertReachable(url: string, baseUrl: string): void {
	assertComplete(url);
	if (!isLocal(url) || isLocal(baseUrl)) return;
	// Where a workflow is published, n8n shows the message alone (measured on 2.41.1).
	throw new InstaplyError(
		`Instaply cannot reach this n8n: ${VARIABLE} has to be its public address`,
		{
			description: `Instaply would have to call ${new URL(url).origin}, an address that only this computer or its network knows. ${SET_VARIABLE} to the public address of n8n, or to the address of a tunnel to it. Then restart n8n and try again.`,
			failure: { cause: 'configuration-invalid' },
		},
	);
}

/** Names that are never in the public DNS, and names without a dot, such as those of containers. */
const LOCAL_NAME = /^[^.]*$|\.(localhost|local|internal|lan|home\.arpa)$/;

/** IPv4: this host, private networks, shared address space, loopback, link-local. */
const LOCAL_IPV4 =
	/^(0|10|127)\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^169\.254\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** IPv6, as URL writes it: this host, loopback, unique local, link-local. */
const LOCAL_IPV6 = /^\[(::1?\]|f[cd]|fe[89ab])/;

/** IPv4 within IPv6, as URL writes it: two groups of hexadecimal digits. */
const MAPPED_IPV4 = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/;

/** Tells whether a URL has an address that only this machine or its network can reach. */
export function isLocal(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const host = new URL(url).hostname.replace(/\.$/, '');
	const [, high, low] = MAPPED_IPV4.exec(host) ?? [];
	if (high !== undefined && low !== undefined) return LOCAL_IPV4.test(dotted(high, low));
	if (host.startsWith('[')) return LOCAL_IPV6.test(host);
	return /^[\d.]+$/.test(host) ? LOCAL_IPV4.test(host) : LOCAL_NAME.test(host);
}

function dotted(...groups: string[]): string {
	const numbers = groups.map((group) => parseInt(group, 16));
	return numbers.flatMap((number) => [number >> 8, number & 255]).join('.');
}
