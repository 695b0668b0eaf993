import { RecentKeys } from '../common/recent';

/** How many accepted messages are remembered. */
const CAPACITY = 10_000;

const accepted = new RecentKeys(CAPACITY);
const underWay = new Map<string, Promise<void>>();

/**
 * Claims a message for one of its deliveries, in this process only: n8n may run several. Waits while
 * another delivery of the message is under way.
 *
 * @param isAccepted called once the claim is made; resolves when n8n has responded to the delivery
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
