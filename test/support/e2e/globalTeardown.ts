/* eslint-disable @n8n/community-nodes/no-restricted-globals */
declare global {
	/** Survives from set-up to teardown, which jest loads as separate modules. */
	var e2eTeardown: Array<() => Promise<unknown>> | undefined;
}

/** Remembers what to undo when all e2e tests are over, last first. */
export function onTeardown(step: () => Promise<unknown>): void {
	globalThis.e2eTeardown = [step, ...(globalThis.e2eTeardown ?? [])];
}

export default async function globalTeardown(): Promise<void> {
	for (const step of globalThis.e2eTeardown ?? []) await step();
}
