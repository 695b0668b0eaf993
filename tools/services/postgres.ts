/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { findServices } from './find';
import { startService, type Service } from './service';

const USER = 'n8n';
const DATABASE = 'postgres';
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

export interface Postgres extends Service {
	/** Takes any password: only this machine can reach it. */
	user: string;
	database: string;
	/** The rows that an SQL query gives, each value as text. */
	query(sql: string): Promise<string[][]>;
}

/** It is not to live through a power cut, and so need not wait for the disk. */
const SETTINGS = [
	'listen_addresses=127.0.0.1',
	'unix_socket_directories=',
	'fsync=off',
	'synchronous_commit=off',
	'full_page_writes=off',
].flatMap((setting) => ['-c', setting]);

/** $0 is the folder of PostgreSQL's programs, $1 the data; the rest are options of the server. */
const INITIALIZE_AND_RUN = `
	"$0/initdb" --pgdata="$1" --username=${USER} --auth=trust --encoding=UTF8 --no-sync --no-instructions &&
	exec "$0/postgres" -D "$@"
`;

/** Starts a PostgreSQL with an empty database, after 2 seconds or so. Throws as `startService` does. */
export async function startPostgres(): Promise<Postgres> {
	const { postgres: programs } = findServices();
	const service = await startService({
		name: 'postgres',
		// PostgreSQL refuses to run as root; Debian's package brings this user.
		unprivilegedUser: 'postgres',
		command: (port, folder) => {
			const options = [join(folder, 'data'), '-p', String(port), ...SETTINGS];
			return ['/bin/sh', '-c', INITIALIZE_AND_RUN, programs, ...options];
		},
		probe: (port) => [join(programs, 'pg_isready'), '-h', '127.0.0.1', '-p', String(port)],
	});
	const connection = ['-h', '127.0.0.1', '-p', String(service.port), '-U', USER, '-d', DATABASE];
	const query = async (sql: string) => {
		const format = ['--no-psqlrc', '--tuples-only', '--no-align', '--field-separator=\t'];
		const { stdout } = await promisify(execFile)(
			join(programs, 'psql'),
			[...connection, ...format, '-v', 'ON_ERROR_STOP=1', '-c', sql],
			{ maxBuffer: MAX_OUTPUT_BYTES },
		);
		return stdout
			.split('\n')
			.filter(Boolean)
			.map((row) => row.split('\t'));
	};
	return { ...service, user: USER, database: DATABASE, query };
}
