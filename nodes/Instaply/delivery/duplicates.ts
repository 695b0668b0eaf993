import { RecentKeys } from '../common/recent';

/** How many accepted messages a process remembers. */
const CAPACITY = 10_000;

const accepted = new RecentKeys(CAPACITY);
const underWay = new Map<string, Promise<void>>();

/**
 * Claims a message for one delivery of it, in this process only: n8n may run several. While another
 * delivery of it is under way, this waits for what becomes of that one.
 *
 * @param isAccepted called once the claim is made; resolves when n8n has answered the delivery
 * @returns false when another delivery of the message was accepted
 */
export async function claim(key: string, isAccepted: () => Promise<boolean>): Promise<boolean> {
	while (underWay.has(key)) await underWay.get(key);
	if (accepted.has(key)) return false;
	underWay.set(key, settle(key, isAccepted()));
	return true;
}

async function settle(key: string, isAccepted: Promise<boolean>): Promise<void> {
	if (await isAccepted) accepted.add(key);
	underWay.delete(key);
}
