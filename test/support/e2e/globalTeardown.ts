/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { CleanUp } from '../../../tools/process/cleanUp';

declare global {
	/** Survives from set-up to teardown, which jest loads as separate modules. */
	var cleanUpAfterAllTests: CleanUp | undefined;
}

/** What to undo when all e2e tests are over. */
export function cleanUpAfterTests(): CleanUp {
	return (globalThis.cleanUpAfterAllTests ??= new CleanUp());
}

export default async function globalTeardown(): Promise<void> {
	await cleanUpAfterTests().run();
}
