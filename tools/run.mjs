/**
 * Runs a program of this repository, for the scripts of package.json: `exec node tools/run.mjs demo/main.ts`.
 * Installs before that what is missing. All in this one process, and with `exec`: npm passes a signal on
 * to the process that it has started, and that would be a shell, of which Debian's keeps SIGINT to itself.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { whenOrphaned } from './process/orphan.mjs';

await import('./bootstrap.mjs');
if (!process.exitCode) {
	const [node, , program, ...args] = process.argv;
	process.argv = [node, resolve(program), ...args];
	// npm may be killed, and then passes nothing on.
	whenOrphaned(() => process.emit('SIGTERM', 'SIGTERM') || process.exit(143));
	const { register } = await import('tsx/cjs/api');
	register();
	createRequire(import.meta.url)(resolve(program));
}
