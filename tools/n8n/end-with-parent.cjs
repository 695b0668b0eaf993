/**
 * Preloaded into n8n, which ends with the process that started it; the folder in
 * N8N_TEMPORARY_FOLDER, if any, is removed.
 */
const { spawn } = require('node:child_process');
const { whenPipeCloses } = require('../process/parent.cjs');

const REMOVE = 'require("fs").rmSync(process.argv[1], { recursive: true, force: true })';

/** In a process of its own: as long as n8n lives, its threads may still write into the folder. */
function removeFolder() {
	const folder = process.env.N8N_TEMPORARY_FOLDER;
	if (!folder) return;
	const options = { cwd: '/', detached: true, stdio: 'ignore' };
	spawn(process.execPath, ['-e', REMOVE, folder], options).unref();
}

whenPipeCloses(() => {
	removeFolder();
	process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
});
