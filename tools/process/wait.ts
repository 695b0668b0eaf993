/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
	/** What is being waited for, as the end of the sentence "Waited 10 s without success for …". */
	what: string;
	/** Milliseconds before giving up (default 30 000). */
	timeout?: number;
	/** Milliseconds between two looks (default 100). */
	interval?: number;
}

/** What a condition returns as long as it does not hold. */
type NotYet = undefined | null | false;

/**
 * Calls `condition` again and again until it returns anything but undefined, null or false, and
 * returns that. Throws when the time is up, and passes on what the condition itself throws.
 */
export async function waitUntil<T>(
	condition: () => T | NotYet | Promise<T | NotYet>,
	{ what, timeout = 30_000, interval = 100 }: WaitOptions,
): Promise<T> {
	const deadline = Date.now() + timeout;
	for (;;) {
		const result = await condition();
		if (result !== undefined && result !== null && result !== false) return result;
		if (Date.now() >= deadline)
			throw new Error(`Waited ${timeout / 1000} s without success for ${what}`);
		await delay(interval);
	}
}
