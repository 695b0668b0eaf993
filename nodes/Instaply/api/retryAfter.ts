/**
 * Reads `Retry-After`, a number of seconds or an HTTP date.
 *
 * @returns milliseconds from now; undefined when the header is missing, neither of them, or without end
 */
export function retryAfterMs(
	headers: Record<string, unknown>,
	now: number = Date.now(),
): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
