/* eslint-disable @n8n/community-nodes/no-restricted-globals */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How a shell reports a program that Ctrl+C has ended. */
export const INTERRUPTED_CODE = 130;

/**
 * Resolves when this process is asked to end. Being asked again changes nothing: Ctrl+C reaches it from
 * the terminal, from npm, and from `run.mjs` once npm has ended, and its clean-up takes seconds at most.
 */
export async function interruption(): Promise<void> {
	await new Promise<void>((resolve) => {
		for (const signal of SIGNALS) process.on(signal, () => resolve());
	});
}
