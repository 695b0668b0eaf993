/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The folders of the programs of PostgreSQL and of Redis. */
export interface Services {
	postgres: string;
	redis: string;
}

const PACKAGES = ['postgresql', 'redis-server'];

/** Debian keeps the servers of PostgreSQL here, one folder for each version, not in the PATH. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** Asked by Debian's packages before they start a service: 101 forbids it. */
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Finds PostgreSQL and Redis on this machine, and installs them first where that is possible: as root
 * on Debian or Ubuntu, with apt-get. Throws in plain words where it is not.
 */
export function findServices(): Services {
	const services = installed() ?? installFromDebian();
	if (services) return services;
	throw new Error(
		'PostgreSQL and Redis have to be installed. ' +
			`On Debian or Ubuntu: sudo apt-get install ${PACKAGES.join(' ')}`,
	);
}

function installed(): Services | undefined {
	const path = (process.env.PATH ?? '').split(delimiter);
	const postgres = [...debianPostgres(), ...path].find((folder) =>
		['initdb', 'postgres', 'psql', 'pg_isready'].every((name) => existsSync(join(folder, name))),
	);
	const redis = path.find((folder) =>
		['redis-server', 'redis-cli'].every((name) => existsSync(join(folder, name))),
	);
	return postgres !== undefined && redis !== undefined ? { postgres, redis } : undefined;
}

/** The newest first. */
function debianPostgres(): string[] {
	if (!existsSync(DEBIAN_POSTGRES)) return [];
	return readdirSync(DEBIAN_POSTGRES)
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN_POSTGRES, version, 'bin'));
}

function installFromDebian(): Services | undefined {
	if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
	process.stderr.write(`Installing ${PACKAGES.join(' and ')} with apt-get, once.\n`);
	const isForbidden = existsSync(POLICY);
	if (!isForbidden) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	try {
		aptGet('update');
		aptGet('install', '--yes', '--no-install-recommends', ...PACKAGES);
	} catch {
		// apt-get has said why.
	} finally {
		if (!isForbidden) rmSync(POLICY);
	}
	return installed();
}

function aptGet(...args: string[]): void {
	execFileSync('apt-get', ['--quiet', ...args], {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		stdio: ['ignore', 2, 2],
	});
}

/** `npx tsx tools/services/install.ts` tells by its exit code whether the services are there now. */
if (require.main === module) {
	try {
		console.log(findServices());
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
