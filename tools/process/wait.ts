/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
	/** What is being waited for, as the end of the sentence "Waited 10 s in vain for …". */
	what: string;
	/** Milliseconds before giving up (default 30 000). */
	timeout?: number;
	/** Milliseconds between two looks (default 100). */
	interval?: number;
}

/** Nothing to wait for any more: also what a condition answers as long as it does not hold. */
type NotYet = undefined | null | false;

/**
 * Asks `condition` again and again until it answers anything but undefined, null or false, and
 * returns that answer. Throws when the time is up, and passes on what the condition itself throws.
 */
export async function waitUntil<T>(
	condition: () => T | NotYet | Promise<T | NotYet>,
	{ what, timeout = 30_000, interval = 100 }: WaitOptions,
): Promise<T> {
	const deadline = Date.now() + timeout;
	for (;;) {
		const answer = await condition();
		if (answer !== undefined && answer !== null && answer !== false) return answer;
		if (Date.now() >= deadline) throw new Error(`Waited ${timeout / 1000} s in vain for ${what}`);
		await delay(interval);
	}
}
