import { sleep } from 'n8n-workflow';

/** Time and chance, injected so that tests need not wait. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	sleep(ms: number): Promise<void>;
	/** At least 0, below 1. */
	random(): number;
}

/** n8n accepts no timer in a node but its own `sleep`. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep,
	random: () => Math.random(),
};
