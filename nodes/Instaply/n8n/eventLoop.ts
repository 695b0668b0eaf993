import { sleep } from 'n8n-workflow';

const ITEMS_PER_TURN = 100;

/**
 * Gives the event loop a turn before every hundredth item. n8n 2.41.1 ends with exit code 1 when the
 * expressions of 10,000 items are evaluated without one (measured). It also lets n8n serve others.
 */
export async function yieldToEventLoop(itemIndex: number): Promise<void> {
	if (itemIndex % ITEMS_PER_TURN === 0) await sleep(0);
}
