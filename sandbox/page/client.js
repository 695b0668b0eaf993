/**
 * Reads from a control endpoint of the sandbox.
 * @param {string} path below `/sandbox/`
 */
export async function get(path) {
	return await answer(await fetch(`/sandbox/${path}`));
}

/**
 * Drives the sandbox by a control endpoint. Rejects with the sandbox's own sentence.
 * @param {string} path below `/sandbox/`
 * @param {object} body
 */
export async function post(path, body) {
	const headers = { 'Content-Type': 'application/json' };
	const init = { method: 'POST', headers, body: JSON.stringify(body) };
	return await answer(await fetch(`/sandbox/${path}`, init));
}

/** @param {Response} response */
async function answer(response) {
	const body = await response.json();
	if (!response.ok) throw new Error(body.message);
	return body;
}

const RECONNECT_AFTER = 500;

/**
 * Calls `read` on every change of the sandbox, and whenever the connection is there again, so that
 * nothing that happened in between is missed.
 * @param {() => Promise<void>} read
 * @param {(isLive: boolean) => void} tell told when all is read, and when the connection is lost
 */
export function follow(read, tell) {
	const stream = new EventSource('/sandbox/events');
	let isOver = false;
	// Browsers differ in when they connect again by themselves, so this always does.
	const reconnect = () => {
		if (isOver) return;
		isOver = true;
		stream.close();
		tell(false);
		setTimeout(follow, RECONNECT_AFTER, read, tell);
	};
	stream.onopen = () => read().then(() => isOver || tell(true), reconnect);
	stream.onmessage = () => read().catch(reconnect);
	stream.onerror = reconnect;
}

/**
 * Runs `task`, or once more after the run that is under way: calls in the meantime count as one.
 * Resolves when nothing is left to run.
 * @param {() => Promise<void>} task
 */
export function oneAtATime(task) {
	let isWanted = false;
	/** @type {Promise<void> | undefined} */
	let running;
	const run = async () => {
		try {
			while (isWanted) {
				isWanted = false;
				await task();
			}
		} finally {
			running = undefined;
		}
	};
	return () => {
		isWanted = true;
		running ??= run();
		return running;
	};
}
