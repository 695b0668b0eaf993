const { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');

const { isRunning } = require('./isRunning.cjs');

const POLL_INTERVAL_MS = 500;

/** A hard link appears at once and complete, so no other process ever reads a half-written owner. */
function tryAcquire(lockFile) {
	const own = `${lockFile}.${process.pid}`;
	writeFileSync(own, String(process.pid));
	try {
		linkSync(own, lockFile);
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(own, { force: true });
	}
}

/** The process id in the lock file, or undefined when the lock has just been released. */
function readOwner(lockFile) {
	try {
		return Number(readFileSync(lockFile, 'utf8'));
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Looks again after the rename: another process may have taken the dead one's place meanwhile. */
function removeStale(lockFile) {
	const stale = `${lockFile}.stale.${process.pid}`;
	try {
		renameSync(lockFile, stale);
	} catch (error) {
		if (error.code === 'ENOENT') return;
		throw error;
	}
	if (isRunning(readOwner(stale))) linkSync(stale, lockFile);
	rmSync(stale);
}

exports.withLock = async (lockFile, work) => {
	mkdirSync(dirname(lockFile), { recursive: true });
	let announced = false;
	while (!tryAcquire(lockFile)) {
		const owner = readOwner(lockFile);
		if (owner === undefined) continue;
		if (!isRunning(owner)) {
			removeStale(lockFile);
			continue;
		}
		if (!announced) {
			announced = true;
			process.stderr.write(
				`Process ${owner} is installing already: waiting for it (its lock is ${lockFile}).\n`,
			);
		}
		await delay(POLL_INTERVAL_MS);
	}
	try {
		return await work();
	} finally {
		rmSync(lockFile, { force: true });
	}
};
