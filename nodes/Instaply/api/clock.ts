import { sleep } from 'n8n-workflow';

/** Time and chance, injected so that tests need not wait. */
export interface Clock {
	/**
	 * Milliseconds since some moment, for durations alone. Nobody sets this clock: the one on the wall
	 * can jump back by an hour, and what is to last a minute would then last that hour.
	 */
	now(): number;
	sleep(ms: number): Promise<void>;
	/** At least 0, below 1. */
	random(): number;
}

/** n8n accepts no timer in a node but its own `sleep`. */
export const systemClock: Clock = {
	now: () => performance.now(),
	sleep,
	random: () => Math.random(),
};
