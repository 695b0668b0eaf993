const { Socket } = require('node:net');

/**
 * Calls `end` once the process that started this one has ended, in whatever way (a crash and
 * SIGKILL included): file descriptor 3 is a pipe to it, which closes then.
 */
exports.whenPipeCloses = (end) => {
	new Socket({ fd: 3, readable: true, writable: false })
		.on('error', () => {})
		.once('close', end)
		.resume();
};
