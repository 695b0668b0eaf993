/**
 * Runs one service, `{ program, args, cwd, uid, gid }` as JSON: it ends when this process is asked to
 * or when the one that started it ends, and its folder, `cwd`, is removed then.
 */
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const { whenPipeCloses } = require('../process/parent.cjs');

const KILL_AFTER_MS = 5_000;

const { program, args, ...options } = JSON.parse(process.argv[2]);
const service = spawn(program, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });

/** PostgreSQL and Redis both take SIGINT for "end now, in good order". */
function end() {
	service.kill('SIGINT');
	setTimeout(() => service.kill('SIGKILL'), KILL_AFTER_MS);
}

whenPipeCloses(end);
process.once('SIGTERM', end);
service.once('error', (error) => console.error(error.message));
service.once('close', (code) => {
	rmSync(options.cwd, { recursive: true, force: true, maxRetries: 5 });
	process.exit(code ?? 1);
});
