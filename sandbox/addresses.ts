/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Addresses that stand for all interfaces of a machine. */
const ALL = ['0.0.0.0', '::'];

/** Where a server can be found, without slashes at the end. */
export interface Addresses {
	/** From the machine on which it runs. */
	own: string;
	/** From n8n in Docker on the same machine; null when it cannot be reached there. */
	docker: string | null;
	/** From other machines of the network. */
	network: string[];
}

/** Where a server is found that listens on this IP address. */
export function addressesOf(host: string, port: number): Addresses {
	if (!ALL.includes(host)) return { own: urlOf(host, port), docker: null, network: [] };
	const interfaces = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
	const foreign = interfaces.filter(({ family, internal }) => family === 'IPv4' && !internal);
	return {
		own: urlOf('127.0.0.1', port),
		// Docker's own name for the machine on which it runs.
		docker: urlOf('host.docker.internal', port),
		network: foreign.map(({ address }) => urlOf(address, port)),
	};
}

/** Tells whether a server can listen there. Names are refused, as they may change. */
export function isAddress(host: string): boolean {
	return isIP(host) !== 0;
}

function urlOf(host: string, port: number): string {
	return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
