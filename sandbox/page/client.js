/**
 * Reads from a control endpoint of the sandbox.
 * @param {string} path below `/sandbox/`
 */
export async function get(path) {
	return await bodyOf(await fetch(`/sandbox/${path}`));
}

/**
 * Posts to a control endpoint of the sandbox. Rejects with the sandbox's own sentence.
 * @param {string} path below `/sandbox/`
 * @param {object} body
 */
export async function post(path, body) {
	const headers = { 'Content-Type': 'application/json' };
	const init = { method: 'POST', headers, body: JSON.stringify(body) };
	return await bodyOf(await fetch(`/sandbox/${path}`, init));
}

/** @param {Response} response */
async function bodyOf(response) {
	const body = await response.json();
	if (!response.ok) throw new Error(body.message);
	return body;
}

const RECONNECT_AFTER = 500;

/**
 * Calls `read` on every change of the sandbox, and after every reconnection, so that it misses
 * nothing.
 * @param {() => Promise<void>} read
 * @param {(isLive: boolean) => void} tell called when all is read, and when the connection is lost
 */
export function follow(read, tell) {
	const stream = new EventSource('/sandbox/events');
	let isClosed = false;
	// Browsers differ in when they reconnect, so this does not leave it to them.
	const reconnect = () => {
		if (isClosed) return;
		isClosed = true;
		stream.close();
		tell(false);
		setTimeout(follow, RECONNECT_AFTER, read, tell);
	};
	stream.onopen = () => read().then(() => isClosed || tell(true), reconnect);
	stream.onmessage = () => read().catch(reconnect);
	stream.onerror = reconnect;
}

/**
 * Runs `task`. Calls during a run lead to one more run after it.
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
