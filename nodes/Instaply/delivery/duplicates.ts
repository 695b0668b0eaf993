/** How many accepted messages a process remembers; the oldest are forgotten first. */
const CAPACITY = 10_000;

const accepted = new Set<string>();
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
	if (await isAccepted) remember(key);
	underWay.delete(key);
}

function remember(key: string): void {
	accepted.add(key);
	if (accepted.size > CAPACITY) {
		const [oldest = key] = accepted;
		accepted.delete(oldest);
	}
}
