/** IDs of which each is given once, such as the next ones. */
export interface Ids {
	thread: number;
	message: number;
	webhook: number;
	/** Of an employee in a conversation. */
	participation: number;
	/** Of a delivery to a webhook: the sandbox's own. */
	delivery: number;
}

const EPOCH_MS = Date.UTC(2025, 0, 1);

/**
 * Where IDs begin: elsewhere at each start, as an Instaply gives none twice. A sandbox that gives less
 * than one a millisecond gives none that a later one gives.
 */
export function freshIds(now = Date.now()): Ids {
	const first = now - EPOCH_MS;
	return { thread: first, message: first, webhook: first, participation: first, delivery: first };
}
