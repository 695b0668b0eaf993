/** Tells whether there is a process of this number, also one of another user. */
exports.isRunning = (pid) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
};
