/**
 * Reads `Retry-After`, a number of seconds or an HTTP date, which is one of the server's clock: `Date`
 * tells what that says now. Both are whole seconds: less than one is 0, by which all attempts would be
 * over at once, so that it counts as not said.
 *
 * @param now of our clock, for a server that does not tell
 * @returns milliseconds from now; undefined when the header is missing, neither of them, without end,
 * or not in the future
 */
export function retryAfterMs(
	headers: Record<string, unknown>,
	now: number = Date.now(),
): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds)
		? Date.parse(header) - (timeOf(headers.date) ?? now)
		: seconds * 1000;
	return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

function timeOf(date: unknown): number | undefined {
	const time = typeof date === 'string' ? Date.parse(date) : NaN;
	return Number.isNaN(time) ? undefined : time;
}
