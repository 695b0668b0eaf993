/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { asError } from '../process/errors';

/** The folders of the programs of PostgreSQL and of Redis. */
export interface Services {
	postgres: string;
	redis: string;
}

/** Debian keeps the servers of PostgreSQL here, one folder for each version, not in the PATH. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** Finds PostgreSQL and Redis on this machine. Throws in plain words where one of them is missing. */
export function findServices(): Services {
	const path = (process.env.PATH ?? '').split(delimiter);
	const postgres = [...debianPostgres(), ...path].find((folder) =>
		['initdb', 'postgres', 'psql', 'pg_isready'].every((name) => existsSync(join(folder, name))),
	);
	const redis = path.find((folder) =>
		['redis-server', 'redis-cli'].every((name) => existsSync(join(folder, name))),
	);
	if (postgres !== undefined && redis !== undefined) return { postgres, redis };
	throw new Error(
		'PostgreSQL and Redis have to be installed. ' +
			'On Debian or Ubuntu: sudo apt-get install postgresql redis-server',
	);
}

/** The newest first. */
function debianPostgres(): string[] {
	if (!existsSync(DEBIAN_POSTGRES)) return [];
	return readdirSync(DEBIAN_POSTGRES)
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN_POSTGRES, version, 'bin'));
}

/** `npx tsx tools/services/find.ts` says by its exit code whether the services are there. */
if (require.main === module) {
	try {
		console.log(findServices());
	} catch (error) {
		console.error(asError(error).message);
		process.exitCode = 1;
	}
}
