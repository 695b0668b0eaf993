/**
 * Preloaded into n8n. File descriptor 3 is a pipe to the process that started it, which closes
 * when that process ends, in whatever way (a crash and SIGKILL included): n8n ends with it, and
 * the folder in N8N_TEMPORARY_FOLDER, if any, is removed.
 */
const { spawn } = require('node:child_process');
const { Socket } = require('node:net');

const REMOVE = 'require("fs").rmSync(process.argv[1], { recursive: true, force: true })';

/** In a process of its own: as long as n8n lives, its threads may still write into the folder. */
function removeFolder() {
	const folder = process.env.N8N_TEMPORARY_FOLDER;
	if (!folder) return;
	const options = { cwd: '/', detached: true, stdio: 'ignore' };
	spawn(process.execPath, ['-e', REMOVE, folder], options).unref();
}

function end() {
	removeFolder();
	process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
}

new Socket({ fd: 3, readable: true, writable: false })
	.on('error', () => {})
	.once('close', end)
	.resume();
